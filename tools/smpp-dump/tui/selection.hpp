// What opens from a choice of sessions, wherever it was made: their ladder, their octets, their
// statistics.
#pragma once

#include "smpp-dump/tui/pdu_list.hpp"
#include "smpp-dump/tui/settings.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

/// Enter: the ladder; F4 x: that with the sessions that belong with them; F6 r: the octets;
/// i: statistics. Null: the key opens nothing, or there is no session. REQUIRES: `kept` and `set`
/// outlive it.
[[nodiscard]] std::unique_ptr<view> open_selection(const key& pressed, const store& kept,
                                                   settings& set,
                                                   std::vector<std::uint32_t> sessions);

/// What --stats says of them, as far as their PDUs are kept and the filter lets them through.
[[nodiscard]] std::deque<std::string> statistics_of(const store& kept,
                                                    const std::vector<std::uint32_t>& sessions);

}  // namespace smpp_dump::tui
