// GSM 7-bit text (3GPP TS 23.038, once GSM 03.38), unpacked: one septet in each octet, as SMPP
// carries it.
//
//     auto septets = smpp::gsm7::encode("100€");                  // "100\x1B\x65"
//     std::string text = smpp::gsm7::decode(octets);              // never fails
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "smpp/octets.hpp"
#include "smpp/text/text_error.hpp"

namespace smpp::gsm7 {

inline constexpr std::uint8_t escape = 0x1B;

/// The default alphabet (6.2.1): the character of septet n is default_alphabet[n].
inline constexpr std::u16string_view default_alphabet =
    u"@£$¥èéùìòÇ\nØø\rÅå"
    u"Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ"
    u" !\"#¤%&'()*+,-./"
    u"0123456789:;<=>?"
    u"¡ABCDEFGHIJKLMNO"
    u"PQRSTUVWXYZÄÖÑÜ§"
    u"¿abcdefghijklmno"
    u"pqrstuvwxyzäöñüà";
static_assert(default_alphabet.size() == 128);

struct extension {
    std::uint8_t septet;  ///< comes after `escape`
    char16_t character;
};

/// The default extension table (6.2.1.1). Each of its characters costs two septets.
inline constexpr extension default_extension[] = {
    {0x0A, u'\f'}, {0x14, u'^'}, {0x28, u'{'}, {0x29, u'}'}, {0x2F, u'\\'},
    {0x3C, u'['},  {0x3D, u'~'}, {0x3E, u']'}, {0x40, u'|'}, {0x65, u'€'},
};

/// Septets of a UTF-8 text, or the first character that GSM 7-bit lacks.
[[nodiscard]] text_result<std::string> encode(std::string_view text);

/// The text of septets. A last escape and a double escape read as a space, an escape before a
/// septet without extension is left out (6.2.1.1), an octet above 0x7F becomes U+FFFD and is
/// counted in `replaced`.
[[nodiscard]] std::string decode(octet_span septets, std::size_t* replaced = nullptr);

/// Septets that a character takes: 1 or 2; 0 for a character outside the alphabet.
[[nodiscard]] std::size_t length(char32_t character) noexcept;

}  // namespace smpp::gsm7
