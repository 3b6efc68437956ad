#include "smpp/text/iso8859.hpp"

#include <gtest/gtest.h>

#include "smpp/text/utf8.hpp"
#include "unit/text/random_text.hpp"

namespace {

namespace iso8859 = smpp::iso8859;
using iso8859::part;
using smpp::as_octets;

// Octets 0xA0..0xFF written out; U+FFFD where the part has nothing.
constexpr std::u32string_view latin1 =
    U"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯"
    U"°±²³´µ¶·¸¹º»¼½¾¿"
    U"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
    U"ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    U"àáâãäåæçèéêëìíîï"
    U"ðñòóôõö÷øùúûüýþÿ";
constexpr std::u32string_view cyrillic =
    U"\u00a0ЁЂЃЄЅІЇЈЉЊЋЌ\u00adЎЏ"
    U"АБВГДЕЖЗИЙКЛМНОП"
    U"РСТУФХЦЧШЩЪЫЬЭЮЯ"
    U"абвгдежзийклмноп"
    U"рстуфхцчшщъыьэюя"
    U"№ёђѓєѕіїјљњћќ§ўџ";
constexpr std::u32string_view hebrew =
    U"\u00a0\ufffd¢£¤¥¦§¨©×«¬\u00ad®¯"
    U"°±²³´µ¶·¸¹÷»¼½¾\ufffd"
    U"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"
    U"\ufffd"
    U"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd‗"
    U"אבגדהוזחטיךכלםמן"
    U"נסעףפץצקרשת\ufffd\ufffd\u200e\u200f\ufffd";

char32_t expected(part alphabet, std::size_t octet) {
    if (octet < 0x80 || (octet < 0xA0 && alphabet != part::ascii)) {
        return static_cast<char32_t>(octet);
    }
    switch (alphabet) {
        case part::latin1: return latin1[octet - 0xA0];
        case part::cyrillic: return cyrillic[octet - 0xA0];
        case part::hebrew: return hebrew[octet - 0xA0];
        case part::ascii: break;
    }
    return U'\ufffd';
}

TEST(iso8859, every_octet_of_every_part_is_what_the_standard_says) {
    for (const part alphabet : {part::ascii, part::latin1, part::cyrillic, part::hebrew}) {
        for (std::size_t octet = 0; octet < 256; ++octet) {
            std::string text;
            smpp::utf8::append(text, expected(alphabet, octet));
            const std::string octets(1, static_cast<char>(octet));
            std::size_t replaced = 9;
            ASSERT_EQ(iso8859::decode(as_octets(octets), alphabet, &replaced), text) << octet;
            ASSERT_EQ(replaced, text == "\uFFFD" ? 1U : 0U);
            if (replaced == 0) {
                ASSERT_EQ(iso8859::encode(text, alphabet).value(), octets) << octet;
            }
        }
    }
}

TEST(iso8859, nothing_else_can_be_encoded) {
    for (const part alphabet : {part::ascii, part::latin1, part::cyrillic, part::hebrew}) {
        std::size_t encodable = 0;
        std::size_t present = 0;
        for (char32_t character = 0; character < 0x3000; ++character) {
            std::string text;
            smpp::utf8::append(text, character);
            encodable += iso8859::encode(text, alphabet) ? 1U : 0U;
        }
        for (std::size_t octet = 0; octet < 256; ++octet) {
            present += expected(alphabet, octet) == U'\ufffd' ? 0U : 1U;
        }
        EXPECT_EQ(encodable, present);
        EXPECT_FALSE(iso8859::encode("\uFFFD", alphabet));
    }
}

TEST(iso8859, an_error_names_the_alphabet_and_the_place) {
    EXPECT_EQ(iso8859::encode("naïve", part::ascii).error().message(),
              "character 3 (U+00EF) is not in ASCII");
    EXPECT_EQ(iso8859::encode("5 €", part::latin1).error().message(),
              "character 3 (U+20AC) is not in Latin-1 (ISO-8859-1)");
    EXPECT_EQ(iso8859::encode("\xE9", part::latin1).error().code, smpp::text_errc::invalid_utf8);
}

}  // namespace
