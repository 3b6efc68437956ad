#include "smpp/codec.hpp"

#include <gtest/gtest.h>

namespace {

using smpp::codec_errc;
using smpp::command_status;
using smpp::decode_mode;

std::string octets(std::string_view hex) { return smpp::from_hex(hex).value(); }

smpp::submit_sm example() {
    smpp::submit_sm sm;
    sm.source = smpp::address("ACME", smpp::ton::alphanumeric);
    sm.destination = smpp::address("15557654321", smpp::ton::international, smpp::npi::isdn);
    sm.short_message = "hello";
    sm.tlvs.set(smpp::tlv::user_message_reference, 7);
    return sm;
}

constexpr std::string_view example_hex =
    "0000003b 00000004 00000000 00000002 00 0500 41434d4500 0101 313535353736353433323100 00 00 00 "
    "00 00 00 00 00 00"
    "05 68656c6c6f 0204 0002 0007";

TEST(codec, writes_submit_sm_as_the_specification_lays_it_out) {
    std::string out;
    ASSERT_FALSE(smpp::append(out, command_status::ok, 2, example()));
    EXPECT_EQ(smpp::to_hex(out), smpp::to_hex(octets(example_hex)));
}

TEST(codec, a_view_borrows_from_the_octets) {
    const std::string frame = octets(example_hex);
    smpp::pdu_view pdu;
    ASSERT_FALSE(smpp::decode(smpp::as_octets(frame), decode_mode::strict, pdu));
    const auto& sm = std::get<smpp::submit_sm_view>(pdu.body);
    EXPECT_EQ(sm.destination.digits, "15557654321");
    EXPECT_GE(sm.short_message.data(), frame.data());
    EXPECT_LT(sm.short_message.data(), frame.data() + frame.size());
    EXPECT_EQ(sm.tlvs.get(smpp::tlv::user_message_reference), 7);
}

TEST(codec, unknown_command_keeps_its_octets) {
    const std::string frame = octets("00000013 00000777 00000000 00000009 010203");
    smpp::pdu pdu;
    ASSERT_FALSE(smpp::decode(smpp::as_octets(frame), decode_mode::strict, pdu));
    EXPECT_EQ(std::get<smpp::unknown_pdu>(pdu.body).octets, octets("010203"));
    std::string again;
    ASSERT_FALSE(smpp::append(again, pdu));
    EXPECT_EQ(again, frame);
}

TEST(codec, refuses_to_send_what_the_specification_forbids) {
    std::string out;
    auto sm = example();
    sm.destination.digits = std::string(21, '1');
    EXPECT_EQ(smpp::append(out, command_status::ok, 1, sm).field,
              std::string_view("destination_addr"));
    sm = example();
    sm.service_type = std::string("a\0b", 3);
    EXPECT_EQ(smpp::append(out, command_status::ok, 1, sm).code, codec_errc::embedded_nul);
    sm = example();
    sm.validity_period = "tomorrow";
    EXPECT_EQ(smpp::append(out, command_status::ok, 1, sm).code, codec_errc::invalid_time);
    sm = example();
    sm.short_message = std::string(256, 'a');
    EXPECT_EQ(smpp::append(out, command_status::ok, 1, sm).code, codec_errc::too_long);
    EXPECT_TRUE(out.empty());
    smpp::submit_multi multi;
    multi.dest_address.resize(256);
    EXPECT_EQ(smpp::append(out, command_status::ok, 1, multi).code, codec_errc::too_many);
}

TEST(codec, sends_the_long_credentials_that_providers_hand_out) {
    std::string out;
    smpp::bind_transmitter bind;
    bind.system_id = std::string(64, 'u');
    bind.password = std::string(64, 'p');
    EXPECT_FALSE(smpp::append(out, command_status::ok, 1, bind));
    EXPECT_EQ(out.size(), smpp::header_size + 65 + 65 + 1 + 3 + 1);
    bind.password += 'p';
    EXPECT_EQ(smpp::append(out, command_status::ok, 1, bind).field, std::string_view("password"));
}

TEST(codec, a_failure_says_which_field_and_where) {
    const std::string frame = octets("00000012 00000004 00000000 00000002 4142");
    smpp::pdu_view pdu;
    const auto failure = smpp::decode(smpp::as_octets(frame), decode_mode::strict, pdu);
    EXPECT_EQ(smpp::to_string(failure), "service_type at octet 16: C-octet string without its NUL");
    EXPECT_EQ(smpp::answer_for(failure, smpp::command_id::submit_sm),
              command_status::invalid_service_type);
}

TEST(codec, unknown_dest_flag_is_a_failure) {
    smpp::submit_multi multi;
    multi.dest_address.emplace_back(smpp::address("1555"));
    std::string frame;
    ASSERT_FALSE(smpp::append(frame, command_status::ok, 1, multi));
    frame[16 + 1 + 3 + 1] = 9;
    smpp::pdu_view pdu;
    const auto failure = smpp::decode(smpp::as_octets(frame), decode_mode::lenient, pdu);
    EXPECT_EQ(failure.code, codec_errc::invalid_value);
    EXPECT_EQ(failure.offset, 21U);
    EXPECT_EQ(smpp::answer_for(failure, smpp::command_id::submit_multi),
              command_status::invalid_dest_flag);
}

// What peers really send.
struct leniency {
    std::string_view what;
    std::string_view hex;
    codec_errc noted;
};

class lenient_decode : public testing::TestWithParam<leniency> {};

TEST_P(lenient_decode, accepts_and_notes_what_strict_refuses) {
    const std::string frame = octets(GetParam().hex);
    smpp::pdu_view pdu;
    EXPECT_EQ(smpp::decode(smpp::as_octets(frame), decode_mode::strict, pdu).code,
              GetParam().noted);
    smpp::deviations noted;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(frame), decode_mode::lenient, pdu, &noted));
    ASSERT_EQ(noted.count(), 1U);
    EXPECT_EQ(noted.begin()->code, GetParam().noted);
}

