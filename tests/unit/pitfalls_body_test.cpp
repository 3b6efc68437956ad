// What peers get wrong in bodies, and what a lenient decode makes of it.
#include <gtest/gtest.h>

#include "smpp/codec.hpp"

namespace {

std::string frame(std::uint32_t id, std::uint32_t status, std::string_view body) {
    std::string octets(smpp::header_size, '\0');
    const auto size = static_cast<std::uint32_t>(octets.size() + body.size());
    smpp::encode_header(reinterpret_cast<std::uint8_t*>(octets.data()),
                        {size, smpp::command_id(id), smpp::command_status(status), 7});
    return octets.append(body);
}

using namespace std::string_literals;
using namespace std::string_view_literals;

TEST(pitfalls_body, an_error_response_needs_no_body) {
    const std::string octets = frame(0x80000004, 0x58, "");
    smpp::pdu_view pdu;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu));
    EXPECT_EQ(smpp::command_status::throttled, pdu.header.status);
}

TEST(pitfalls_body, an_error_response_with_a_broken_body_is_still_that_error) {
    const std::string octets = frame(0x80000004, 0x58, "00000000");
    smpp::pdu_view pdu;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu));
    EXPECT_EQ(smpp::command_status::throttled, pdu.header.status);
}

TEST(pitfalls_body, an_error_response_of_tlvs_alone_has_them_as_tlvs) {
    const std::string octets = frame(0x80000103, 0x58, "\x04\x23\x00\x03\x03\x00\x01"sv);
    smpp::pdu_view pdu;
    ASSERT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu));
    const auto& response = std::get<smpp::data_sm_resp_view>(pdu.body);
    EXPECT_EQ("", response.message_id);
    EXPECT_EQ("\x03\x00\x01"sv, response.tlvs.get(smpp::tlv::network_error_code));
}

TEST(pitfalls_body, a_success_response_without_body_is_noted) {
    const std::string octets = frame(0x80000004, 0, "");
    smpp::pdu_view pdu;
    smpp::deviations noted;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu, &noted));
    EXPECT_EQ(1U, noted.count());
    EXPECT_TRUE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu));
}

TEST(pitfalls_body, a_string_without_nul_ends_with_the_pdu) {
    const std::string octets = frame(0x80000004, 0, "1234");
    smpp::pdu_view pdu;
    EXPECT_TRUE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu));
    ASSERT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu));
    EXPECT_EQ("1234", std::get<smpp::submit_sm_resp_view>(pdu.body).message_id);
}

TEST(pitfalls_body, enquire_link_with_octets_behind_it_is_taken_leniently) {
    const std::string octets = frame(0x15, 0, "x");
    smpp::pdu_view pdu;
    const auto failure = smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu);
    EXPECT_EQ(smpp::command_status::invalid_command_length,
              smpp::answer_for(failure, smpp::command_id::enquire_link));
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu));
}

/// submit_sm with empty fields up to sm_length, which is `tail`'s first octet.
std::string submit(std::string_view tail) {
    return frame(0x04, 0, std::string("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv).append(tail));
}

template <class P>
P lenient(const std::string& octets, std::uint32_t deviations) {
    smpp::pdu pdu;
    smpp::deviations noted;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu, &noted));
    EXPECT_EQ(noted.count(), deviations);
    return std::get<P>(pdu.body);
}

smpp::codec_failure strict(const std::string& octets) {
    smpp::pdu_view pdu;
    return smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu);
}

TEST(pitfalls_body, a_nul_that_sm_length_does_not_count_is_not_text) {
    const std::string octets = submit("\x02hi\0"sv);
    EXPECT_EQ(strict(octets).code, smpp::codec_errc::invalid_tlv_stream);
    EXPECT_EQ(lenient<smpp::submit_sm>(octets, 1).short_message, "hi");
}

