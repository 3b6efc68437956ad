// Random texts for property tests: the same seed gives the same texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "smpp/text/utf8.hpp"

namespace text_tests {

using generator = std::mt19937;

inline std::size_t below(generator& random, std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

/// Up to `most` characters, each drawn from `characters`.
inline std::string random_text(generator& random, std::u32string_view characters,
                               std::size_t most) {
    std::string out;
    for (std::size_t n = below(random, most + 1); n > 0; --n) {
        smpp::utf8::append(out, characters[below(random, characters.size())]);
    }
    return out;
}

/// Up to `most` octets of any value.
inline std::string random_octets(generator& random, std::size_t most) {
    std::string out(below(random, most + 1), '\0');
    for (char& octet : out) {
        octet = static_cast<char>(below(random, 256));
    }
    return out;
}

/// Every character of GSM 7-bit.
inline constexpr std::u32string_view gsm_characters =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    U"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€";

/// Characters of one, two, three and four octets of UTF-8, and at the edges of those ranges.
inline constexpr std::u32string_view wide_characters =
    U"\x01 a\x7f\x80é\x7ff\x800ж€漢हि\ufeff\ufffd\uffff\U00010000😀🇩\U0010ffff";

}  // namespace text_tests
