#include "smpp-dump/columns.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cwchar>

#include "smpp/text/utf8.hpp"

namespace smpp_dump {

bool is_harmless(char32_t c) noexcept {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool moves_others = (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
                              (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x061C;
    return !control && !moves_others && c != smpp::utf8::invalid;
}

char32_t shown(char32_t c, bool utf8) noexcept {
    if (c >= 0x20 && c < 0x7F) {
        return c;
    }
    const char32_t instead = utf8 ? smpp::utf8::replacement : U'?';
    return utf8 && is_harmless(c) && ::wcwidth(static_cast<wchar_t>(c)) >= 0 ? c : instead;
}

int columns_of(char32_t c) noexcept {
    if (c < 0x7F) {
        return 1;
    }
    const int columns = ::wcwidth(static_cast<wchar_t>(c));
    return columns < 0 ? 1 : columns;
}

int columns_of(std::string_view text) noexcept {
    int columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        columns += columns_of(shown(next.code_point, true));
        at += next.size;
    }
    return columns;
}

void shorten(std::string& text, std::size_t begin, int columns) {
    int seen = 0;
    std::size_t fits = begin;  // with the mark behind it
    for (std::size_t at = begin; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        seen += columns_of(shown(next.code_point, true));
        if (seen > columns) {
            text.resize(fits);
            text += "\u2026";
            return;
        }
        at += next.size;
        fits = seen < columns ? at : fits;
    }
}

int terminal_columns() noexcept {
    static const bool terminal = ::isatty(STDOUT_FILENO) != 0;
    winsize size{};
    return terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace smpp_dump
