#include "smpp-load/messages.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "smpp/codec.hpp"
#include "smpp/text/udh.hpp"

namespace {

TEST(message_mix, kinds_come_by_weight_and_spread) {
    smpp_load::message_options options;
    options.mix = {{"gsm", 3}, {"ucs2", 1}};
    smpp_load::message_mix<smpp::submit_sm> mix(options);
    std::map<smpp::data_coding, int> seen;
    for (int i = 0; i < 40; ++i) {
        ++seen[mix.next().data_coding];
    }
    EXPECT_EQ(seen[smpp::data_coding::smsc_default], 30);
    EXPECT_EQ(seen[smpp::data_coding::ucs2], 10);
}

TEST(message_mix, every_kind_can_be_sent) {
    for (const char* kind : {"gsm", "full", "ucs2", "tlv", "payload", "long"}) {
        smpp_load::message_options options;
        options.mix = {{kind, 1}};
        smpp_load::message_mix<smpp::submit_sm> mix(options);
        smpp_load::message_mix<smpp::deliver_sm> delivered(options);
        std::string octets;
        EXPECT_FALSE(smpp::append(octets, smpp::command_status::ok, 1, mix.next())) << kind;
        EXPECT_FALSE(smpp::append(octets, smpp::command_status::ok, 1, delivered.next())) << kind;
    }
}

smpp::udh::concat concat_of(const smpp::submit_sm& pdu) {
    const auto separated = smpp::udh::separate(smpp::as_octets(pdu.short_message));
    return smpp::udh::find_concat(separated.header).value_or(smpp::udh::concat{});
}

TEST(message_mix, a_long_message_comes_in_parts_and_the_next_has_another_reference) {
    smpp_load::message_options options;
    options.mix = {{"long", 2}, {"gsm", 1}};
    smpp_load::message_mix<smpp::submit_sm> mix(options);
    std::map<std::uint16_t, std::set<unsigned>> parts;
    for (int i = 0; i < 18; ++i) {
        const smpp::submit_sm& pdu = mix.next();
        if (pdu.esm_class.udhi()) {
            const smpp::udh::concat part = concat_of(pdu);
            EXPECT_EQ(part.total, 3);
            parts[part.reference].insert(part.number);
        }
    }
    ASSERT_EQ(parts.size(), 4U);
    for (const auto& [reference, numbers] : parts) {
        EXPECT_EQ(numbers, (std::set<unsigned>{1, 2, 3})) << reference;
    }
}

TEST(message_mix, mixes_beside_each_other_share_no_number_and_no_reference) {
    smpp_load::message_options options;
    options.mix = {{"long", 1}};
    options.to = "1555{n:4}";
    std::set<std::string> destinations;
    std::set<std::uint16_t> references;
    for (unsigned index = 0; index < 3; ++index) {
        smpp_load::message_mix<smpp::submit_sm> mix(options, {index, 3});
        for (int message = 0; message < 100; ++message) {
            const std::string to = mix.next().destination.digits;
            destinations.insert(to);
            for (int part = 2; part <= 3; ++part) {
                const smpp::submit_sm& pdu = mix.next();
                EXPECT_EQ(pdu.destination.digits, to);
                references.insert(concat_of(pdu).reference);
            }
        }
    }
    EXPECT_EQ(destinations.size(), 300U);
    EXPECT_EQ(*destinations.begin(), "15550000");
    EXPECT_EQ(*destinations.rbegin(), "15550299");
    EXPECT_EQ(references.size(), 300U);
}

TEST(message_mix, a_long_text_comes_in_parts) {
    smpp_load::message_options options;
    options.text = std::string(200, 'y');
    smpp_load::message_mix<smpp::submit_sm> mix(options);
    EXPECT_EQ(concat_of(mix.next()).number, 1);
    EXPECT_EQ(concat_of(mix.next()).number, 2);
    EXPECT_EQ(concat_of(mix.next()).number, 1);
}

TEST(message_mix, a_text_takes_the_place_of_the_mix) {
    smpp_load::message_options options;
    options.text = "hello";
    options.from = "ACME";
    smpp_load::message_mix<smpp::submit_sm> mix(options);
    EXPECT_EQ(mix.next().short_message, "hello");
    EXPECT_EQ(mix.next().source.ton, smpp::ton::alphanumeric);
}

TEST(message_mix, what_cannot_be_sent_is_named) {
    smpp_load::message_options options;
    options.mix = {{"novel", 1}};
    EXPECT_THROW(smpp_load::message_mix<smpp::submit_sm>{options}, std::invalid_argument);
    options.mix = {{"gsm", 0}};
    EXPECT_THROW(smpp_load::message_mix<smpp::submit_sm>{options}, std::invalid_argument);
    options.mix = {{"gsm", 1}};
    options.to = std::string(30, '1');
    EXPECT_THROW(smpp_load::message_mix<smpp::submit_sm>{options}, std::invalid_argument);
}

}  // namespace
