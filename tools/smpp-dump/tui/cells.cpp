#include "smpp-dump/tui/cells.hpp"

#include <algorithm>

#include "smpp-dump/columns.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp_dump::tui {

namespace {

/// Taken from the line, unless what is left would be shorter than `least` columns.
std::string last_word(std::string& line, int least) {
    const std::size_t blank = line.rfind(' ');
    if (blank == std::string::npos || columns_of(std::string_view(line).substr(0, blank)) < least) {
        return {};
    }
    std::string word = line.substr(blank + 1);
    line.erase(blank);
    return word;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, int columns) {
    std::vector<std::string> lines(1);
    int used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        const int wide = columns_of(shown(next.code_point, true));
        if (used > 0 && used + wide > columns && next.code_point == U' ') {
            lines.emplace_back();
            used = 0;
            at += next.size;
            continue;
        }
        if (used > 0 && used + wide > columns) {
            std::string rest = last_word(lines.back(), columns / 2);
            used = columns_of(rest);
            lines.push_back(std::move(rest));
        }
        lines.back().append(text.substr(at, next.size));
        used += wide;
        at += next.size;
    }
    return lines;
}

screen::screen(int width, int height, bool utf8)
    : width_(std::max(0, width)),
      height_(std::max(0, height)),
      utf8_(utf8),
      cells_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {}

cell* screen::cell_at(int x, int y) noexcept {
    const bool inside = x >= 0 && x < width_ && y >= 0 && y < height_;
    return inside ? &cells_[static_cast<std::size_t>(y * width_ + x)] : nullptr;
}

int screen::put(int x, int y, int room, std::string_view text, look as) {
    int used = 0;
    cell* last = nullptr;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        at += next.size;
        const char32_t c = shown(next.code_point, utf8_);
        const int wide = columns_of(c);
        if (wide == 0) {  // two of them at most: a pile of accents is no text
            if (last != nullptr && last->text[2] == 0) {
                last->text[last->text[1] == 0 ? 1 : 2] = c;
            }
            continue;
        }
        cell* to = cell_at(x + used, y);
        if (used + wide > room || to == nullptr || x + used + wide > width_) {
            break;
        }
        *to = {{c}, as, false};
        if (wide == 2) {
            *cell_at(x + used + 1, y) = {{U' '}, as, true};
        }
        last = to;
        used += wide;
    }
    return used;
}

int screen::put_cut(int x, int y, int room, std::string_view text, look as) {
    if (columns_of(text) <= room) {
        return put(x, y, room, text, as);
    }
    const std::string_view mark = utf8_ ? "\u2026" : "...";
    const int mark_room = std::min(room, columns_of(mark));
    const int used = put(x, y, room - mark_room, text, as);
    return used + put(x + used, y, mark_room, mark, as);
}

int screen::put_right(int x, int y, int room, std::string_view text, look as) {
    const int needed = std::min(room, columns_of(text));
    return put_cut(x + room - needed, y, needed, text, as);
}

void screen::fill(int x, int y, int room, char of, look as) {
    for (int i = 0; i < room; ++i) {
        if (cell* to = cell_at(x + i, y)) {
            *to = {{static_cast<char32_t>(of)}, as, false};
        }
    }
}

void screen::paint(int x, int y, int room, look as) {
    for (int i = 0; i < room; ++i) {
        if (cell* to = cell_at(x + i, y)) {
            to->as = as;
        }
    }
}

std::string screen::row(int y) const {
    std::string text;
    for (int x = 0; x < width_; ++x) {
        if (!at(x, y).covered) {
            for (const char32_t c : at(x, y).text) {
                if (c != 0) {
                    smpp::utf8::append(text, c);
                }
            }
        }
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::pair<int, int> screen::looking(int y, look as) const {
    std::pair<int, int> found{-1, -1};
    for (int x = 0; x < width_; ++x) {
        if (at(x, y).as == as) {
            found = {found.first < 0 ? x : found.first, x + 1};
        }
    }
    return found;
}

}  // namespace smpp_dump::tui
