#include "smpp/tlv_list.hpp"

#include <gtest/gtest.h>

namespace {

namespace tlv = smpp::tlv;

TEST(tlv, typed_values_are_set_and_read) {
    smpp::tlv_list list;
    list.set(tlv::sar_msg_ref_num, 0x1234);
    list.set(tlv::receipted_message_id, "id1");
    list.set(tlv::message_payload, "text");
    EXPECT_EQ(list.get(tlv::sar_msg_ref_num), 0x1234);
    EXPECT_EQ(list.get(tlv::receipted_message_id), "id1");
    EXPECT_EQ(list.get(tlv::message_payload), "text");
    EXPECT_EQ(list.get(tlv::source_port), std::nullopt);
    EXPECT_EQ(smpp::to_hex(list.octets()),
              "020c00021234001e00046964310004240004"
              "74657874");
}

TEST(tlv, set_replaces_and_add_repeats) {
    smpp::tlv_list list;
    list.add(smpp::tlv_tag::callback_num, "1234");
    list.add(smpp::tlv_tag::callback_num, "5678");
    list.set(tlv::sar_total_segments, 1);
    list.set(tlv::sar_total_segments, 2);
    std::vector<std::string> seen;
    for (const smpp::tlv_item item : list) {
        seen.emplace_back(item.value);
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"1234", "5678", "\x02"}));
    list.erase(smpp::tlv_tag::callback_num);
    EXPECT_EQ(smpp::to_hex(list.octets()), "020e000102");
}

TEST(tlv, a_wrong_length_is_not_a_number_but_is_still_there) {
    smpp::tlv_list list;
    list.add(smpp::tlv_tag::source_port, "abc");
    EXPECT_EQ(list.get(tlv::source_port), std::nullopt);
    EXPECT_EQ(list.raw(smpp::tlv_tag::source_port), "abc");
}

TEST(tlv, text_loses_the_nuls_that_peers_add) {
    smpp::tlv_list list;
    list.add(smpp::tlv_tag::receipted_message_id, std::string_view("id\0\0", 4));
    EXPECT_EQ(list.get(tlv::receipted_message_id), "id");
}

TEST(tlv, only_whole_tlvs_are_taken_from_octets) {
    const std::string run = smpp::from_hex("020e000102 0204000200").value();
    EXPECT_EQ(smpp::to_hex(smpp::tlv_list(run).octets()), "020e000102");
    EXPECT_EQ(smpp::whole_tlvs(std::string_view("\x00", 1)), 0U);
}

TEST(tlv, the_table_knows_names_and_carriers) {
    EXPECT_EQ(smpp::name(smpp::tlv_tag::message_payload), "message_payload");
    EXPECT_EQ(smpp::name(smpp::tlv_tag(0x1400)), "");
    EXPECT_EQ(smpp::find_tlv("sar_msg_ref_num")->tag, smpp::tlv_tag::sar_msg_ref_num);
    EXPECT_TRUE(smpp::may_carry(smpp::command_id::submit_sm, smpp::tlv_tag::message_payload));
    EXPECT_FALSE(smpp::may_carry(smpp::command_id::submit_sm, smpp::tlv_tag::receipted_message_id));
    EXPECT_TRUE(smpp::may_carry(smpp::command_id::query_sm_resp, smpp::tlv_tag::congestion_state));
    EXPECT_TRUE(smpp::may_carry(smpp::command_id::submit_sm, smpp::tlv_tag(0x1400)));
}

}  // namespace
