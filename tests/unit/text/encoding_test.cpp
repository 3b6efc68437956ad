#include "smpp/text/encoding.hpp"

#include <gtest/gtest.h>

#include "smpp/text/utf8.hpp"
#include "unit/text/random_text.hpp"

namespace {

using smpp::alphabet;
using smpp::as_octets;
using smpp::data_coding;

constexpr alphabet all[] = {alphabet::gsm7,     alphabet::ascii,  alphabet::latin1,
                            alphabet::cyrillic, alphabet::hebrew, alphabet::ucs2,
                            alphabet::utf8,     alphabet::octets, alphabet::gsm7_packed};

TEST(encoding, names_lead_back_to_their_alphabets) {
    for (const alphabet each : all) {
        EXPECT_FALSE(name(each).empty());
        EXPECT_EQ(smpp::alphabet_named(name(each)), each);
    }
    EXPECT_EQ(smpp::alphabet_named("klingon"), std::nullopt);
    EXPECT_EQ(name(alphabet{0x7F}), "");
}

TEST(encoding, the_cheapest_alphabet_is_chosen) {
    const auto plain = smpp::encode_cheapest("100€").value();
    EXPECT_EQ(plain.alphabet, alphabet::gsm7);
    EXPECT_EQ(plain.data_coding, data_coding::smsc_default);
    EXPECT_EQ(plain.octets, "100\x1B\x65");

    const auto wide = smpp::encode_cheapest("ж").value();
    EXPECT_EQ(wide.alphabet, alphabet::ucs2);
    EXPECT_EQ(wide.data_coding, data_coding::ucs2);
    EXPECT_EQ(wide.octets, "\x04\x36");

    EXPECT_EQ(smpp::encode_cheapest("\xFF").error().code, smpp::text_errc::invalid_utf8);
}

TEST(encoding, the_smsc_may_have_another_default) {
    const auto latin = smpp::encode_cheapest("déjà", alphabet::latin1).value();
    EXPECT_EQ(latin.alphabet, alphabet::latin1);
    EXPECT_EQ(latin.data_coding, data_coding::smsc_default);
    EXPECT_EQ(latin.octets, "d\xE9j\xE0");
    EXPECT_EQ(smpp::encode_cheapest("5 €", alphabet::latin1).value().data_coding,
              data_coding::ucs2);
    EXPECT_EQ(smpp::encode_cheapest("5 €", alphabet::utf8).value().octets, "5 €");

    EXPECT_EQ(smpp::decode_text(as_octets("@"), data_coding::smsc_default), "¡");
    EXPECT_EQ(smpp::decode_text(as_octets("@"), data_coding::smsc_default, alphabet::ascii), "@");
}

TEST(encoding, data_coding_and_alphabet_name_each_other) {
    for (const alphabet each : {alphabet::ascii, alphabet::latin1, alphabet::cyrillic,
                                alphabet::hebrew, alphabet::ucs2, alphabet::octets}) {
        EXPECT_EQ(smpp::alphabet_of(smpp::data_coding_of(each)), each);
    }
    for (const alphabet each : all) {
        EXPECT_EQ(smpp::data_coding_of(each, each), data_coding::smsc_default);
        EXPECT_EQ(smpp::alphabet_of(data_coding::smsc_default, each), each);
    }
}

TEST(encoding, every_data_coding_has_an_alphabet) {
    const struct {
        int coding;
        alphabet expected;
    } cases[] = {
        {0x00, alphabet::gsm7},     {0x01, alphabet::ascii},  {0x02, alphabet::octets},
        {0x03, alphabet::latin1},   {0x04, alphabet::octets}, {0x05, alphabet::octets},
        {0x06, alphabet::cyrillic}, {0x07, alphabet::hebrew}, {0x08, alphabet::ucs2},
        {0x0A, alphabet::octets},   {0x0E, alphabet::octets}, {0x10, alphabet::gsm7},
        {0x11, alphabet::gsm7},     {0x14, alphabet::octets}, {0x18, alphabet::ucs2},
        {0x1B, alphabet::ucs2},     {0x20, alphabet::octets}, {0x40, alphabet::gsm7},
        {0x48, alphabet::ucs2},     {0x80, alphabet::octets}, {0xBF, alphabet::octets},
        {0xC0, alphabet::gsm7},     {0xD8, alphabet::gsm7},   {0xE0, alphabet::ucs2},
        {0xF0, alphabet::gsm7},     {0xF5, alphabet::octets}, {0xF1, alphabet::gsm7},
    };
    for (const auto& [coding, expected] : cases) {
        EXPECT_EQ(smpp::alphabet_of(data_coding(coding)), expected) << coding;
    }
}

TEST(encoding, decoding_reports_what_it_could_not_show) {
    smpp::decode_notes notes;
    EXPECT_EQ(smpp::decode_text(as_octets("\xFF\xFE\x41"), alphabet::ucs2, &notes), "");
    EXPECT_TRUE(notes.byte_order_mark && notes.little_endian && notes.odd_octet);
    EXPECT_EQ(smpp::decode_text(as_octets("a\xE9"), alphabet::ascii, &notes), "a\uFFFD");
    EXPECT_EQ(notes.replaced, 1U);
    EXPECT_FALSE(notes.byte_order_mark);
    EXPECT_EQ(smpp::decode_text(as_octets("a\xE9"), alphabet::utf8, &notes), "a\uFFFD");
    EXPECT_EQ(notes.replaced, 1U);
    EXPECT_EQ(smpp::decode_text(as_octets("a\xE9"), alphabet::octets, &notes), "61e9");
    EXPECT_EQ(notes.replaced, 0U);
}

TEST(encoding, any_octets_decode_to_valid_utf8_under_every_data_coding) {
    text_tests::generator random(4);
    for (int coding = 0; coding < 256; ++coding) {
        for (int i = 0; i < 20; ++i) {
            const std::string octets = text_tests::random_octets(random, 30);
            const std::string text = smpp::decode_text(as_octets(octets), data_coding(coding));
            ASSERT_EQ(smpp::utf8::find_invalid(text), std::nullopt) << coding;
        }
    }
}

TEST(encoding, what_fits_round_trips_in_every_alphabet) {
    text_tests::generator random(5);
    for (const alphabet each : all) {
        for (int i = 0; i < 500; ++i) {
            const std::string text = text_tests::random_text(random, U"aZ 09@é€жשU漢", 4);
            const auto octets = smpp::encode_text(text, each);
            if (octets && each != alphabet::octets && each != alphabet::gsm7_packed) {
                ASSERT_EQ(smpp::decode_text(as_octets(*octets), each), text) << name(each);
            }
        }
    }
}

TEST(encoding, national_tables_are_used_where_they_make_the_text_shorter) {
    smpp::encode_options options;
    options.national_tables = true;
    const std::string turkish = "İstanbul'da güneşli bir gün, ağaçlar çiçek açmış";
    const auto national = smpp::encode_cheapest(turkish, options).value();
    EXPECT_EQ(national.alphabet, alphabet::gsm7);
    EXPECT_NE(national.tables, smpp::gsm7::shift());
    EXPECT_EQ(smpp::gsm7::decode(smpp::as_octets(national.octets), national.tables), turkish);
    EXPECT_EQ(smpp::encode_cheapest(turkish).value().alphabet, alphabet::ucs2);
    // Too short to pay for the header, or no language has all of it.
    for (const std::string text : {"ş", "Türkçe ✓ ş", "Привет"}) {
        EXPECT_EQ(smpp::encode_cheapest(text, options).value().alphabet, alphabet::ucs2) << text;
    }
    options.smsc_default = alphabet::latin1;
    EXPECT_EQ(smpp::encode_cheapest(turkish, options).value().alphabet, alphabet::ucs2);
}

TEST(encoding, transliteration_makes_a_text_fit) {
    smpp::encode_options options;
    options.transliterate = true;
    const auto plain = smpp::encode_cheapest("“Łódź” – 5…", options).value();
    EXPECT_EQ(plain.alphabet, alphabet::gsm7);
    EXPECT_EQ(plain.octets, "\"Lodz\" - 5...");
    EXPECT_EQ(smpp::encode_cheapest("Привет", options).value().alphabet, alphabet::ucs2);
}

TEST(encoding, nothing_is_replaced_that_need_not_be) {
    smpp::encode_options options;
    options.transliterate = true;
    options.smsc_default = alphabet::latin1;
    EXPECT_EQ(smpp::encode_cheapest("coração", options).value().octets, "cora\xE7\xE3o");
    EXPECT_EQ(smpp::encode_cheapest("“coração”", options).value().octets, "\"cora\xE7\xE3o\"");
    options.smsc_default = alphabet::utf8;
    EXPECT_EQ(smpp::encode_cheapest("Łódź", options).value().octets, "Łódź");
    options.smsc_default = alphabet::gsm7;
    // It is UCS-2 in any case.
    const auto wide = smpp::encode_cheapest("“Łódź” Привет", options).value();
    EXPECT_EQ(smpp::decode_text(as_octets(wide.octets), alphabet::ucs2), "“Łódź” Привет");
    options.national_tables = true;
    const std::string turkish = "ışığı görmüş, ağaçlar çiçek açmış";
    const auto national = smpp::encode_cheapest(turkish, options).value();
    EXPECT_EQ(smpp::gsm7::decode(as_octets(national.octets), national.tables), turkish);
    const auto quoted = smpp::encode_cheapest("“" + turkish + "”", options).value();
    EXPECT_EQ(smpp::gsm7::decode(as_octets(quoted.octets), quoted.tables), '"' + turkish + '"');
}

TEST(encoding, alphabets_that_the_smsc_takes_halve_what_ucs2_takes) {
    std::string russian;
    for (int i = 0; i < 71; ++i) {
        russian += "ж";
    }
    smpp::encode_options options;
    EXPECT_EQ(smpp::encode_cheapest(russian, options).value().alphabet, alphabet::ucs2);
    options.alphabets = {alphabet::latin1, alphabet::cyrillic, alphabet::hebrew};
    const auto chosen = smpp::encode_cheapest(russian, options).value();
    EXPECT_EQ(chosen.alphabet, alphabet::cyrillic);
    EXPECT_EQ(chosen.data_coding, data_coding::cyrillic);
    EXPECT_EQ(chosen.octets.size(), 71U);
    EXPECT_EQ(smpp::encode_cheapest("שלום", options).value().data_coding, data_coding::hebrew);
    EXPECT_EQ(smpp::encode_cheapest("coração", options).value().data_coding, data_coding::latin1);
    EXPECT_EQ(smpp::encode_cheapest("ж漢", options).value().alphabet, alphabet::ucs2);
    EXPECT_EQ(smpp::encode_cheapest("plain €", options).value().alphabet, alphabet::gsm7);
    EXPECT_EQ(smpp::encode_cheapest("“ж”", options).value().alphabet, alphabet::ucs2);
    options.transliterate = true;
    EXPECT_EQ(smpp::encode_cheapest("“ж”", options).value().octets, "\"\xD6\"");
}

}  // namespace
