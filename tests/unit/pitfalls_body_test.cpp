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

}  // namespace
