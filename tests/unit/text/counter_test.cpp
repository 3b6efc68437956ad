#include "smpp/text/counter.hpp"

#include <gtest/gtest.h>

#include "smpp/text/udh.hpp"

namespace {

using smpp::alphabet;
using smpp::split_mode;

smpp::text_size counted(std::string_view text, split_mode mode = split_mode::udh8) {
    return smpp::count_text(text, {}, mode).value();
}

TEST(counter, an_extension_character_costs_two_and_a_part_holds_160) {
    const auto size = counted("See you at 5€");
    EXPECT_EQ(size.alphabet, alphabet::gsm7);
    EXPECT_EQ(size.characters, 13U);
    EXPECT_EQ(size.units, 14U);
    EXPECT_EQ(size.parts, 1U);
    EXPECT_EQ(size.left, 146U);
}

TEST(counter, the_161st_character_makes_two_parts_of_153) {
    EXPECT_EQ(counted(std::string(160, 'a')).left, 0U);
    const auto two = counted(std::string(161, 'a'));
    EXPECT_EQ(two.parts, 2U);
    EXPECT_EQ(two.left, 2U * 153U - 161U);
    EXPECT_EQ(counted(std::string(161, 'a'), split_mode::udh16).left, 2U * 152U - 161U);
    EXPECT_EQ(counted(std::string(161, 'a'), split_mode::sar).left, 2U * 153U - 161U);
}

TEST(counter, one_character_outside_makes_it_ucs2_with_70) {
    const auto size = counted("✓" + std::string(68, 'a'));
    EXPECT_EQ(size.alphabet, alphabet::ucs2);
    EXPECT_EQ(size.units, 69U);
    EXPECT_EQ(size.left, 1U);
    EXPECT_EQ(counted("😀").units, 2U);
    EXPECT_EQ(counted("😀").characters, 1U);
}

TEST(counter, what_cannot_be_sent_has_no_parts) {
    EXPECT_EQ(counted(std::string(256 * 153, 'a')).parts, 0U);
    EXPECT_EQ(counted(std::string(255, 'a'), split_mode::none).parts, 0U);
    EXPECT_EQ(counted(std::string(254, 'a'), split_mode::none).left, 0U);
    EXPECT_EQ(counted(std::string(65000, 'a'), split_mode::payload).left, 535U);
}

TEST(counter, an_empty_text_is_a_part_with_all_its_room) {
    const auto size = counted("");
    EXPECT_EQ(size.parts, 1U);
    EXPECT_EQ(size.left, 160U);
}

TEST(counter, as_many_units_as_are_left_make_no_part_more_and_one_more_does) {
    for (const std::size_t length : {1U, 100U, 160U, 161U, 306U, 307U, 1000U}) {
        const std::string text(length, 'a');
        const auto size = counted(text);
        EXPECT_EQ(counted(text + std::string(size.left, 'b')).parts, size.parts) << length;
        EXPECT_EQ(counted(text + std::string(size.left + 1, 'b')).parts, size.parts + 1) << length;
    }
}

TEST(counter, elements_of_the_header_cost_room) {
    const std::string ports =
        smpp::udh::writer().add(smpp::udh::ports{2948, 9200}).octets().substr(1);
    const auto count = [&](std::size_t size) {
        return smpp::count_text(std::string(size, 'a'), {}, split_mode::udh8,
                                smpp::as_octets(ports))
            .value();
    };
    EXPECT_EQ(count(152).parts, 1U);
    EXPECT_EQ(count(150).left, 2U);
    EXPECT_EQ(count(153).parts, 2U);
    EXPECT_EQ(count(153).left, 2U * 146U - 153U);
}

TEST(counter, broken_utf8_is_refused) { EXPECT_FALSE(smpp::count_text("a\xFF")); }

}  // namespace
