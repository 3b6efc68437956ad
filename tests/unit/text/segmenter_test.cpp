#include "smpp/text/segmenter.hpp"

#include <gtest/gtest.h>

#include "smpp/text/udh.hpp"
#include "unit/text/random_text.hpp"

namespace {

using smpp::alphabet;
using smpp::as_octets;
using smpp::split;
using smpp::split_errc;
using smpp::split_mode;
using parts = std::vector<smpp::message_part>;

parts split_text(std::string_view text, alphabet value, const smpp::split_options& options = {}) {
    return split(smpp::encode_text(text, value).value(), value, options).value();
}

std::vector<std::size_t> units_of(const parts& all) {
    std::vector<std::size_t> out;
    for (const auto& part : all) {
        out.push_back(part.units);
    }
    return out;
}

std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    while (count-- > 0) {
        out += text;
    }
    return out;
}

using sizes = std::vector<std::size_t>;

TEST(segmenter, limits_follow_from_header_and_alphabet) {
    const struct {
        alphabet value;
        std::size_t single, with_udh8, with_udh16;
    } cases[] = {{alphabet::gsm7, 160, 153, 152},
                 {alphabet::latin1, 140, 134, 133},
                 {alphabet::octets, 140, 134, 133},
                 {alphabet::ucs2, 70, 67, 66}};
    for (const auto& [value, single, with_udh8, with_udh16] : cases) {
        EXPECT_EQ(smpp::units_per_part(value, 0), single);
        EXPECT_EQ(smpp::units_per_part(value, 6), with_udh8);
        EXPECT_EQ(smpp::units_per_part(value, 7), with_udh16);
        EXPECT_EQ(units_of(split_text(std::string(single, 'a'), value)), sizes{single});
        const std::string longer(single + 1, 'a');
        EXPECT_EQ(units_of(split_text(longer, value)), (sizes{with_udh8, single + 1 - with_udh8}));
        EXPECT_EQ(units_of(split_text(longer, value, {.mode = split_mode::udh16})),
                  (sizes{with_udh16, single + 1 - with_udh16}));
        EXPECT_EQ(units_of(split_text(longer, value, {.mode = split_mode::sar})),
                  (sizes{with_udh8, single + 1 - with_udh8}));
    }
    EXPECT_EQ(smpp::units_per_part(alphabet::gsm7, 500), 0U);
}

TEST(segmenter, parts_carry_their_header) {
    const parts narrow = split_text(std::string(161, 'a'), alphabet::gsm7, {.reference = 0x125A});
    ASSERT_EQ(narrow.size(), 2U);
    EXPECT_EQ(smpp::to_hex(narrow[0].header()), "0500035a0201");
    EXPECT_EQ(smpp::to_hex(narrow[1].header()), "0500035a0202");
    EXPECT_EQ(narrow[1].octets,
              "\x05" + std::string(1, '\0') + "\x03\x5A\x02\x02" + std::string(8, 'a'));
    EXPECT_TRUE(narrow[1].udhi());
    EXPECT_EQ(narrow[1].number, 2);
    EXPECT_EQ(narrow[1].total, 2);
    EXPECT_EQ(narrow[1].reference, 0x5A);
    EXPECT_EQ(narrow[1].text(), std::string(8, 'a'));

    const parts wide = split_text(std::string(161, 'a'), alphabet::gsm7,
                                  {.mode = split_mode::udh16, .reference = 0x125A});
    EXPECT_EQ(smpp::to_hex(wide[0].header()), "060804125a0201");
    EXPECT_EQ(wide[0].reference, 0x125A);
}

TEST(segmenter, a_text_that_fits_has_no_header_in_any_mode) {
    for (const split_mode mode : {split_mode::udh8, split_mode::udh16, split_mode::sar,
                                  split_mode::payload, split_mode::none}) {
        for (const char* text : {"", "hello"}) {
            const parts all = split_text(text, alphabet::gsm7, {.mode = mode, .reference = 9});
            ASSERT_EQ(all.size(), 1U);
            EXPECT_EQ(all[0].octets, text);
            EXPECT_FALSE(all[0].udhi() || all[0].in_payload() || all[0].needs_sar());
            EXPECT_EQ(all[0].total, 1);
        }
    }
}

