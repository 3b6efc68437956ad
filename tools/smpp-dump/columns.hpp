// How wide text is on a terminal, and which characters one must not get.
//
//     columns_of("h\u00e9llo \u20ac");  // 7
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smpp_dump {

/// No control character, none that changes the order or the place of others, and a character at
/// all.
[[nodiscard]] bool is_harmless(char32_t character) noexcept;
/// What is written for a character: itself, or U+FFFD where a terminal must not get it. `utf8`:
/// what the terminal can show; else every character beyond ASCII is a question mark.
[[nodiscard]] char32_t shown(char32_t character, bool utf8) noexcept;
/// 0 for what combines with the character before it, else 1 or 2.
[[nodiscard]] int columns_of(char32_t character) noexcept;
/// Of a text in UTF-8.
[[nodiscard]] int columns_of(std::string_view text) noexcept;

/// Shortens what stands from `begin` on to so many columns, the last of them "\u2026" where
/// something is left out. REQUIRES: columns > 0.
void shorten(std::string& text, std::size_t begin, int columns);

/// Of the terminal at standard output; 0: there is none, or it does not say.
[[nodiscard]] int terminal_columns() noexcept;

}  // namespace smpp_dump
