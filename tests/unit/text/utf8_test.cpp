#include "smpp/text/utf8.hpp"

#include <gtest/gtest.h>

#include "unit/text/random_text.hpp"

namespace {

namespace utf8 = smpp::utf8;

TEST(utf8, every_scalar_value_survives_a_round_trip) {
    for (char32_t character = 0; character <= 0x10FFFF; ++character) {
        if (character >= 0xD800 && character <= 0xDFFF) {
            continue;
        }
        std::string text;
        utf8::append(text, character);
        const auto [back, size] = utf8::next(text, 0);
        ASSERT_EQ(back, character);
        ASSERT_EQ(size, text.size());
        ASSERT_EQ(utf8::find_invalid(text), std::nullopt);
    }
}

TEST(utf8, surrogates_and_values_above_the_last_are_written_as_the_replacement) {
    for (const char32_t bad : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
        std::string text;
        utf8::append(text, bad);
        EXPECT_EQ(text, "\xEF\xBF\xBD");
    }
}

TEST(utf8, malformed_octets_are_found_where_they_are) {
    const struct {
        std::string_view text;
        std::size_t at;
    } cases[] = {
        {"\x80", 0},              // continuation without a lead
        {"ab\xC3", 2},            // cut
        {"ab\xE2\x82", 2},        // cut
        {"\xF0\x9F\x98", 0},      // cut
        {"a\xC0\x80", 1},         // overlong NUL
        {"\xC1\xBF", 0},          // overlong
        {"\xE0\x9F\xBF", 0},      // overlong
        {"\xF0\x8F\xBF\xBF", 0},  // overlong
        {"caf\xE9", 3},           // Latin-1
        {"\xED\xA0\xBD", 0},      // high surrogate
        {"\xED\xBF\xBF", 0},      // low surrogate
        {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
        {"\xF5\x80\x80\x80", 0},
        {"\xFF", 0},
        {"\xC3\x28", 0},  // no continuation
    };
    for (const auto& [text, at] : cases) {
        EXPECT_EQ(utf8::find_invalid(text), at) << testing::PrintToString(text);
    }
    EXPECT_EQ(utf8::find_invalid("plain, ünï, 漢, 😀"), std::nullopt);
    EXPECT_EQ(utf8::find_invalid(""), std::nullopt);
}

TEST(utf8, counts_characters_not_octets) {
    EXPECT_EQ(utf8::count(""), 0U);
    EXPECT_EQ(utf8::count("aé漢😀"), 4U);
    EXPECT_EQ(utf8::count("a\xFF\xFE"), 3U);
}

TEST(utf8, repair_replaces_each_bad_octet_and_nothing_else) {
    EXPECT_EQ(utf8::repair("caf\xE9!"), "caf\uFFFD!");
    EXPECT_EQ(utf8::repair("漢字"), "漢字");
    text_tests::generator random(1);
    for (int i = 0; i < 2000; ++i) {
        const std::string repaired = utf8::repair(text_tests::random_octets(random, 40));
        ASSERT_EQ(utf8::find_invalid(repaired), std::nullopt);
        ASSERT_EQ(utf8::repair(repaired), repaired);
    }
}

}  // namespace