TEST(pitfalls_body, nuls_before_the_tlvs_do_not_cost_the_tlvs) {
    for (const auto nuls : {"\0"sv, "\0\0"sv, "\0\0\0"sv}) {
        const std::string octets =
            submit(std::string("\x02hi").append(nuls).append("\x02\x04\0\x02\0\x07"sv));
        EXPECT_EQ(strict(octets).code, smpp::codec_errc::invalid_tlv_stream);
        const auto sm = lenient<smpp::submit_sm>(octets, 1);
        EXPECT_EQ(sm.short_message, "hi");
        EXPECT_EQ(sm.tlvs.get(smpp::tlv::user_message_reference), 7);
    }
}

TEST(pitfalls_body, sm_length_beyond_the_pdu_takes_what_is_there_or_is_a_wrong_length) {
    const std::string octets = submit("\x09hi"sv);
    const smpp::codec_failure failure = strict(octets);
    EXPECT_EQ(smpp::answer_for(failure, smpp::command_id::submit_sm),
              smpp::command_status::invalid_message_length);
    EXPECT_EQ(lenient<smpp::submit_sm>(octets, 1).short_message, "hi");
}

TEST(pitfalls_body, a_deliver_sm_resp_may_have_an_id_and_ours_is_one_nul) {
    EXPECT_EQ(lenient<smpp::deliver_sm_resp>(frame(0x80000005, 0, "77\0"sv), 0).message_id, "77");
    std::string ours;
    ASSERT_FALSE(smpp::append(ours, smpp::command_status::ok, 7, smpp::deliver_sm_resp()));
    EXPECT_EQ(ours, frame(0x80000005, 0, "\0"sv));
}

TEST(pitfalls_body, a_deliver_sm_may_have_times) {
    smpp::deliver_sm sm;
    sm.schedule_delivery_time = "261123153045008+";
    sm.validity_period = "000001000000000R";
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 7, sm));
    EXPECT_FALSE(strict(octets));
    EXPECT_EQ(lenient<smpp::deliver_sm>(octets, 0), sm);
}

TEST(pitfalls_body, fields_that_are_too_long_are_read_but_not_written) {
    const std::string longer(30, 'x');
    const std::string octets = frame(0x02, 0, longer + "\0secret\0\0\x34\0\0\0"s);
    const smpp::codec_failure failure = strict(octets);
    EXPECT_STREQ(failure.field, "system_id");
    EXPECT_EQ(smpp::answer_for(failure, smpp::command_id::bind_transmitter),
              smpp::command_status::invalid_system_id);
    EXPECT_EQ(lenient<smpp::bind_transmitter>(octets, 1).system_id, longer);
    smpp::submit_sm sm;
    sm.service_type = "toolong";
    std::string out;
    EXPECT_EQ(smpp::append(out, smpp::command_status::ok, 1, sm).code, smpp::codec_errc::too_long);
    EXPECT_EQ(out, "");
}

TEST(pitfalls_body, strings_are_not_padded) {
    smpp::bind_transmitter bind;
    bind.system_id = "u";
    bind.password = "p";
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 7, bind));
    EXPECT_EQ(octets, frame(0x02, 0, "u\0p\0\0\x34\0\0\0"sv));
}

TEST(pitfalls_body, submit_multi_holds_255_destinations_and_knows_two_kinds) {
    smpp::submit_multi multi;
    multi.dest_address.resize(255, smpp::dest_address(smpp::address("15551234567")));
    multi.dest_address.back().dest_flag = smpp::dest_flag::distribution_list;
    multi.dest_address.back().address = {};
    multi.dest_address.back().dl_name = "all";
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 7, multi));
    EXPECT_EQ(lenient<smpp::submit_multi>(octets, 0), multi);
    EXPECT_FALSE(smpp::validate(smpp::command_status::ok, multi).failure);
    EXPECT_EQ(smpp::validate(smpp::command_status::ok, smpp::submit_multi()).failure.code,
              smpp::codec_errc::too_few);
    multi.dest_address.resize(256);
    EXPECT_EQ(smpp::append(octets, smpp::command_status::ok, 7, multi).code,
              smpp::codec_errc::too_many);
    const smpp::codec_failure failure = strict(frame(0x21, 0, "\0\0\0\0\x01\x03"sv));
    EXPECT_STREQ(failure.field, "dest_flag");
    EXPECT_EQ(smpp::answer_for(failure, smpp::command_id::submit_multi),
              smpp::command_status::invalid_dest_flag);
}

