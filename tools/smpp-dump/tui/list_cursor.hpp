// Which line of a long list is selected, and which lines the screen shows.
//
//     cursor.place(index, count);       // where what was selected is now
//     if (cursor.press(key, count)) { selected = items[cursor.index()]; }
//     cursor.fit(count, height);        // draw [cursor.top(), cursor.top() + height)
#pragma once

#include <algorithm>
#include <cstddef>

#include "smpp-dump/tui/key.hpp"

namespace smpp_dump::tui {

class list_cursor {
public:
    explicit list_cursor(bool follow = false) : follow_(follow) {}

    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    [[nodiscard]] std::size_t top() const noexcept { return top_; }
    /// The newest line stays selected.
    [[nodiscard]] bool follows() const noexcept { return follow_; }

    /// The list has changed: what was selected is at `index` now, in the same line of the screen.
    void place(std::size_t index, std::size_t count) noexcept {
        const std::size_t line = index_ - std::min(top_, index_);
        index_ = follow_ ? count : index;
        index_ = std::min(index_, count - std::min<std::size_t>(count, 1));
        top_ = index_ - std::min(line, index_);
    }

    /// False: the key moves nothing.
    bool press(const key& pressed, std::size_t count) noexcept {
        const std::size_t last = count - std::min<std::size_t>(count, 1);
        bool follow = false;
        if (pressed.name == key_name::up || pressed.is('k')) {
            index_ -= std::min<std::size_t>(index_, 1);
        } else if (pressed.name == key_name::down || pressed.is('j')) {
            ++index_;
        } else if (pressed.name == key_name::page_up) {
            index_ -= std::min(index_, page_);
            top_ -= std::min(top_, page_);
        } else if (pressed.name == key_name::page_down || pressed.is(' ')) {
            index_ += page_;
            top_ += page_;
        } else if (pressed.name == key_name::home || pressed.is('g')) {
            index_ = 0;
        } else if (pressed.name == key_name::end || pressed.is('G')) {
            index_ = last;
            follow = true;
        } else if (pressed.is('A')) {
            follow = !follow_;
            index_ = follow ? last : index_;
        } else {
            return false;
        }
        index_ = std::min(index_, last);
        follow_ = follow;
        return true;
    }

    void follow(bool on) noexcept { follow_ = on; }
    void select(std::size_t index) noexcept {
        index_ = index;
        follow_ = false;
    }

    /// With what follows below it, as far as that fills the screen.
    void select_at_top(std::size_t index) noexcept {
        select(index);
        top_ = index;
    }

    void fit(std::size_t count, int height) noexcept {
        page_ = static_cast<std::size_t>(std::max(1, height));
        top_ = std::min(top_, index_);
        if (index_ - top_ >= page_) {
            top_ = index_ - page_ + 1;
        }
        top_ = std::min(top_, count - std::min(count, page_));
    }

private:
    std::size_t index_ = 0;
    std::size_t top_ = 0;
    std::size_t page_ = 1;
    bool follow_;
};

}  // namespace smpp_dump::tui
