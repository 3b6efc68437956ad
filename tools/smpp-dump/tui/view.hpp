// One of the pictures that the terminal interface shows: sessions, a ladder, a PDU, a text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "smpp-dump/tui/cells.hpp"
#include "smpp-dump/tui/key.hpp"
#include "smpp-dump/tui/store.hpp"

namespace smpp_dump::tui {

/// A part of the screen.
struct area {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// A key and what it does, for the last line of the screen.
struct key_hint {
    std::string_view key{};
    std::string_view does{};
    int place = 0;   ///< from left to right
    int leaves = 0;  ///< those with a higher number leave first where there is no room
};

class view {
public:
    virtual ~view() = default;
    virtual void draw(screen& to, const area& where) = 0;
    /// False: the key means nothing here.
    virtual bool press(const key& pressed) = 0;
    /// What the key opens; null: nothing.
    [[nodiscard]] virtual std::unique_ptr<view> open(const key&) { return nullptr; }
    /// From now on the newest stays in sight, or does not.
    virtual void follow(bool) {}
    /// Goes to the next place that contains `text`, whatever its case. False: there is none.
    virtual bool search(std::string_view text, bool forward) = 0;
    /// About what is selected; said where nothing else is to be.
    [[nodiscard]] virtual std::string about() const { return {}; }
    /// The PDUs that are saved here.
    [[nodiscard]] virtual std::vector<std::uint64_t> shown_pdus() const { return {}; }
    /// What keys do here beside those that work everywhere.
    [[nodiscard]] virtual std::vector<key_hint> keys() const { return {}; }
};

/// Whether `text` contains `wanted`, whatever the case of its ASCII letters.
[[nodiscard]] bool contains(std::string_view text, std::string_view wanted);

/// From `from` on around a list of `count`: the first index, not `from`, for which `matches`;
/// `count` when there is none but perhaps `from` itself.
template <class Matches>
std::size_t find_around(std::size_t from, std::size_t count, bool forward, Matches matches) {
    for (std::size_t step = 1; step <= count; ++step) {
        const std::size_t index = (forward ? from + step : from + count - step) % count;
        if (matches(index)) {
            return index;
        }
    }
    return count;
}

}  // namespace smpp_dump::tui