TEST(pitfalls_body, query_sm_resp_without_its_last_octet_has_the_others) {
    const std::string octets = frame(0x80000003, 0, "id\0\0\x02"sv);
    EXPECT_STREQ(strict(octets).field, "error_code");
    const auto answer = lenient<smpp::query_sm_resp>(octets, 1);
    EXPECT_EQ(answer.message_id, "id");
    EXPECT_EQ(answer.message_state, smpp::message_state::delivered);
    EXPECT_EQ(answer.error_code, 0);
}

TEST(pitfalls_body, a_list_that_ends_early_keeps_its_whole_elements) {
    const std::string octets = frame(0x80000021, 0,
                                     "id\0\x02\x01\x01"
                                     "15\0\0\0\0\x08"sv);
    EXPECT_TRUE(strict(octets));
    const auto answer = lenient<smpp::submit_multi_resp>(octets, 1);
    ASSERT_EQ(answer.unsuccess_sme.size(), 1U);
    EXPECT_EQ(answer.unsuccess_sme[0].error_status_code, 8U);
}

TEST(pitfalls_body, a_request_that_ends_early_is_refused_even_leniently) {
    const std::string octets = frame(0x03, 0, "id\0\x01"sv);
    smpp::pdu pdu;
    EXPECT_TRUE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu));
}

TEST(pitfalls_body, esm_class_is_read_by_its_bits) {
    for (const unsigned bits : {0x43U, 0x44U, 0x48U, 0xC0U}) {
        smpp::esm_class value;
        value.bits = static_cast<std::uint8_t>(bits);
        EXPECT_TRUE(value.udhi()) << bits;
        EXPECT_EQ(value.is_receipt(), bits == 0x44U) << bits;
    }
}

TEST(pitfalls_body, any_status_is_a_number_that_is_kept) {
    const std::string octets = frame(0x80000004, 0x0000FFFE, "");
    smpp::pdu_view pdu;
    ASSERT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu));
    EXPECT_EQ(static_cast<std::uint32_t>(pdu.header.status), 0xFFFEU);
    EXPECT_EQ(smpp::name(pdu.header.status), "");
}

TEST(pitfalls_body, alert_notification_ends_with_a_tlv) {
    smpp::alert_notification alert;
    alert.tlvs.set(smpp::tlv::ms_availability_status, 1);
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 7, alert));
    EXPECT_EQ(octets.substr(octets.size() - 5), "\x04\x22\x00\x01\x01"sv);
    EXPECT_EQ(lenient<smpp::alert_notification>(octets, 0), alert);
}

TEST(pitfalls_body, alert_notification_may_end_with_the_bare_status) {
    const std::string octets = frame(0x0102, 0,
                                     "\x01\x01"
                                     "155\0\x01\x01"
                                     "9\0\x02"sv);
    EXPECT_TRUE(strict(octets));
    const auto alert = lenient<smpp::alert_notification>(octets, 1);
    EXPECT_EQ(alert.esme.digits, "9");
    EXPECT_EQ(alert.tlvs.get(smpp::tlv::ms_availability_status), 2);
    const std::string other = frame(0x0102, 0,
                                    "\x01\x01"
                                    "155\0\x01\x01"
                                    "9\0\x07"sv);
    EXPECT_TRUE(lenient<smpp::alert_notification>(other, 1).tlvs.empty());
}

}  // namespace
