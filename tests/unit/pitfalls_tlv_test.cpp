// What peers get wrong in TLVs, and what is made of it.
#include <gtest/gtest.h>

#include "smpp/codec.hpp"
#include "smpp/network_error.hpp"

namespace {

using namespace std::string_view_literals;
using smpp::codec_errc;

/// submit_sm_resp with an id and these octets behind it.
std::string response(std::string_view tlvs) {
    std::string octets(smpp::header_size, '\0');
    octets.append("id\0"sv).append(tlvs);
    const auto size = static_cast<std::uint32_t>(octets.size());
    smpp::encode_header(reinterpret_cast<std::uint8_t*>(octets.data()),
                        {size, smpp::command_id::submit_sm_resp, smpp::command_status::ok, 7});
    return octets;
}

smpp::tlv_list lenient(std::string_view tlvs, std::uint32_t deviations) {
    const std::string octets = response(tlvs);
    smpp::pdu pdu;
    smpp::deviations noted;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), smpp::decode_mode::lenient, pdu, &noted));
    EXPECT_EQ(noted.count(), deviations);
    EXPECT_EQ(std::get<smpp::submit_sm_resp>(pdu.body).message_id, "id");
    return std::get<smpp::submit_sm_resp>(pdu.body).tlvs;
}

codec_errc strict(std::string_view tlvs) {
    const std::string octets = response(tlvs);
    smpp::pdu_view pdu;
    return smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu).code;
}

TEST(pitfalls_tlv, a_length_beyond_the_pdu_loses_that_tlv_only) {
    constexpr auto octets = "\x04\x27\x00\x01\x02\x04\x23\x00\x09\x01"sv;
    EXPECT_EQ(strict(octets), codec_errc::invalid_tlv_stream);
    EXPECT_EQ(
        smpp::answer_for({codec_errc::invalid_tlv_stream, "tlvs", 19}, smpp::command_id::submit_sm),
        smpp::command_status::invalid_tlv_stream);
    const auto tlvs = lenient(octets, 1);
    EXPECT_EQ(tlvs.get(smpp::tlv::message_state), 2);
    EXPECT_FALSE(tlvs.raw(smpp::tlv_tag::network_error_code));
}

TEST(pitfalls_tlv, one_to_three_octets_behind_the_last_are_let_pass) {
    for (const auto rest : {"\0"sv, "\0\0"sv, "\x01\x02\x03"sv}) {
        const std::string octets = std::string("\x04\x27\x00\x01\x02"sv).append(rest);
        EXPECT_EQ(strict(octets), codec_errc::invalid_tlv_stream);
        EXPECT_EQ(lenient(octets, 1).get(smpp::tlv::message_state), 2);
    }
}

TEST(pitfalls_tlv, unknown_tags_are_kept_octet_for_octet) {
    constexpr auto octets = "\x14\x03\x00\x02hi\x21\x53\x00\x00\x80\x81\x00\x01x"sv;
    EXPECT_EQ(strict(octets), codec_errc::none);
    const auto tlvs = lenient(octets, 0);
    EXPECT_EQ(tlvs.octets(), octets);
    EXPECT_EQ(tlvs.get(smpp::vendor_tlv(0x1403)), "hi");
    EXPECT_EQ(tlvs.get(smpp::vendor_tlv(0x8081)), "x");
}

TEST(pitfalls_tlv, another_length_than_the_types_makes_it_raw_and_harms_none_behind) {
    constexpr auto octets = "\x02\x04\x00\x01\x07\x04\x27\x00\x01\x02"sv;
    const auto tlvs = lenient(octets, 0);
    EXPECT_FALSE(tlvs.get(smpp::tlv::user_message_reference));
    EXPECT_EQ(tlvs.raw(smpp::tlv_tag::user_message_reference), "\x07"sv);
    EXPECT_EQ(tlvs.get(smpp::tlv::message_state), 2);
}

TEST(pitfalls_tlv, order_and_repetition_survive) {
    constexpr auto octets = "\x03\x81\x00\x02\x41\x42\x04\x27\x00\x01\x02\x03\x81\x00\x01\x43"sv;
    const auto tlvs = lenient(octets, 0);
    std::vector<std::uint16_t> tags;
    for (const auto& item : tlvs) {
        tags.push_back(static_cast<std::uint16_t>(item.tag));
    }
    EXPECT_EQ(tags, (std::vector<std::uint16_t>{0x0381, 0x0427, 0x0381}));
}

TEST(pitfalls_tlv, strings_without_nul_with_many_and_too_long_ones_are_read) {
    EXPECT_EQ(lenient("\x00\x1E\x00\x02\x31\x32"sv, 0).get(smpp::tlv::receipted_message_id), "12");
    EXPECT_EQ(lenient("\x00\x1E\x00\x04\x31\x32\x00\x00"sv, 0).get(smpp::tlv::receipted_message_id),
              "12");
    const std::string longer(80, '7');
    const auto tlvs = lenient(std::string("\x00\x1E\x00\x50"sv) + longer, 0);
    EXPECT_EQ(tlvs.get(smpp::tlv::receipted_message_id), longer);
}

TEST(pitfalls_tlv, a_network_error_may_be_three_digits) {
    using smpp::network_error;
    EXPECT_EQ(smpp::read_network_error("\x03\x01\x02"sv), (network_error{3, 0x0102}));
    EXPECT_EQ(smpp::read_network_error("034"sv), (network_error{0, 34}));
    EXPECT_EQ(smpp::read_network_error("\x30\x00\x22"sv), (network_error{0x30, 0x22}));
    EXPECT_EQ(smpp::read_network_error("\x03\x01"sv), std::nullopt);
    EXPECT_EQ(smpp::read_network_error(""sv), std::nullopt);
}

}  // namespace
