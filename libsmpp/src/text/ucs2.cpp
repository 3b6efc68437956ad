#include "smpp/text/ucs2.hpp"

#include "smpp/text/utf8.hpp"

namespace smpp::ucs2 {
namespace {

char* put_unit(char* to, char32_t unit) noexcept {
    *to++ = static_cast<char>(unit >> 8);
    *to++ = static_cast<char>(unit & 0xFF);
    return to;
}

char* put_character(char* to, char32_t character) noexcept {
    if (character < 0x10000) {
        return put_unit(to, character);
    }
    to = put_unit(to, 0xD7C0 + (character >> 10));
    return put_unit(to, 0xDC00 | (character & 0x3FF));
}

}  // namespace

text_result<std::string> encode(std::string_view text) {
    std::string out(text.size() * 2,
                    '\0');  // an ASCII character is the dearest: two octets from one
    char* to = out.data();
    for (std::size_t at = 0; at < text.size();) {
        const auto [character, size] = utf8::next(text, at);
        if (character == utf8::invalid) {
            return make_text_error(text, at, "UCS-2");
        }
        to = put_character(to, character);
        at += size;
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return out;
}

std::string decode(octet_span octets, notes* met) {
    notes seen;
    seen.odd_octet = octets.size() % 2 != 0;
    std::size_t units = octets.size() / 2;
    const std::uint8_t* from = octets.data();
    std::size_t high = 0;
    if (units > 0) {
        const auto first = load_be<std::uint16_t>(from);
        seen.little_endian = first == 0xFFFE;
        seen.byte_order_mark = seen.little_endian || first == 0xFEFF;
        high = seen.little_endian ? 1 : 0;
    }
    const auto unit = [from, high](std::size_t n) -> char32_t {
        return static_cast<char32_t>(from[2 * n + high] << 8 | from[2 * n + 1 - high]);
    };
    std::string out(units * 3, '\0');
    char* to = out.data();
    for (std::size_t n = seen.byte_order_mark ? 1 : 0; n < units; ++n) {
        char32_t character = unit(n);
        if (is_high_surrogate(character) && n + 1 < units && is_low_surrogate(unit(n + 1))) {
            character = 0x10000 + ((character & 0x3FF) << 10) + (unit(++n) & 0x3FF);
        } else if (is_high_surrogate(character) || is_low_surrogate(character)) {
            character = utf8::replacement;
            ++seen.replaced;
        }
        to = utf8::put(to, character);
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    if (met != nullptr) {
        *met = seen;
    }
    return out;
}

}  // namespace smpp::ucs2