TEST(segmenter, sar_and_payload_leave_the_marking_to_tlvs) {
    const parts sar = split_text(std::string(161, 'a'), alphabet::gsm7,
                                 {.mode = split_mode::sar, .reference = 0x1234});
    EXPECT_TRUE(sar[0].needs_sar());
    EXPECT_FALSE(sar[0].udhi());
    EXPECT_EQ(sar[0].octets, std::string(153, 'a'));
    EXPECT_EQ(sar[0].reference, 0x1234);

    const parts payload =
        split_text(std::string(161, 'a'), alphabet::gsm7, {.mode = split_mode::payload});
    ASSERT_EQ(payload.size(), 1U);
    EXPECT_TRUE(payload[0].in_payload());
    EXPECT_EQ(payload[0].units, 161U);
    const auto over = split(std::string(65536, 'a'), alphabet::gsm7, {.mode = split_mode::payload});
    EXPECT_EQ(over.error().message(), "text takes 65536 octets, one message holds 65535");
    EXPECT_TRUE(split(std::string(65535, 'a'), alphabet::gsm7, {.mode = split_mode::payload}));
}

TEST(segmenter, without_splitting_short_message_holds_254_octets) {
    EXPECT_EQ(
        units_of(split_text(std::string(254, 'a'), alphabet::gsm7, {.mode = split_mode::none})),
        sizes{254});
    const auto over = split(std::string(255, 'a'), alphabet::gsm7, {.mode = split_mode::none});
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, split_errc::too_long);
    EXPECT_EQ(over.error().message(), "text takes 255 octets, one message holds 254");
    EXPECT_TRUE(split(std::string(254, 'a'), alphabet::ucs2, {.mode = split_mode::none}));
    EXPECT_FALSE(split(std::string(256, 'a'), alphabet::ucs2, {.mode = split_mode::none}));
}

TEST(segmenter, at_most_255_parts) {
    EXPECT_EQ(split_text(std::string(255 * 153, 'a'), alphabet::gsm7).size(), 255U);
    const auto over = split(std::string(255 * 153 + 1, 'a'), alphabet::gsm7);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, split_errc::too_many_parts);
    EXPECT_EQ(over.error().message(), "text needs 256 parts, at most 255 are possible");
    EXPECT_THROW(static_cast<void>(over.value()), std::length_error);
    // Escape pairs at every border cost an octet each, and with them a part.
    EXPECT_FALSE(split(smpp::encode_text("a" + repeat("€", 255 * 76 + 1), alphabet::gsm7).value(),
                       alphabet::gsm7));
}

TEST(segmenter, an_escape_pair_is_never_cut) {
    EXPECT_EQ(units_of(split_text(repeat("€", 80), alphabet::gsm7)), sizes{160});
    EXPECT_EQ(units_of(split_text(repeat("€", 81), alphabet::gsm7)), (sizes{152, 10}));
    EXPECT_EQ(
        units_of(split_text(std::string(152, 'a') + "€" + std::string(10, 'b'), alphabet::gsm7)),
        (sizes{152, 12}));
    EXPECT_EQ(
        units_of(split_text(std::string(151, 'a') + "€" + std::string(10, 'b'), alphabet::gsm7)),
        (sizes{153, 10}));
    // Raw octets: two escapes in a row are a pair of their own.
    EXPECT_EQ(
        units_of(split(std::string(151, 'a') + "\x1B\x1B" + std::string(10, 'b'), alphabet::gsm7)
                     .value()),
        (sizes{153, 10}));
    EXPECT_EQ(
        units_of(split(std::string(152, 'a') + "\x1B\x1B" + std::string(10, 'b'), alphabet::gsm7)
                     .value()),
        (sizes{152, 12}));
}

TEST(segmenter, a_surrogate_pair_is_never_cut) {
    EXPECT_EQ(units_of(split_text(repeat("😀", 35), alphabet::ucs2)), sizes{70});
    EXPECT_EQ(units_of(split_text(repeat("😀", 36), alphabet::ucs2)), (sizes{66, 6}));
    EXPECT_EQ(units_of(split_text(repeat("😀", 67), alphabet::ucs2)), (sizes{66, 66, 2}));
    EXPECT_EQ(
        units_of(split_text(std::string(65, 'a') + "😀" + std::string(10, 'b'), alphabet::ucs2)),
        (sizes{67, 10}));
}

