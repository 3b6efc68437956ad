#include "smpp/text/gsm7.hpp"

#include <gtest/gtest.h>

#include "smpp/text/utf8.hpp"
#include "unit/text/random_text.hpp"

namespace {

namespace gsm7 = smpp::gsm7;
using namespace std::string_literals;
using smpp::as_octets;

std::string decode(std::string_view septets) { return gsm7::decode(as_octets(septets)); }

std::string utf8_of(char32_t character) {
    std::string out;
    smpp::utf8::append(out, character);
    return out;
}

TEST(gsm7, every_septet_of_the_default_alphabet_round_trips) {
    for (std::size_t septet = 0; septet < 128; ++septet) {
        if (septet == gsm7::escape) {
            continue;
        }
        const std::string text = utf8_of(gsm7::default_alphabet[septet]);
        const std::string octet(1, static_cast<char>(septet));
        EXPECT_EQ(gsm7::encode(text).value(), octet) << septet;
        EXPECT_EQ(decode(octet), text) << septet;
        EXPECT_EQ(gsm7::length(gsm7::default_alphabet[septet]), 1U);
    }
}

TEST(gsm7, every_extension_round_trips_and_costs_two_septets) {
    for (const auto& [septet, character] : gsm7::default_extension) {
        const std::string text = utf8_of(character);
        const std::string octets = {'\x1B', static_cast<char>(septet)};
        EXPECT_EQ(gsm7::encode(text).value(), octets);
        EXPECT_EQ(decode(octets), text);
        EXPECT_EQ(gsm7::length(character), 2U);
    }
}

// Anchors taken from the specification by hand, so that the table cannot be wrong together with its
// inverse.
TEST(gsm7, characters_that_are_often_mapped_wrongly) {
    EXPECT_EQ(gsm7::encode("@").value(), "\x00"s);
    EXPECT_EQ(gsm7::encode("$").value(), "\x02");
    EXPECT_EQ(gsm7::encode("_").value(), "\x11");
    EXPECT_EQ(gsm7::encode("Ç").value(), "\x09");
    EXPECT_EQ(gsm7::encode("§").value(), "\x5F");
    EXPECT_EQ(gsm7::encode("¤").value(), "\x24");
    EXPECT_EQ(gsm7::encode("¡").value(), "\x40");
    EXPECT_EQ(gsm7::encode("¿").value(), "\x60");
    EXPECT_EQ(gsm7::encode("à").value(), "\x7F");
    EXPECT_EQ(gsm7::encode("ÄÖÑÜ").value(), "\x5B\x5C\x5D\x5E");
    EXPECT_EQ(gsm7::encode("äöñü").value(), "\x7B\x7C\x7D\x7E");
    EXPECT_EQ(gsm7::encode("ΔΦΓΛΩΠΨΣΘΞ").value(), "\x10\x12\x13\x14\x15\x16\x17\x18\x19\x1A");
    EXPECT_EQ(gsm7::encode("\f").value(), "\x1B\x0A");
    EXPECT_EQ(gsm7::encode("€").value(), "\x1B\x65");
    for (const char* absent : {"`", "ç", "\t", "Α", "\u001b", "œ", "“", "漢", "😀", "\u00a0"}) {
        EXPECT_FALSE(gsm7::encode(absent)) << absent;
    }
    EXPECT_EQ(gsm7::length(U'`'), 0U);
}

TEST(gsm7, an_error_says_which_character_and_where) {
    const auto result = gsm7::encode("€łódź");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, smpp::text_errc::not_in_alphabet);
    EXPECT_EQ(result.error().offset, 3U);
    EXPECT_EQ(result.error().character, 1U);
    EXPECT_EQ(result.error().code_point, U'ł');
    EXPECT_EQ(result.error().message(), "character 2 (U+0142) is not in GSM 7-bit");
    EXPECT_THROW(static_cast<void>(result.value()), std::invalid_argument);

    const auto broken = gsm7::encode("caf\xE9");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, smpp::text_errc::invalid_utf8);
    EXPECT_EQ(broken.error().message(), "octet 4 (0xE9) of the text is not valid UTF-8");
}

TEST(gsm7, a_character_outside_is_found_at_every_position) {
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        text[at] = '`';
        const auto result = gsm7::encode(text);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().offset, at);
    }
}

TEST(gsm7, odd_escapes_are_shown_as_the_specification_says) {
    EXPECT_EQ(decode("ab\x1B"), "ab ");  // nothing follows
    EXPECT_EQ(decode("a\x1B\x1B"
                     "b"),
              "a b");  // reserved for another table
    EXPECT_EQ(decode("a\x1B\x41"
                     "b"),
              "aAb");  // no such extension: the default character
    EXPECT_EQ(decode("a\x1B\x00"s), "a@");
    EXPECT_EQ(decode("\x1B\x1B\x1B"), "  ");
}

TEST(gsm7, octets_that_are_no_septets_are_replaced_and_counted) {
    std::size_t replaced = 0;
    EXPECT_EQ(gsm7::decode(as_octets("a\xE9z"), {}, &replaced), "a\uFFFDz");
    EXPECT_EQ(replaced, 1U);
    EXPECT_EQ(gsm7::decode(as_octets("\x1B\x80"), {}, &replaced), "\uFFFD");
    EXPECT_EQ(replaced, 1U);
    EXPECT_EQ(gsm7::decode(as_octets("plain"), {}, &replaced), "plain");
    EXPECT_EQ(replaced, 0U);
    EXPECT_EQ(gsm7::decode({}), "");
}

TEST(gsm7, random_texts_round_trip) {
    text_tests::generator random(7);
    for (int i = 0; i < 5000; ++i) {
        const std::string text = text_tests::random_text(random, text_tests::gsm_characters, 60);
        const std::string septets = gsm7::encode(text).value();
        ASSERT_EQ(decode(septets), text);
        std::size_t length = 0;
        for (std::size_t at = 0; at < text.size();) {
            const auto [character, size] = smpp::utf8::next(text, at);
            length += gsm7::length(character);
            at += size;
        }
        ASSERT_EQ(septets.size(), length);
    }
}

TEST(gsm7, what_decodes_can_be_encoded_unless_replaced) {
    text_tests::generator random(8);
    for (int i = 0; i < 5000; ++i) {
        std::size_t replaced = 0;
        const std::string octets = text_tests::random_octets(random, 60);
        const std::string text = gsm7::decode(as_octets(octets), {}, &replaced);
        ASSERT_EQ(smpp::utf8::find_invalid(text), std::nullopt);
        const auto again = gsm7::encode(text);
        ASSERT_EQ(again.has_value(), replaced == 0);
        if (again) {
            ASSERT_EQ(decode(*again), text);
        }
    }
}

}  // namespace
