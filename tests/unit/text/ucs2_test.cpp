#include "smpp/text/ucs2.hpp"

#include <gtest/gtest.h>

#include "smpp/text/utf8.hpp"
#include "unit/text/random_text.hpp"

namespace {

namespace ucs2 = smpp::ucs2;
using smpp::as_octets;

std::string octets(std::string_view hex) { return smpp::from_hex(hex).value(); }

std::string decode(std::string_view hex, ucs2::notes* met = nullptr) {
    return ucs2::decode(as_octets(octets(hex)), met);
}

TEST(ucs2, characters_become_big_endian_units) {
    EXPECT_EQ(ucs2::encode("aж漢").value(), octets("0061 0436 6f22"));
    EXPECT_EQ(ucs2::encode("😀").value(), octets("d83d de00"));
    EXPECT_EQ(ucs2::encode("\U00010000\U0010ffff").value(), octets("d800 dc00 dbff dfff"));
    EXPECT_EQ(ucs2::encode("").value(), "");
    EXPECT_EQ(ucs2::encode("\ufeffB").value(), octets("feff 0042"));
}

TEST(ucs2, broken_utf8_is_refused_with_its_place) {
    const auto lone = ucs2::encode("ab\xED\xA0\xBD");
    ASSERT_FALSE(lone);
    EXPECT_EQ(lone.error().code, smpp::text_errc::invalid_utf8);
    EXPECT_EQ(lone.error().offset, 2U);
    EXPECT_FALSE(ucs2::encode("caf\xE9"));
}

TEST(ucs2, surrogates_are_joined_and_lone_ones_replaced) {
    ucs2::notes met;
    EXPECT_EQ(decode("d83dde00", &met), "😀");
    EXPECT_EQ(met.replaced, 0U);
    EXPECT_EQ(decode("d83d", &met), "\uFFFD");
    EXPECT_EQ(met.replaced, 1U);
    EXPECT_EQ(decode("de00 0041", &met), "\uFFFDA");
    EXPECT_EQ(met.replaced, 1U);
    EXPECT_EQ(decode("d83d 0041", &met), "\uFFFDA");
    EXPECT_EQ(decode("d83d d83d de00", &met), "\uFFFD😀");
    EXPECT_EQ(met.replaced, 1U);
}

TEST(ucs2, a_byte_order_mark_is_obeyed_and_stripped) {
    ucs2::notes met;
    EXPECT_EQ(decode("feff 0042", &met), "B");
    EXPECT_TRUE(met.byte_order_mark);
    EXPECT_FALSE(met.little_endian);
    EXPECT_EQ(decode("fffe 4200 3dd8 00de", &met), "B😀");
    EXPECT_TRUE(met.byte_order_mark);
    EXPECT_TRUE(met.little_endian);
    EXPECT_EQ(decode("0042 feff", &met), "B\ufeff");
    EXPECT_FALSE(met.byte_order_mark);
}

TEST(ucs2, an_odd_last_octet_is_dropped_and_said) {
    ucs2::notes met;
    EXPECT_EQ(decode("0041 00", &met), "A");
    EXPECT_TRUE(met.odd_octet);
    EXPECT_EQ(decode("41", &met), "");
    EXPECT_TRUE(met.odd_octet);
    EXPECT_EQ(decode("", &met), "");
    EXPECT_FALSE(met.odd_octet);
}

TEST(ucs2, random_texts_round_trip) {
    text_tests::generator random(2);
    for (int i = 0; i < 5000; ++i) {
        const std::string text =
            "^" + text_tests::random_text(random, text_tests::wide_characters, 60);
        ASSERT_EQ(ucs2::decode(as_octets(ucs2::encode(text).value())), text);
    }
}

TEST(ucs2, any_octets_decode_to_valid_utf8) {
    text_tests::generator random(3);
    for (int i = 0; i < 5000; ++i) {
        const std::string text = ucs2::decode(as_octets(text_tests::random_octets(random, 50)));
        ASSERT_EQ(smpp::utf8::find_invalid(text), std::nullopt);
        ASSERT_TRUE(ucs2::encode(text));
    }
}

}  // namespace