TEST(segmenter, a_utf8_character_is_never_cut) {
    for (const auto& part : split_text(repeat("漢", 200), alphabet::utf8)) {
        EXPECT_EQ(part.units % 3, 0U);
        EXPECT_LE(part.units, 134U);
    }
    EXPECT_EQ(split(std::string(300, '\x80'), alphabet::utf8).value().size(),
              3U);  // no character anywhere
}

TEST(segmenter, what_is_shown_as_one_stays_whole_where_no_part_more_is_needed) {
    const std::string head(66, 'a');
    const std::string tail(10, 'b');
    struct {
        std::string what, at_the_cut;
        std::size_t first_part;
    } const rows[] = {
        {"an accent behind its letter", "e\u0301", 66},
        {"several accents", "e\u0301\u0323", 66},
        {"line ends", "\r\n", 66},
        {"a vowel sign", "\u0915\u093F", 66},
        {"a conjunct", "\u0915\u094D\u0937", 66},
        {"a flag", "🇩🇪", 66},
        {"a skin tone", "👍🏽", 66},
        {"two letters", "xy", 67},
        {"joined people", "👩\u200D👩\u200D👧", 66},
    };
    for (const auto& row : rows) {
        const parts all = split_text(head + row.at_the_cut + tail, alphabet::ucs2);
        ASSERT_EQ(all.size(), 2U) << row.what;
        EXPECT_EQ(all[0].units, row.first_part) << row.what;
        EXPECT_EQ(all[0].text() + all[1].text(), head + row.at_the_cut + tail) << row.what;
    }
    // Of two flags side by side the border between them is a good place.
    EXPECT_EQ(units_of(split_text(std::string(63, 'a') + "🇩🇪🇫🇷" + tail, alphabet::ucs2)),
              (sizes{67, 14}));
    EXPECT_EQ(units_of(split_text(std::string(62, 'a') + "🇩🇪🇫🇷" + tail, alphabet::ucs2)),
              (sizes{66, 14}));
    // 8-bit units: two octets each for the letter and its accent.
    EXPECT_EQ(units_of(split_text(std::string(132, 'a') + "é\u0301" + tail, alphabet::utf8)),
              (sizes{132, 14}));
    // GSM 7-bit: line ends, and the vowel signs of the national tables.
    EXPECT_EQ(units_of(split_text(std::string(152, 'a') + "\r\n" + tail, alphabet::gsm7)),
              (sizes{152, 12}));
    const smpp::gsm7::shift hindi{smpp::gsm7::language::hindi, smpp::gsm7::language::none};
    const auto encoded = smpp::encode_text(
        repeat("\u0915", 148) + "\u0915\u093F" + repeat("\u0915", 10), alphabet::gsm7, hindi);
    EXPECT_EQ(units_of(split(encoded.value(), alphabet::gsm7, {.tables = hindi}).value()),
              (sizes{148, 12}));
}

TEST(segmenter, a_whole_accent_is_not_worth_another_part) {
    // 134 units fit into two parts only if the cut is between letter and accent.
    EXPECT_EQ(units_of(split_text(std::string(66, 'a') + "e\u0301" + std::string(66, 'b'),
                                  alphabet::ucs2)),
              (sizes{67, 67}));
    // Accents without end leave no better place.
    EXPECT_EQ(units_of(split_text("e" + repeat("\u0301", 80), alphabet::ucs2)), (sizes{67, 14}));
}

TEST(segmenter, further_elements_are_in_every_part_and_cost_room) {
    const std::string ports =
        smpp::udh::writer().add(smpp::udh::ports{2948, 9200}).octets().substr(1);
    const parts one =
        split_text(std::string(152, 'a'), alphabet::gsm7, {.elements = as_octets(ports)});
    ASSERT_EQ(units_of(one), sizes{152});
    EXPECT_EQ(smpp::to_hex(one[0].header()), "0605040b8423f0");

    const parts two =
        split_text(std::string(153, 'a'), alphabet::gsm7, {.elements = as_octets(ports)});
    EXPECT_EQ(units_of(two), (sizes{146, 7}));
    EXPECT_EQ(smpp::to_hex(two[1].header()), "0b05040b8423f00003000202");
    EXPECT_EQ(smpp::udh::find_ports(two[1].header()), (smpp::udh::ports{2948, 9200}));

    const auto sar =
        split("hello", alphabet::gsm7, {.mode = split_mode::sar, .elements = as_octets(ports)});
    EXPECT_EQ(sar.error().code, split_errc::header_with_sar);
}

