#include <gtest/gtest.h>

#include <functional>

#include "smpp/codec.hpp"

namespace {

using namespace std::string_literals;
using smpp::codec_errc;
using smpp::command_status;
using smpp::interface_version;

smpp::submit_sm good_submit() {
    smpp::submit_sm sm;
    sm.source = smpp::address("ACME", smpp::ton::alphanumeric);
    sm.destination = smpp::address("15551234567", smpp::ton::international, smpp::npi::isdn);
    sm.validity_period = "000001000000000R";
    sm.short_message = "hello";
    sm.tlvs.set(smpp::tlv::user_message_reference, 7);
    sm.tlvs.set(smpp::tlv::receipted_message_id, "17");
    sm.tlvs.add(smpp::tlv_tag(0x1403), "vendor");
    sm.tlvs.add(smpp::tlv_tag(0x2153), "");
    return sm;
}

TEST(validate, what_is_right_is_measured) {
    const auto sm = good_submit();
    const auto checked = smpp::validate(command_status::ok, sm);
    EXPECT_EQ(checked.failure, smpp::codec_failure{});
    EXPECT_EQ(checked.size, smpp::measure(command_status::ok, sm).size);
}

struct refusal {
    codec_errc code;
    const char* field;
    std::function<void(smpp::submit_sm&)> spoil;
};

void set_udh(smpp::submit_sm& sm) {
    sm.esm_class.set_udhi(true);
    sm.short_message = "\x05\0\x03\x07\x02\x01hello"s;
}

const refusal refusals[] = {
    {codec_errc::invalid_tlv_length, "source_port",
     [](auto& sm) { sm.tlvs.add(smpp::tlv_tag::source_port, "x"); }},
    {codec_errc::invalid_tlv_length, "receipted_message_id",
     [](auto& sm) { sm.tlvs.set(smpp::tlv::receipted_message_id, std::string(300, '1')); }},
    {codec_errc::missing_terminator, "receipted_message_id",
     [](auto& sm) { sm.tlvs.add(smpp::tlv_tag::receipted_message_id, "17"); }},
    {codec_errc::embedded_nul, "receipted_message_id",
     [](auto& sm) { sm.tlvs.add(smpp::tlv_tag::receipted_message_id, "17\0\0"s); }},
    {codec_errc::reserved_tag, "tlvs", [](auto& sm) { sm.tlvs.add(smpp::tlv_tag{}, "x"); }},
    {codec_errc::both_texts, "message_payload",
     [](auto& sm) { sm.tlvs.set(smpp::tlv::message_payload, "hello"); }},
    {codec_errc::missing_udh, "esm_class", [](auto& sm) { sm.esm_class.set_udhi(true); }},
    {codec_errc::missing_udh, "esm_class",
     [](auto& sm) {
         sm.esm_class.set_udhi(true);
         sm.short_message.clear();
     }},
    {codec_errc::sar_with_udh, "sar_msg_ref_num",
     [](auto& sm) {
         set_udh(sm);
         sm.tlvs.set(smpp::tlv::sar_msg_ref_num, 7);
         sm.tlvs.set(smpp::tlv::sar_total_segments, 2);
         sm.tlvs.set(smpp::tlv::sar_segment_seqnum, 1);
     }},
    {codec_errc::missing_tlv, "sar_segment_seqnum",
     [](auto& sm) {
         sm.tlvs.set(smpp::tlv::sar_msg_ref_num, 7);
         sm.tlvs.set(smpp::tlv::sar_total_segments, 2);
     }},
    {codec_errc::invalid_time, "validity_period",
     [](auto& sm) { sm.validity_period = "abcdefghijklmnop"; }},
    {codec_errc::invalid_time, "schedule_delivery_time",
     [](auto& sm) { sm.schedule_delivery_time = "269901000000000+"; }},
    {codec_errc::invalid_time, "validity_period", [](auto& sm) { sm.validity_period = "1"; }},
    {codec_errc::not_ascii, "destination_addr",
     [](auto& sm) { sm.destination.digits = "M\xFCller"; }},
    {codec_errc::not_ascii, "source_addr",
     [](auto& sm) { sm.source.digits = "0123456789abc\x80xyz"; }},
    {codec_errc::too_long, "service_type", [](auto& sm) { sm.service_type = "toolong"; }},
    {codec_errc::embedded_nul, "source_addr",
     [](auto& sm) {
         sm.source.digits =
             "1\0"
             "2"s;
     }},
};

TEST(validate, each_mistake_names_its_field) {
    for (const auto& [code, field, spoil] : refusals) {
        auto sm = good_submit();
        spoil(sm);
        const auto failure = smpp::validate(command_status::ok, sm).failure;
        EXPECT_EQ(failure.code, code) << field << ": " << smpp::to_string(failure);
        EXPECT_STREQ(failure.field, field);
        EXPECT_NE(smpp::make_error_code(code).message(), "unknown codec error");
    }
}

TEST(validate, the_place_is_that_of_the_field) {
    auto sm = good_submit();
    sm.tlvs.add(smpp::tlv_tag::source_port, "x");
    const auto failure = smpp::validate(command_status::ok, sm).failure;
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, command_status::ok, 1, sm));
    EXPECT_EQ(smpp::to_hex(octets.substr(failure.offset)), "020a000178");
}

