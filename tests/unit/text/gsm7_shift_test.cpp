#include <gtest/gtest.h>

#include "smpp/text/gsm7.hpp"
#include "smpp/text/segmenter.hpp"
#include "smpp/text/udh.hpp"
#include "smpp/text/utf8.hpp"
#include "unit/text/random_text.hpp"

namespace {

namespace gsm7 = smpp::gsm7;
using gsm7::language;
using gsm7::shift;
using smpp::alphabet;
using smpp::as_octets;

std::string hex_of(std::string_view text, shift tables) {
    return smpp::to_hex(gsm7::encode(text, tables).value());
}

constexpr shift both(language value) { return {value, value}; }

TEST(gsm7_shift, languages_have_names) {
    for (int i = 0; i <= 13; ++i) {
        EXPECT_EQ(gsm7::language_named(gsm7::name(language(i))), language(i));
    }
    EXPECT_EQ(gsm7::name(language{14}), "");
    EXPECT_EQ(gsm7::language_named("klingon"), std::nullopt);
}

// Cells taken from the specification's tables by hand, at least one of each.
TEST(gsm7_shift, characters_of_the_national_tables) {
    const struct {
        shift tables;
        std::string_view text, hex;
    } cases[] = {
        {{.locking = language::turkish}, "€ıĞğŞşİç", "04070b0c1c1d4060"},
        {{.single = language::turkish}, "ĞİŞçğış", "1b471b491b531b631b671b691b73"},
        {{.single = language::spanish}, "çÁÍÓÚáíóú", "1b091b411b491b4f1b551b611b691b6f1b75"},
        {{.locking = language::portuguese},
         "êúíóçÔôÁáªÇÀ∞^\\€Ó|ÂâÊºÍÃÕÚ~ãõ`",
         "0406070809"
         "0b0c0e0f"
         "12131415161718191a1c1d1e"
         "24405b5c5d607b7c7d"},
        {{.single = language::portuguese},
         "êçÔôÁáΦΓΩΠΨΣΘÊÀÂâ",
         "1b051b091b0b1b0c1b0e1b0f"
         "12131516171819"
         "1b1f1b411b611b7f"},
        {both(language::bengali), "অক০", "03151b19"},
        {both(language::gujarati), "અક૦", "03151b1c"},
        {both(language::hindi), "नमस्ते", "2f424c5f2759"},
        {both(language::hindi), "\u0964\u0966\u0951\u0958", "1b191b1c1b261b2c"},
        {both(language::kannada), "ಅಡ೦",
         "0324"
         "1b1c"},
        {both(language::malayalam), "അക൦ൺ", "03151b1c1b2e"},
        {both(language::oriya), "ଅକ୦୪", "03151b1c1b20"},
        {both(language::punjabi), "ਅਕ੦", "03151b1c"},
        {both(language::tamil), "அக௦௪", "03151b1c1b20"},
        {both(language::telugu), "అక౦", "03151b1c"},
        {both(language::urdu), "اب۰۔", "00021b1c1b3f"},
        {both(language::urdu), "A", "1b41"},
    };
    for (const auto& [tables, text, hex] : cases) {
        EXPECT_EQ(hex_of(text, tables), hex) << text;
    }
}

std::u32string characters_of(shift tables) {
    std::u32string out;
    for (char32_t character = 1; character < 0x3000; ++character) {
        if (gsm7::length(character, tables) != 0) {
            out += character;
        }
    }
    return out;
}

TEST(gsm7_shift, every_pair_of_tables_round_trips) {
    text_tests::generator random(21);
    for (int locking = 0; locking <= 13; ++locking) {
        for (int single = 0; single <= 13; ++single) {
            const shift tables{language(locking), language(single)};
            const std::u32string characters = characters_of(tables);
            ASSERT_GT(characters.size(), 90U);
            for (int i = 0; i < 5; ++i) {
                const std::string text = text_tests::random_text(random, characters, 80);
                std::size_t replaced = 0;
                ASSERT_EQ(
                    gsm7::decode(as_octets(gsm7::encode(text, tables).value()), tables, &replaced),
                    text);
                ASSERT_EQ(replaced, 0U);
            }
        }
    }
}

TEST(gsm7_shift, line_feed_carriage_return_and_space_stay_in_place) {
    for (int i = 0; i <= 13; ++i) {
        EXPECT_EQ(hex_of("\n\r 0", both(language(i))), "0a0d2030") << i;
    }
}

TEST(gsm7_shift, a_septet_without_character_is_replaced) {
    std::size_t replaced = 0;
    EXPECT_EQ(gsm7::decode(as_octets("\x0E"), {.locking = language::bengali}, &replaced), "\uFFFD");
    EXPECT_EQ(replaced, 1U);
    EXPECT_EQ(gsm7::decode(as_octets("\x41"), {language{99}, language{99}}),
              "A");  // unknown: the default tables
}

TEST(gsm7_shift, the_cheapest_tables_are_found) {
    EXPECT_EQ(gsm7::find_shift("plain €"), shift{});
    EXPECT_EQ(gsm7::find_shift("èş"), (shift{.single = language::turkish}));
    EXPECT_EQ(gsm7::find_shift("şşşşşşşşşş"), (shift{.locking = language::turkish}));
    EXPECT_EQ(gsm7::find_shift("नमस्ते"), (shift{.locking = language::hindi}));
    EXPECT_EQ(gsm7::find_shift("漢"), std::nullopt);
    EXPECT_EQ(gsm7::find_shift("नमस्ते ğ"),
              (shift{.locking = language::hindi, .single = language::turkish}))
        << "a text in two languages";
    EXPECT_EQ(gsm7::find_shift("\xFF"), std::nullopt);
}

TEST(gsm7_shift, the_header_names_the_tables) {
    const shift tables{language::portuguese, language::spanish};
    const std::string header = smpp::udh::writer().add(tables).octets();
    EXPECT_EQ(smpp::to_hex(header), "06240102250103");
    EXPECT_EQ(smpp::udh::find_shift(as_octets(header)), tables);
    EXPECT_EQ(smpp::udh::find_shift({}), shift{});
    EXPECT_EQ(smpp::udh::writer().add(shift{}).octets(), "");
}

TEST(gsm7_shift, parts_name_their_tables_and_leave_room_for_that) {
    const shift tables{.single = language::turkish};
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "ş";
    }
    const auto parts = smpp::split(smpp::encode_text(text, alphabet::gsm7, tables).value(),
                                   alphabet::gsm7, {.tables = tables})
                           .value();
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(smpp::to_hex(parts[0].header()),
              "0824010100030002"
              "01");
    EXPECT_EQ(parts[0].units, 148U);  // 149 fit, but a pair is not cut
    EXPECT_EQ(parts[0].text() + parts[1].text(), text);

