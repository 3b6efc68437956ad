// UTF-8, the form of all text in this library: strict decoding, appending, checking, repairing.
//
//     if (auto bad = smpp::utf8::find_invalid(text)) { ... *bad is the offset of the first bad
//     octet ... } for (std::size_t at = 0; at < text.size();) {
//         const auto [code_point, size] = smpp::utf8::next(text, at);   // utf8::invalid for a bad
//         octet at += size;
//     }
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smpp::utf8 {

/// What `next` gives for an octet that belongs to no well-formed character.
inline constexpr char32_t invalid = 0xFFFFFFFF;
/// U+FFFD, what decoders put in place of what they cannot read.
inline constexpr char32_t replacement = 0xFFFD;

struct decoded {
    char32_t code_point = invalid;
    std::uint32_t size = 1;  ///< octets taken; 1 for a bad one, so that a walk always goes on
};

namespace detail {
/// A character of three or four octets, or a bad octet.
[[nodiscard]] decoded next_long(std::string_view text, std::size_t at) noexcept;
}  // namespace detail

/// The character at `at`: shortest form only, no surrogates, nothing above U+10FFFF. REQUIRES: at <
/// text.size().
[[nodiscard]] inline decoded next(std::string_view text, std::size_t at) noexcept {
    const std::uint32_t first = static_cast<std::uint8_t>(text[at]);
    if (first < 0x80) {
        return {first, 1};
    }
    if (first >= 0xC2 && first < 0xE0 && text.size() - at >= 2) {
        const std::uint32_t second = static_cast<std::uint8_t>(text[at + 1]);
        if ((second & 0xC0) == 0x80) {
            return {(first & 0x1F) << 6 | (second & 0x3F), 2};
        }
    }
    return detail::next_long(text, at);
}

/// Writes a character to `to` (up to 4 octets) and returns the end. Surrogates and values above
/// U+10FFFF become U+FFFD.
char* put(char* to, char32_t code_point) noexcept;
/// Appends a character, in the same way.
void append(std::string& out, char32_t code_point);

/// Offset of the first octet that is not well-formed UTF-8.
[[nodiscard]] std::optional<std::size_t> find_invalid(std::string_view text) noexcept;
/// Number of characters (code points); a bad octet counts as one.
[[nodiscard]] std::size_t count(std::string_view text) noexcept;
/// The text with each bad octet replaced by U+FFFD.
[[nodiscard]] std::string repair(std::string_view text);

}  // namespace smpp::utf8