TEST(validate, a_header_with_or_without_payload_is_right) {
    auto sm = good_submit();
    set_udh(sm);
    EXPECT_FALSE(smpp::validate(command_status::ok, sm).failure);
    sm.tlvs.set(smpp::tlv::message_payload, sm.short_message);
    sm.short_message.clear();
    EXPECT_FALSE(smpp::validate(command_status::ok, sm).failure);
}

TEST(validate, text_of_255_octets_is_for_5_0) {
    auto sm = good_submit();
    sm.tlvs = {};
    sm.short_message.assign(255, 'a');
    EXPECT_FALSE(smpp::validate(command_status::ok, sm, interface_version::v5_0).failure);
    const auto failure = smpp::validate(command_status::ok, sm, interface_version::v3_4).failure;
    EXPECT_EQ(failure.code, codec_errc::too_long);
    EXPECT_STREQ(failure.field, "short_message");
    sm.short_message.pop_back();
    EXPECT_FALSE(smpp::validate(command_status::ok, sm, interface_version::v3_3).failure);
}

TEST(validate, tlvs_are_for_peers_of_their_version) {
    auto sm = good_submit();
    EXPECT_FALSE(smpp::validate(command_status::ok, sm, interface_version::v3_4).failure);
    auto failure = smpp::validate(command_status::ok, sm, interface_version::v3_3).failure;
    EXPECT_EQ(failure.code, codec_errc::not_in_version);
    EXPECT_STREQ(failure.field, "user_message_reference");
    sm.tlvs.set(smpp::tlv::dest_addr_np_country, "1");
    EXPECT_FALSE(smpp::validate(command_status::ok, sm).failure);
    failure = smpp::validate(command_status::ok, sm, interface_version::v3_4).failure;
    EXPECT_EQ(failure.code, codec_errc::not_in_version);
    EXPECT_STREQ(failure.field, "dest_addr_np_country");
    sm.tlvs = {};
    sm.tlvs.set(smpp::vendor_tlv(0x1400), "x");
    failure = smpp::validate(command_status::ok, sm, interface_version::v3_3).failure;
    EXPECT_EQ(failure.code, codec_errc::not_in_version);
    EXPECT_STREQ(failure.field, "tlvs");
}

TEST(validate, tlvs_that_must_be_there) {
    smpp::broadcast_sm broadcast;
    EXPECT_STREQ(smpp::validate(command_status::ok, broadcast).failure.field,
                 "broadcast_area_identifier");
    broadcast.tlvs.set(smpp::tlv::broadcast_area_identifier, "\1area");
    broadcast.tlvs.set(smpp::tlv::broadcast_content_type, "\1\0\0"s);
    broadcast.tlvs.set(smpp::tlv::broadcast_rep_num, 3);
    EXPECT_STREQ(smpp::validate(command_status::ok, broadcast).failure.field,
                 "broadcast_frequency_interval");
    broadcast.tlvs.set(smpp::tlv::broadcast_frequency_interval, "\x09\0\1"s);
    EXPECT_FALSE(smpp::validate(command_status::ok, broadcast).failure);

    smpp::query_broadcast_sm_resp answer;
    EXPECT_STREQ(smpp::validate(command_status::ok, answer).failure.field, "message_state");
    answer.message_id = "7";
    EXPECT_FALSE(smpp::validate(command_status::query_failed, answer).failure)
        << "the status says all";
    // The text of data_sm stands in message_payload, and a data_sm without text is one still.
    EXPECT_FALSE(smpp::validate(command_status::ok, smpp::data_sm()).failure);
}

TEST(validate, credentials_are_as_the_provider_gave_them) {
    smpp::bind_transceiver bind;
    bind.system_id = "a_rather_long_system_id";
    bind.password = "pässwörd";
    EXPECT_FALSE(smpp::validate(command_status::ok, bind).failure);
    bind.system_type = "Ü";
    EXPECT_EQ(smpp::validate(command_status::ok, bind).failure.code, codec_errc::not_ascii);
}

TEST(validate, append_still_writes_what_came_so) {
    for (const refusal& each : refusals) {
        auto sm = good_submit();
        each.spoil(sm);
        std::string octets;
        if (smpp::append(octets, command_status::ok, 1, sm)) {
            continue;  // has no octets
        }
        smpp::pdu_view pdu;
        ASSERT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu));
        std::string again;
        ASSERT_FALSE(smpp::append(again, pdu));
        EXPECT_EQ(again, octets);
    }
}

}  // namespace
