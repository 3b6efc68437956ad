// Which PDUs belong to one of them: its request or response, and by message_id the submit, its
// response and its receipts.
#pragma once

#include <vector>

#include "smpp-dump/output.hpp"

namespace smpp_dump::tui {

/// True for those of `pdus`, of any sessions, that belong to the one at `index`; false for that
/// itself.
[[nodiscard]] std::vector<bool> partners_of(const std::vector<record>& pdus, std::size_t index,
                                            smpp::alphabet standard);

}  // namespace smpp_dump::tui
