// GSM 7-bit text (3GPP TS 23.038, once GSM 03.38), unpacked: one septet in each octet, as SMPP
// carries it.
//
//     auto septets = smpp::gsm7::encode("100€");                  // "100\x1B\x65"
//     std::string text = smpp::gsm7::decode(octets);              // never fails
//
// The national tables are there too, and packing as over the air, for the few SMSCs that want it.
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

/// National language identifiers (6.2.1.2.4).
enum class language : std::uint8_t {
    none = 0,  ///< the default tables
    turkish = 1,
    spanish = 2,
    portuguese = 3,
    bengali = 4,
    gujarati = 5,
    hindi = 6,
    kannada = 7,
    malayalam = 8,
    oriya = 9,
    punjabi = 10,
    tamil = 11,
    telugu = 12,
    urdu = 13,
};

[[nodiscard]] std::string_view name(language) noexcept;
[[nodiscard]] std::optional<language> language_named(std::string_view name) noexcept;

/// Which tables are in force. The user data header says so (see udh.hpp); unknown languages count
/// as none.
struct shift {
    language locking = language::none;  ///< in place of the default alphabet
    language single = language::none;   ///< in place of the default extension table

    friend bool operator==(const shift&, const shift&) = default;
};

/// Septets of a UTF-8 text, or the first character that the tables lack.
[[nodiscard]] text_result<std::string> encode(std::string_view text, shift tables = {});

/// The text of septets. A last escape and a double escape read as a space, an escape before a
/// septet without extension is left out (6.2.1.1); octets above 0x7F and septets without character
/// become U+FFFD and are counted in `replaced`.
[[nodiscard]] std::string decode(octet_span septets, shift tables = {},
                                 std::size_t* replaced = nullptr);

/// Septets that a character takes: 1 or 2; 0 for a character outside the tables.
[[nodiscard]] std::size_t length(char32_t character, shift tables = {}) noexcept;

/// The tables with which a text takes the fewest septets, those of their header elements included:
/// the default ones if they will do, those of two languages where one does not. Empty result: no
/// tables have all its characters.
[[nodiscard]] std::optional<shift> find_shift(std::string_view text);

/// Bits before the first septet that bring it to a septet border behind a header of that many
/// octets.
[[nodiscard]] constexpr std::size_t fill_bits(std::size_t header_size) noexcept {
    return (7 - header_size * 8 % 7) % 7;
}
/// Eight septets in seven octets (6.1.2.1). Seven bits left over at the end are a CR, lest they
/// read as '@'.
[[nodiscard]] std::string pack(octet_span septets, std::size_t fill = 0);
/// One septet in each octet again. A CR that fills the last octet exactly counts as filling and is
/// dropped.
[[nodiscard]] std::string unpack(octet_span packed, std::size_t fill = 0);

}  // namespace smpp::gsm7
