#include "smpp/visitors/json.hpp"

#include <gtest/gtest.h>

namespace {

std::string json_string(std::string_view text) {
    std::string out;
    smpp::append_json_string(out, text);
    return out;
}

TEST(json, strings_are_escaped_and_stay_utf8) {
    EXPECT_EQ(json_string("a\"b\\c\n\x01"), R"("a\"b\\c\n\u0001")");
    EXPECT_EQ(json_string("é€😀"), "\"é€😀\"");
}

TEST(json, octets_that_are_not_utf8_become_their_code_points) {
    EXPECT_EQ(json_string("\xe9"), R"("\u00e9")");
    EXPECT_EQ(json_string("\xed\xa0\x80"), R"("\u00ed\u00a0\u0080")");
    EXPECT_EQ(json_string("\xf0\x9f\x98"), R"("\u00f0\u009f\u0098")");
}

TEST(json, fields_have_their_specification_names) {
    smpp::submit_multi multi;
    multi.source = smpp::address("100");
    multi.dest_address.emplace_back(smpp::address("200"));
    multi.short_message = "hi";
    multi.tlvs.set(smpp::tlv::sar_total_segments, 3);
    std::string out = "{\"a\":1";
    smpp::append_json_fields(out, smpp::body(multi));
    EXPECT_EQ(
        out,
        R"({"a":1,"service_type":"","source_addr_ton":0,"source_addr_npi":0,"source_addr":"100",)"
        R"("number_of_dests":1,"dest_address":[{"dest_flag":1,"dest_addr_ton":0,"dest_addr_npi":0,)"
        R"("destination_addr":"200"}],"esm_class":0,"protocol_id":0,"priority_flag":0,)"
        R"("schedule_delivery_time":"","validity_period":"","registered_delivery":0,)"
        R"("replace_if_present_flag":0,"data_coding":0,"sm_default_msg_id":0,"sm_length":2,)"
        R"("short_message":"6869","tlvs":[[526,"03"]])");
}

TEST(json, an_unknown_pdu_shows_its_octets) {
    smpp::unknown_pdu unknown;
    unknown.octets = "\x01\x02";
    std::string out;
    smpp::append_json_fields(out, smpp::body(unknown));
    EXPECT_EQ(out, R"(,"octets":"0102")");
}

TEST(json, what_ends_a_line_or_drives_a_terminal_is_escaped) {
    std::string out;
    smpp::append_json_string(out, "a\u0085b\u009Bc\u2028d\u2029e\u00A0\u2027\n\x1B");
    EXPECT_EQ(out, "\"a\\u0085b\\u009bc\\u2028d\\u2029e\u00A0\u2027\\n\\u001b\"");
}

}  // namespace
