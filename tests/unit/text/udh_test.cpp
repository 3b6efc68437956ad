#include "smpp/text/udh.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "unit/text/random_text.hpp"

namespace {

namespace udh = smpp::udh;
using smpp::as_octets;
using smpp::as_text;

std::string octets(std::string_view hex) { return smpp::from_hex(hex).value(); }

TEST(udh, header_and_text_are_separated) {
    const std::string message = octets("050003a70302 6869");
    const auto [header, text, well_formed] = udh::separate(as_octets(message));
    EXPECT_EQ(smpp::to_hex(header), "050003a70302");
    EXPECT_EQ(as_text(text), "hi");
    EXPECT_TRUE(well_formed);
    EXPECT_EQ(udh::find_concat(header), (udh::concat{0xA7, 3, 2, false}));
}

TEST(udh, a_length_behind_the_end_makes_everything_text) {
    for (const char* hex : {"05", "0500", "06000301", "ff"}) {
        const std::string message = octets(hex);
        const auto [header, text, well_formed] = udh::separate(as_octets(message));
        EXPECT_TRUE(header.empty());
        EXPECT_EQ(as_text(text), message);
        EXPECT_FALSE(well_formed);
    }
    EXPECT_FALSE(udh::separate({}).well_formed);
}

TEST(udh, a_header_may_be_the_whole_message_or_empty) {
    const std::string whole = octets("0500037f0101");
    EXPECT_TRUE(udh::separate(as_octets(whole)).text.empty());
    EXPECT_TRUE(udh::separate(as_octets(whole)).well_formed);
    const std::string empty = octets("0041");
    const auto parts = udh::separate(as_octets(empty));
    EXPECT_EQ(parts.header.size(), 1U);
    EXPECT_EQ(as_text(parts.text), "A");
    EXPECT_TRUE(parts.well_formed);
    EXPECT_EQ(udh::elements(parts.header).begin(), udh::elements(parts.header).end());
}

TEST(udh, elements_are_walked_in_order_whatever_they_are) {
    const std::string header = octets("10 7002abcd 0504 1234 5678 2401 03 7100");
    std::vector<std::string> seen;
    for (const udh::element each : udh::elements(as_octets(header))) {
        seen.push_back(std::to_string(static_cast<int>(each.id)) + ":" + smpp::to_hex(each.data));
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"112:abcd", "5:12345678", "36:03", "113:"}));
    EXPECT_EQ(udh::find_ports(as_octets(header)), (udh::ports{0x1234, 0x5678, true}));
}

TEST(udh, concatenation_is_found_behind_other_elements) {
    EXPECT_EQ(udh::find_concat(as_octets(octets("0c 0504 0b84 23f0 0804 beef 0402"))),
              (udh::concat{0xBEEF, 4, 2, true}));
    EXPECT_EQ(udh::find_concat(as_octets(octets("0a 0003 010201 0003 020302"))),
              (udh::concat{2, 3, 2, false}));
    EXPECT_EQ(udh::find_ports(as_octets(octets("04 0402 f01f"))), (udh::ports{0xF0, 0x1F, false}));
    EXPECT_EQ(udh::find(as_octets(octets("03 2501 0d")), udh::element_id::national_locking_shift)
                  ->data[0],
              13);
    EXPECT_FALSE(
        udh::find(as_octets(octets("03 2501 0d")), udh::element_id::national_single_shift));
}

TEST(udh, impossible_concatenation_does_not_count) {
    for (const char* hex : {"0500030a0000", "0500030a0300", "0500030a0304", "0500030a0001",
                            "0400020a03", "0608040a0a0300", "050803010301"}) {
        EXPECT_EQ(udh::find_concat(as_octets(octets(hex))), std::nullopt) << hex;
    }
}

TEST(udh, a_damaged_header_keeps_the_elements_before_the_damage) {
    const std::string header = octets("07 0003 010201 05 04");  // the second element is cut
    EXPECT_FALSE(udh::elements(as_octets(header)).well_formed());
    EXPECT_EQ(udh::find_concat(as_octets(header)), (udh::concat{1, 2, 1, false}));
    EXPECT_FALSE(udh::separate(as_octets(octets("01 00"))).well_formed);
    EXPECT_FALSE(udh::separate(as_octets(octets("050003010201ff")).first(5)).well_formed);
}

TEST(udh, what_the_writer_writes_is_found_again) {
    const udh::concat part{0x1234, 200, 199, true};
    const udh::ports addressed{2948, 9200, true};
    const std::string header =
        udh::writer()
            .add(part)
            .add(addressed)
            .add(udh::element_id::national_single_shift, std::array<std::uint8_t, 1>{1})
            .octets();
    EXPECT_EQ(smpp::to_hex(header),
              "0f"
              "08041234c8c7"
              "05040b8423f0"
              "240101");
    EXPECT_EQ(udh::find_concat(as_octets(header)), part);
    EXPECT_EQ(udh::find_ports(as_octets(header)), addressed);
    EXPECT_TRUE(udh::separate(as_octets(header)).well_formed);
    EXPECT_EQ(smpp::to_hex(udh::writer().add(udh::concat{7, 3, 1}).octets()), "050003070301");
    EXPECT_EQ(smpp::to_hex(udh::writer().add(udh::ports{0xF0, 0x1F, false}).octets()),
              "040402f01f");
    EXPECT_EQ(udh::writer().octets(), "");
}

TEST(udh, a_header_longer_than_its_length_octet_can_say_is_refused) {
    const std::string most(253, 'x');
    EXPECT_EQ(udh::writer().add(udh::element_id{0x70}, as_octets(most)).octets().size(), 256U);
    EXPECT_THROW(udh::writer().add(udh::element_id{0x70}, as_octets(most + "x")),
                 std::length_error);
    EXPECT_THROW(udh::writer().add(udh::element_id{0x70}, as_octets(most)).add(udh::concat{}),
                 std::length_error);
}

TEST(udh, any_octets_are_walked_within_their_bounds) {
    text_tests::generator random(11);
    for (int i = 0; i < 20000; ++i) {
        std::string message = text_tests::random_octets(random, 24);
        if (!message.empty()) {
            message[0] = static_cast<char>(text_tests::below(random, message.size() + 2));
        }
        const auto [header, text, well_formed] = udh::separate(as_octets(message));
        ASSERT_EQ(header.size() + text.size(), message.size());
        std::size_t walked = header.empty() ? 0 : 1;
        for (const udh::element each : udh::elements(header)) {
            walked += 2 + each.data.size();
        }
        ASSERT_LE(walked, header.size());
        ASSERT_EQ(well_formed, !header.empty() && walked == header.size());
    }
}

}  // namespace