INSTANTIATE_TEST_SUITE_P(
    peers, lenient_decode,
    testing::Values(
        leniency{"message_id without NUL", "00000014 80000004 00000000 00000001 41424344",
                 codec_errc::missing_terminator},
        leniency{"success without a body", "00000010 80000004 00000000 00000001",
                 codec_errc::truncated},
        leniency{"enquire_link with an octet more", "00000011 00000015 00000000 00000001 00",
                 codec_errc::trailing_octets},
        leniency{"stray NUL after short_message",
                 "00000023 00000004 00000000 00000001 00 000000 000000 00 00 00 00 00 00 00 00 00 "
                 "0141 00",
                 codec_errc::invalid_tlv_stream},
        leniency{
            "sm_length beyond the PDU",
            "00000022 00000004 00000000 00000001 00 000000 000000 00 00 00 00 00 00 00 00 00 0941",
            codec_errc::truncated},
        leniency{"TLV length beyond the PDU",
                 "00000026 00000004 00000000 00000001 00 000000 000000 00 00 00 00 00 00 00 00 00 "
                 "00 0204000200",
                 codec_errc::invalid_tlv_stream},
        leniency{"password of ten characters",
                 "00000022 00000001 00000000 00000001 7500 3132333435363738393000 00 34 00 00 00",
                 codec_errc::too_long}),
    [](const auto& param_info) { return "case_" + std::to_string(param_info.index); });

TEST(codec, error_response_with_tlvs_and_no_message_id) {
    const std::string frame = octets("00000017 80000103 00000008 00000001 0423 0003 010002");
    smpp::pdu_view pdu;
    ASSERT_FALSE(smpp::decode(smpp::as_octets(frame), decode_mode::lenient, pdu));
    const auto& resp = std::get<smpp::data_sm_resp_view>(pdu.body);
    EXPECT_EQ(resp.message_id, "");
    EXPECT_EQ(resp.tlvs.get(smpp::tlv::network_error_code), octets("010002"));
}

TEST(codec, error_response_with_a_broken_body_is_its_status) {
    const std::string frame = octets("00000018 80000009 0000000e 00000001 3030303030303030");
    smpp::pdu_view pdu;
    smpp::deviations noted;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(frame), decode_mode::lenient, pdu, &noted));
    EXPECT_FALSE(noted.empty());
    EXPECT_EQ(pdu.header.status, command_status::invalid_password);
}

TEST(codec, deviations_keep_the_first_and_count_all) {
    smpp::deviations noted;
    for (std::uint32_t i = 0; i < 20; ++i) {
        noted.add(codec_errc::too_long, "field", i);
    }
    EXPECT_EQ(noted.count(), 20U);
    EXPECT_EQ(noted.end() - noted.begin(), 8);
    EXPECT_EQ(noted.begin()->offset, 0U);
}

}  // namespace
