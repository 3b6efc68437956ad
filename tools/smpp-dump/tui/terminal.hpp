// The terminal: shows screens and gives keys, by ncurses.
//
//     smpp_dump::tui::terminal terminal;
//     screen picture = terminal.blank();
//     model.draw(picture);
//     terminal.show(picture, model.cursor(), model.colour());
//     while (const auto pressed = terminal.next_key()) { model.press(*pressed); }
#pragma once

#include <cstdio>
#include <optional>

#include "smpp-dump/tui/model.hpp"

struct screen;  // of ncurses

namespace smpp_dump::tui {

class terminal {
public:
    /// Throws usage_error: standard output is no terminal, its type is not known or cannot move its
    /// cursor, or there is no keyboard.
    static void check();
    /// Keys come from standard input or, where that is something else, from /dev/tty. REQUIRES:
    /// check(). Throws usage_error.
    terminal();
    /// The terminal is as it was.
    ~terminal();
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;

    /// To be drawn on, and shown.
    [[nodiscard]] tui::screen blank() const;
    /// `colour`: where the terminal has any.
    void show(const tui::screen& picture, std::pair<int, int> cursor, bool colour);
    /// Does not wait.
    [[nodiscard]] std::optional<key> next_key();
    /// Its size has changed.
    void resize();
    /// Everything is drawn anew with the next show().
    void forget();
    /// Becomes readable with a key.
    [[nodiscard]] int keyboard() const noexcept { return ::fileno(keyboard_); }

private:
    void prepare();

    std::FILE* keyboard_ = nullptr;
    ::screen* screen_ = nullptr;
    bool utf8_ = false;
    bool has_colour_ = false;
};

}  // namespace smpp_dump::tui
