#include "smpp/message.hpp"

#include <gtest/gtest.h>

#include "smpp/codec.hpp"
#include "smpp/text/receipt.hpp"
#include "smpp/text/ucs2.hpp"

namespace {

using namespace std::string_literals;
using smpp::split_mode;

TEST(message, short_message_is_the_text_and_payload_where_there_is_none) {
    smpp::deliver_sm sm;
    EXPECT_EQ(smpp::message_octets(sm), "");
    sm.tlvs.set(smpp::tlv::message_payload, "from the payload");
    EXPECT_EQ(smpp::message_text(sm), "from the payload");
    sm.short_message = "short";
    EXPECT_EQ(smpp::message_text(sm), "short");
    smpp::data_sm data;
    data.tlvs.set(smpp::tlv::message_payload, "data");
    EXPECT_EQ(smpp::message_text(data), "data");
}

TEST(message, the_header_is_no_text_and_names_the_tables) {
    smpp::deliver_sm sm;
    sm.esm_class.set_udhi(true);
    sm.short_message = "\x05\x00\x03\x01\x02\x01Hello"s;
    EXPECT_EQ(smpp::message_text(sm), "Hello");
    sm.short_message = "\x03\x25\x01\x01\x04"s;  // the Turkish locking table: septet 4 is €
    EXPECT_EQ(smpp::message_text(sm), "€");
}

TEST(message, counted_nuls_are_no_text_but_an_at_sign_of_gsm_is) {
    smpp::deliver_sm sm;
    sm.short_message = "Hello\0\0"s;
    EXPECT_EQ(smpp::message_text(sm, smpp::alphabet::latin1), "Hello");
    EXPECT_EQ(smpp::message_text(sm), "Hello@@");
}

TEST(message, parts_in_every_mode_are_encoded_and_read_back) {
    const std::string text = std::string(300, 'a') + "€";
    const auto encoded = smpp::encode_cheapest(text).value();
    for (const auto mode :
         {split_mode::udh8, split_mode::udh16, split_mode::sar, split_mode::payload}) {
        smpp::split_options options;
        options.mode = mode;
        options.reference = 77;
        std::string joined;
        for (const auto& part : smpp::split(encoded.octets, encoded.alphabet, options).value()) {
            smpp::submit_sm sm;
            smpp::set_part(sm, part, encoded.data_coding);
            std::string octets;
            ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 1, sm));
            joined += smpp::message_text(sm);
            EXPECT_EQ(sm.esm_class.udhi(), mode == split_mode::udh8 || mode == split_mode::udh16);
            EXPECT_EQ(sm.tlvs.get(smpp::tlv::sar_msg_ref_num).has_value(), mode == split_mode::sar);
        }
        EXPECT_EQ(joined, text);
    }
}

TEST(message, data_sm_takes_parts_into_its_payload) {
    const auto encoded = smpp::encode_cheapest("✓").value();
    smpp::data_sm data;
    smpp::set_part(data, smpp::split(encoded.octets, encoded.alphabet).value().front(),
                   encoded.data_coding);
    EXPECT_EQ(smpp::message_text(data), "✓");
}

TEST(message, a_receipt_may_come_in_ucs2_and_in_the_payload) {
    smpp::deliver_sm sm;
    sm.esm_class.bits = 0x04;
    sm.data_coding = smpp::data_coding::ucs2;
    sm.tlvs.set(smpp::tlv::message_payload,
                smpp::ucs2::encode("id:77 sub:001 dlvrd:001 stat:DELIVRD err:000").value());
    const auto receipt = smpp::parse_receipt(smpp::message_text(sm));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->id, "77");
    EXPECT_EQ(receipt->stat, "DELIVRD");
}

}  // namespace
