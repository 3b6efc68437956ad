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

smpp::deliver_sm_view received(const smpp::deliver_sm& sm, std::string& octets) {
    EXPECT_FALSE(smpp::append(octets, smpp::command_status::ok, 1, sm));
    smpp::pdu_view pdu;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu));
    return std::get<smpp::deliver_sm_view>(pdu.body);
}

TEST(message, a_receipt_under_data_coding_0_is_ascii) {
    smpp::deliver_sm sm;
    sm.esm_class.bits = 0x04;
    sm.short_message = "id:AB_C submit_date:2601011200 done_date:2601011201 stat:DND_REJECTED\0"s;
    std::string octets;
    const auto receipt = smpp::read_receipt(received(sm, octets));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->id, "AB_C");
    EXPECT_EQ(receipt->stat, "DND_REJECTED");
    EXPECT_EQ(receipt->state(), smpp::message_state::rejected);
    EXPECT_EQ(receipt->submit_date, "2601011200");
    EXPECT_EQ(receipt->done_date, "2601011201");
}

TEST(message, a_counted_nul_is_no_at_sign_in_a_receipt) {
    smpp::deliver_sm sm;
    sm.short_message = "id:7 stat:DELIVRD\0"s;
    std::string octets;
    EXPECT_EQ(smpp::read_receipt(received(sm, octets))->stat, "DELIVRD");
}

TEST(message, letters_that_only_gsm_has_are_read_as_gsm_in_a_receipt) {
    smpp::deliver_sm sm;
    sm.esm_class.set_udhi(true);
    sm.short_message = "\x03\x70\x01\x07"s + "id:7 stat:DELIVRD text:caf\x05 \0 5\x1B\x65"s;
    std::string octets;
    EXPECT_EQ(smpp::read_receipt(received(sm, octets))->text, "café @ 5€");
    sm.short_message = "\x03\x70\x01\x07"s + "id:\x7B stat:DELIVRD text:\xE9"s;
    octets.clear();
    EXPECT_EQ(smpp::read_receipt(received(sm, octets))->id, "ä") << "no ASCII: GSM as a whole";
}

TEST(message, a_part_leaves_nothing_of_the_one_before_it) {
    const std::string text(300, 'a');
    smpp::split_options options;
    options.mode = split_mode::sar;
    smpp::submit_sm sm;
    smpp::set_part(sm, smpp::split(text, smpp::alphabet::gsm7, options).value().front(), {});
    EXPECT_TRUE(sm.tlvs.get(smpp::tlv::sar_msg_ref_num));
    options.mode = split_mode::payload;
    smpp::set_part(sm, smpp::split(text, smpp::alphabet::gsm7, options).value().front(), {});
    EXPECT_EQ(sm.short_message, "");
    EXPECT_EQ(sm.tlvs.get(smpp::tlv::message_payload), text);
    EXPECT_FALSE(sm.tlvs.raw(smpp::tlv_tag::sar_total_segments));
    sm.tlvs.set(smpp::tlv::user_message_reference, 7);
    smpp::set_part(sm, smpp::split("short", smpp::alphabet::gsm7).value().front(), {});
    EXPECT_EQ(sm.short_message, "short");
    EXPECT_EQ(smpp::to_hex(sm.tlvs.octets()), "020400020007") << "others stay";
}

TEST(message, a_receipt_may_come_in_ucs2_and_in_the_payload) {
    smpp::deliver_sm sm;
    sm.esm_class.bits = 0x04;
    sm.data_coding = smpp::data_coding::ucs2;
    sm.tlvs.set(smpp::tlv::message_payload,
                smpp::ucs2::encode("id:77 sub:001 dlvrd:001 stat:DELIVRD err:000").value());
    const auto receipt = smpp::read_receipt(sm);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->id, "77");
    EXPECT_EQ(receipt->stat, "DELIVRD");
}

}  // namespace