TEST(segmenter, elements_that_leave_no_room_are_refused) {
    const std::string text(200, 'a');
    for (std::size_t size = 0; size < 300; ++size) {
        // One element of the vendor's, or none; two octets are its head.
        std::string elements(size, 'x');
        if (size >= 2) {
            elements[1] = static_cast<char>(size - 2);
        } else if (size == 1) {
            continue;
        }
        const auto all = split(text, alphabet::gsm7, {.elements = as_octets(elements)});
        ASSERT_EQ(all.has_value(), size <= 130) << size;
        if (!all) {
            ASSERT_EQ(all.error().code, split_errc::header_too_long);
        }
    }
}

TEST(segmenter, elements_that_are_damaged_or_number_the_parts_are_refused) {
    using namespace std::string_view_literals;
    for (const auto mode : {split_mode::udh8, split_mode::payload, split_mode::none}) {
        for (const auto elements :
             {"\x05\x44"sv, "\x05"sv, "\x24\x01\x01\x70\x02\x07"sv, "\x00\x03\x07\x02\x01"sv,
              "\x08\x04\x00\x07\x02\x01"sv, "\x24\x01\x01\x00\x03\x07\x02\x01"sv}) {
            const smpp::split_options options{.mode = mode, .elements = as_octets(elements)};
            for (const std::size_t size : {10U, 200U}) {
                const auto refused = split(std::string(size, 'a'), alphabet::gsm7, options);
                ASSERT_TRUE(refused.has_error()) << smpp::to_hex(elements);
                EXPECT_EQ(refused.error().code, split_errc::bad_elements);
                EXPECT_NE(refused.error().message(), "");
            }
        }
    }
}

TEST(segmenter, modes_have_names) {
    for (const split_mode mode : {split_mode::udh8, split_mode::udh16, split_mode::sar,
                                  split_mode::payload, split_mode::none}) {
        EXPECT_EQ(smpp::split_mode_named(name(mode)), mode);
    }
    EXPECT_EQ(smpp::split_mode_named("udh8"), split_mode::udh8);
    EXPECT_EQ(smpp::split_mode_named("chop"), std::nullopt);
    EXPECT_EQ(name(split_mode{9}), "");
}

struct property {
    alphabet value;
    std::u32string_view characters;
};

TEST(segmenter, joined_parts_equal_the_whole_and_each_fits) {
    const property properties[] = {
        {alphabet::gsm7, text_tests::gsm_characters},
        {alphabet::gsm7, U"a€"},
        {alphabet::ucs2, U"\x01 aé\u0301\x7ff\x800ж漢\uffff\U00010000😀🇩\U0010ffff"},
        {alphabet::ucs2, U"a😀"},
        {alphabet::utf8, text_tests::wide_characters},
        {alphabet::latin1, U"aé"}};
    text_tests::generator random(6);
    for (const auto& [value, characters] : properties) {
        for (int i = 0; i < 400; ++i) {
            const split_mode mode = split_mode(text_tests::below(random, 3));
            const std::string text = "^" + text_tests::random_text(random, characters, 700);
            const parts all = split_text(text, value, {.mode = mode, .reference = 7});
            std::string joined;
            for (const auto& part : all) {
                joined += part.text();  // a cut character would come out as something else
                const std::size_t header = all.size() == 1 ? 0 : mode == split_mode::udh16 ? 7 : 6;
                ASSERT_LE(part.units, smpp::units_per_part(value, header));
                ASSERT_GT(part.units, 0U);
                ASSERT_EQ(part.total, all.size());
                ASSERT_EQ(&part - all.data() + 1, part.number);
            }
            ASSERT_EQ(joined, text);
        }
    }
}

}  // namespace
