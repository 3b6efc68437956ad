#include "smpp/text/transliterate.hpp"

#include <gtest/gtest.h>

#include "smpp/text/gsm7.hpp"

namespace {

using smpp::transliterate;

TEST(transliterate, gives_plain_equivalents) {
    EXPECT_EQ(transliterate("“Łódź” – it’s 5…"), "\"Lodz\" - it's 5...");
    EXPECT_EQ(transliterate("a\u00A0b\u200Bc`"), "a bc'");
    EXPECT_TRUE(smpp::gsm7::encode(transliterate("Žluťoučký kůň úpěl ďábelské ódy")));
}

TEST(transliterate, leaves_what_gsm_has) {
    std::string all;
    for (int septet = 0; septet < 128; ++septet) {
        all.push_back(static_cast<char>(septet));
    }
    const auto text = smpp::gsm7::decode(smpp::as_octets(all)) + "^{}\\[~]|€";
    EXPECT_EQ(transliterate(text), text);
}

TEST(transliterate, leaves_what_the_target_has) {
    EXPECT_EQ(transliterate("“coração” Łódź", smpp::alphabet::latin1), "\"coração\" Lódz");
    EXPECT_EQ(transliterate("“coração”", smpp::alphabet::ucs2), "“coração”");
    const auto keeps_l = [](char32_t character) { return character == U'Ł'; };
    EXPECT_EQ(smpp::transliterate_unless("Łódź", keeps_l), "Łodz");
}

TEST(transliterate, leaves_what_has_no_equivalent) {
    for (const char* text : {"", "Привет 😀 中", "bad \xC3 octet \xFF"}) {
        EXPECT_EQ(transliterate(text), text);
    }
}

}  // namespace
