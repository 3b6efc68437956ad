// A key that was pressed.
#pragma once

#include <cstdint>

namespace smpp_dump::tui {

enum class key_name : std::uint8_t {
    character,
    up,
    down,
    left,
    right,
    page_up,
    page_down,
    home,
    end,
    enter,
    escape,
    tab,
    backspace,
    erase,
    f1,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8,
    f10,
    clear_line,   ///< Ctrl-U
    delete_word,  ///< Ctrl-W
    interrupt,    ///< Ctrl-C
    redraw,       ///< Ctrl-L
    other,
};

struct key {
    key_name name = key_name::other;
    char32_t character = 0;  ///< of key_name::character

    [[nodiscard]] bool is(char32_t c) const noexcept {
        return name == key_name::character && character == c;
    }
};

}  // namespace smpp_dump::tui
