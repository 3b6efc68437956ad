// What TERM says of the terminal.
#pragma once

namespace smpp_dump::tui {

/// Throws usage_error when a terminal of this type is of no use.
void check_terminal_type();

}  // namespace smpp_dump::tui
