// A screen as a grid of characters with a look: what the views draw on, with or without a terminal
// behind it.
//
//     smpp_dump::tui::screen to(80, 24);
//     to.put(0, 0, 80, "hello", look::title);
//     to.row(0);       // "hello"
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smpp_dump::tui {

/// Tints tell things apart that are neither good nor bad.
enum class look : std::uint8_t {
    plain,
    strong,
    faint,
    title,
    selected,
    linked,
    bad,
    warning,
    tint0,
    tint1,
    tint2,
    tint3,
    tint4,
    tint5,
};
constexpr unsigned tints = 6;
/// The same for the same number.
[[nodiscard]] constexpr look tint(unsigned number) noexcept {
    return static_cast<look>(static_cast<unsigned>(look::tint0) + number % tints);
}

struct cell {
    std::array<char32_t, 3> text{U' '};  ///< a character and what combines with it
    look as = look::plain;
    bool covered = false;  ///< by a wide character to the left
};

class screen {
public:
    /// `utf8`: what the terminal can show; else every character beyond ASCII is a question mark.
    screen(int width, int height, bool utf8 = true);

    [[nodiscard]] int width() const noexcept { return width_; }
    [[nodiscard]] int height() const noexcept { return height_; }

    /// Writes `text` (UTF-8) into `room` columns from `x` on and returns the columns it took.
    /// Control characters, escapes and octets of no character become U+FFFD: whatever a peer
    /// sends, nothing reaches a terminal that would move its cursor. What lies outside the screen
    /// is left out.
    int put(int x, int y, int room, std::string_view text, look as = look::plain);
    /// The same, but what does not fit ends in an ellipsis.
    int put_cut(int x, int y, int room, std::string_view text, look as = look::plain);
    /// Such from the right end of the room backwards.
    int put_right(int x, int y, int room, std::string_view text, look as = look::plain);
    /// `room` columns of the same character.
    void fill(int x, int y, int room, char of, look as = look::plain);
    /// Changes the look of what is there.
    void paint(int x, int y, int room, look as);

    [[nodiscard]] const cell& at(int x, int y) const noexcept {
        return cells_[static_cast<std::size_t>(y * width_ + x)];
    }
    /// The text of a line, without blanks at its end.
    [[nodiscard]] std::string row(int y) const;
    /// The columns of a line that look so: {first, one behind the last}; {-1, -1}: none.
    [[nodiscard]] std::pair<int, int> looking(int y, look as) const;

private:
    [[nodiscard]] cell* cell_at(int x, int y) noexcept;

    int width_;
    int height_;
    bool utf8_;
    std::vector<cell> cells_;
};

/// In lines of at most `columns`, cut at blanks where that does not leave them half empty; at least
/// one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, int columns);

}  // namespace smpp_dump::tui
