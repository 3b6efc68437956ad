// What the user can set while it runs, by F8 or by keys of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "smpp-dump/tui/menu_view.hpp"

namespace smpp_dump::tui {

enum class colour_mode : std::uint8_t {
    result,   ///< what went wrong alone
    kind,     ///< requests, responses, receipts
    session,  ///< each its own
};

enum class ladder_times : std::uint8_t { since_begin, since_before, of_day };

struct settings {
    bool colour = false;
    colour_mode colours = colour_mode::result;
    ladder_times times = ladder_times::since_begin;
    bool follow = false;                ///< ladders show the newest
    bool texts = true;                  ///< of messages, in the ladder
    std::optional<bool> preview{};      ///< beside the ladder; empty: where there is room for it
    int preview_share = default_share;  ///< of the screen's width, in percent

    static constexpr int default_share = 40;
};

[[nodiscard]] std::string_view name(colour_mode mode) noexcept;
[[nodiscard]] std::string_view name(ladder_times times) noexcept;

/// The value behind it, or before it, of so many; around.
template <class Enum>
[[nodiscard]] constexpr Enum next_of(Enum value, unsigned count, bool forward = true) noexcept {
    return static_cast<Enum>((static_cast<unsigned>(value) + (forward ? 1U : count - 1U)) % count);
}
constexpr unsigned colour_modes = 3;
constexpr unsigned ladder_times_count = 3;

/// REQUIRES: `of` outlives it.
[[nodiscard]] std::vector<menu_item> items_of(settings& of);

}  // namespace smpp_dump::tui