    const auto one = smpp::split(smpp::encode_text("ş", alphabet::gsm7, tables).value(),
                                 alphabet::gsm7, {.tables = tables})
                         .value();
    EXPECT_EQ(smpp::to_hex(one[0].octets), "032401011b73");
    EXPECT_EQ(one[0].text(), "ş");
    EXPECT_EQ(smpp::decode_user_data(as_octets(one[0].octets), true, alphabet::gsm7), "ş");
    EXPECT_EQ(smpp::decode_user_data(as_octets("abc"), false, alphabet::gsm7), "abc");
    EXPECT_EQ(smpp::decode_user_data(as_octets("abc"), true, alphabet::gsm7),
              "abc");  // no header after all
}

TEST(gsm7_packing, known_octets) {
    EXPECT_EQ(smpp::to_hex(gsm7::pack(as_octets("hellohello"))), "e8329bfd4697d9ec37");
    EXPECT_EQ(smpp::to_hex(gsm7::pack(as_octets("1234567"))),
              "31d98c56b3dd1a");  // CR in the spare bits
    EXPECT_EQ(gsm7::unpack(as_octets(smpp::from_hex("31d98c56b3dd1a").value())), "1234567");
    EXPECT_EQ(gsm7::unpack(as_octets(smpp::from_hex("31d98c56b3dd70").value())), "12345678");
    EXPECT_EQ(gsm7::pack({}), "");
    EXPECT_EQ(gsm7::pack({}, 1), "");
    EXPECT_EQ(gsm7::unpack({}, 3), "");
}

TEST(gsm7_packing, septets_begin_at_a_septet_border_behind_a_header) {
    EXPECT_EQ(gsm7::fill_bits(0), 0U);
    EXPECT_EQ(gsm7::fill_bits(6), 1U);
    EXPECT_EQ(gsm7::fill_bits(7), 0U);
    EXPECT_EQ(gsm7::fill_bits(4), 3U);
    EXPECT_EQ(smpp::to_hex(gsm7::pack(as_octets("a"), 1)), "c2");
}

TEST(gsm7_packing, every_length_and_filling_round_trips) {
    text_tests::generator random(22);
    for (std::size_t fill = 0; fill < 7; ++fill) {
        for (std::size_t size = 0; size < 170; ++size) {
            std::string septets(size, '\0');
            for (char& septet : septets) {
                septet = static_cast<char>(text_tests::below(random, 128));
            }
            if (!septets.empty() && septets.back() == '\r') {
                septets.back() = 'x';
            }
            const std::string packed = gsm7::pack(as_octets(septets), fill);
            ASSERT_EQ(gsm7::unpack(as_octets(packed), fill), septets) << fill << " " << size;
        }
    }
}

TEST(gsm7_packing, parts_are_packed_behind_their_headers) {
    text_tests::generator random(23);
    for (int i = 0; i < 300; ++i) {
        const std::string text =
            text_tests::random_text(random, text_tests::gsm_characters, 500) + "x";
        const auto parts = smpp::split(smpp::encode_text(text, alphabet::gsm7_packed).value(),
                                       alphabet::gsm7_packed)
                               .value();
        std::string joined;
        for (const auto& part : parts) {
            ASSERT_LE(part.octets.size(), 140U);
            joined += part.text();
        }
        // A part that ends in CR at an octet border cannot say so.
        if (text.find('\r') == std::string::npos) {
            ASSERT_EQ(joined, text);
        }
    }
    const auto full = smpp::split(std::string(160, 'a'), alphabet::gsm7_packed).value();
    ASSERT_EQ(full.size(), 1U);
    EXPECT_EQ(full[0].octets.size(), 140U);
    EXPECT_EQ(full[0].units, 160U);
    EXPECT_EQ(smpp::decode_text(as_octets(full[0].octets), smpp::data_coding::smsc_default,
                                alphabet::gsm7_packed),
              std::string(160, 'a'));
    EXPECT_EQ(smpp::split(std::string(161, 'a'), alphabet::gsm7_packed).value()[0].octets.size(),
              140U);
}

}  // namespace
