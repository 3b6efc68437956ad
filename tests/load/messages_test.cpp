#include "smpp-load/messages.hpp"

#include <gtest/gtest.h>

#include <map>

#include "smpp/codec.hpp"

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
    for (const char* kind : {"gsm", "full", "ucs2", "tlv", "payload", "part"}) {
        smpp_load::message_options options;
        options.mix = {{kind, 1}};
        smpp_load::message_mix<smpp::submit_sm> mix(options);
        smpp_load::message_mix<smpp::deliver_sm> delivered(options);
        std::string octets;
        EXPECT_FALSE(smpp::append(octets, smpp::command_status::ok, 1, mix.next())) << kind;
        EXPECT_FALSE(smpp::append(octets, smpp::command_status::ok, 1, delivered.next())) << kind;
    }
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
}

}  // namespace
