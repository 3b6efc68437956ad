// The columns of the list of sessions: what they are called, what they hold, how they are sorted,
// and where they find room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "smpp-dump/tui/store.hpp"

namespace smpp_dump::tui {

enum class session_column : std::uint8_t {
    number,
    time,
    duration,
    client,
    server,
    account,
    pdus,
    bad,
    open,
    state,
};
constexpr std::size_t session_column_count = 10;

[[nodiscard]] std::string_view title_of(session_column which) noexcept;
/// For the menu that chooses them.
[[nodiscard]] std::string_view meaning_of(session_column which) noexcept;
[[nodiscard]] std::string text_of(const kept_session& s, session_column which);
/// Those that are alike are told apart by number.
[[nodiscard]] bool sorts_before(const kept_session& a, const kept_session& b, session_column by);

/// "bound TRX, reset by the client"
[[nodiscard]] std::string state_of(const kept_session& s);
/// All that is known of how it went, in a sentence.
[[nodiscard]] std::string course_of(const kept_session& s);
[[nodiscard]] bool went_wrong(const kept_session& s);

struct placed_column {
    session_column which{};
    int x = 0;
    int width = 0;
    bool right = false;  ///< its texts stand at the right
};

/// Those of the wanted for which there is room. Where it does not do for all, times and addresses
/// leave first; the last takes what is left.
[[nodiscard]] std::vector<placed_column> place_columns(const std::vector<const kept_session*>& list,
                                                       const std::vector<session_column>& wanted,
                                                       int width);

}  // namespace smpp_dump::tui
