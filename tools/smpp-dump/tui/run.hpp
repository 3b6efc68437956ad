// smpp-dump tui: reads on one thread, shows and takes keys on the other.
#pragma once

#include <functional>

#include "smpp-dump/tui/model.hpp"

namespace smpp_dump::tui {

/// Reads everything into the sink, until it ends or `out` is no longer good. False: the input is
/// damaged, which has been said on standard error.
using input = std::function<bool(record_sink& sink, octet_writer& out)>;

/// Until the user quits. What is said on standard error meanwhile is shown. What `read` gives;
/// throws what it throws, filter_error, and usage_error where there is no terminal.
[[nodiscard]] bool run_tui(model_options options, const input& read);

}  // namespace smpp_dump::tui
