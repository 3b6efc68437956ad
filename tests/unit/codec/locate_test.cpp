#include "smpp/visitors/locate.hpp"

#include <gtest/gtest.h>

#include "support/arbitrary.hpp"

namespace {

std::vector<smpp::located_field> located(const std::string& frame) {
    smpp::pdu_view pdu;
    EXPECT_FALSE(smpp::decode(smpp::as_octets(frame), smpp::decode_mode::lenient, pdu));
    return smpp::locate(smpp::as_octets(frame), pdu);
}

template <class P>
class locate_every_pdu : public testing::Test {};
using all_pdus = testing::Types<
#define X(name, number, esme_states, mc_states) smpp::basic_##name<smpp::owned>,
#include "smpp/tables/command_id.def"
#undef X
    smpp::submit_sm>;
TYPED_TEST_SUITE(locate_every_pdu, all_pdus);

TYPED_TEST(locate_every_pdu, fields_follow_each_other_to_the_end) {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        std::string frame;
        ASSERT_FALSE(smpp::append(frame, smpp::command_status::ok, 1,
                                  smpp_test::arbitrary(seed).make<TypeParam>()));
        std::size_t at = 0;
        for (const smpp::located_field& field : located(frame)) {
            EXPECT_EQ(field.offset, at) << field.name;
            at += field.size;
        }
        EXPECT_EQ(at, frame.size());
    }
}

TEST(locate, values_have_meanings) {
    smpp::submit_sm sm;
    sm.source.ton = smpp::ton::alphanumeric;
    sm.esm_class.set_udhi(true);
    sm.short_message = "hi";
    sm.tlvs.set(smpp::tlv::sar_total_segments, 3);
    sm.tlvs.set(smpp::vendor_tlv(0x1400), "\x01");
    std::string frame;
    ASSERT_FALSE(smpp::append(frame, smpp::command_status::ok, 1, sm));
    std::map<std::string_view, smpp::located_field> fields;
    const auto all = located(frame);
    for (const auto& field : all) {
        fields[field.name] = field;
    }
    EXPECT_EQ(fields["command_id"].meaning, "submit_sm");
    EXPECT_EQ(fields["command_status"].meaning, "ESME_ROK");
    EXPECT_EQ(fields["source_addr_ton"].value, "5");
    EXPECT_EQ(fields["source_addr_ton"].meaning, "alphanumeric");
    EXPECT_EQ(fields["esm_class"].meaning, "UDHI");
    EXPECT_EQ(fields["sm_length"].value, "2");
    EXPECT_EQ(fields["short_message"].value, "6869");
    EXPECT_EQ(fields["sar_total_segments"].value, "3");
    EXPECT_EQ(fields["tlv"].meaning, "tag 0x1400");
    EXPECT_EQ(fields["tlv"].value, "01");
}

std::string meaning_in(const smpp::submit_sm& sm, std::string_view name) {
    std::string frame;
    EXPECT_FALSE(smpp::append(frame, smpp::command_status::ok, 1, sm));
    for (const smpp::located_field& field : located(frame)) {
        if (field.name == name) {
            return field.meaning;
        }
    }
    return "no such field";
}

TEST(locate, zeroes_and_times_have_meanings_too) {
    smpp::submit_sm sm;
    EXPECT_EQ(meaning_in(sm, "esm_class"), "default mode, normal message");
    EXPECT_EQ(meaning_in(sm, "registered_delivery"), "no receipt");
    EXPECT_EQ(meaning_in(sm, "schedule_delivery_time"), "at once");
    sm.protocol_id = 0x43;
    EXPECT_EQ(meaning_in(sm, "protocol_id"), "replaces message of type 3");
    sm.validity_period = "000000010000000R";
    EXPECT_EQ(meaning_in(sm, "validity_period"), "1 hour after its arrival");
    sm.validity_period = "000000000000000R";
    EXPECT_EQ(meaning_in(sm, "validity_period"), "on its arrival");
    sm.schedule_delivery_time = "260801120000008+";
    EXPECT_EQ(meaning_in(sm, "schedule_delivery_time"),
              "2026-08-01 12:00:00 UTC+02:00, 2026-08-01 10:00:00 UTC");
}

TEST(locate, tlvs_have_meanings) {
    using namespace std::string_literals;
    const auto meaning = [](auto key, const auto& value, std::string_view name) {
        smpp::submit_sm sm;
        sm.tlvs.set(key, value);
        return meaning_in(sm, name);
    };
    namespace tlv = smpp::tlv;
    EXPECT_EQ(meaning(tlv::network_error_code, "\x03\0\x22"s, "network_error_code"),
              "GSM, error 34");
    EXPECT_EQ(meaning(tlv::callback_num,
                      "\x01\x01\x01"
                      "1555"s,
                      "callback_num"),
              "1555, international, isdn");
    EXPECT_EQ(meaning(tlv::language_indicator, std::uint8_t{2}, "language_indicator"), "French");
    EXPECT_EQ(meaning(tlv::language_indicator, std::uint8_t{99}, "language_indicator"),
              "tag 0x020D");
    EXPECT_EQ(meaning(tlv::user_message_reference, std::uint16_t{99}, "user_message_reference"),
              "tag 0x0204");
}

TEST(locate, what_lenient_decoding_let_pass_has_its_place_too) {
    const std::string frame =
        smpp::from_hex("00000014 80000004 00000000 00000001 41424344").value();
    const auto all = located(frame);
    EXPECT_EQ(all.back().name, "message_id");
    EXPECT_EQ(all.back().size, 4U);
}

TEST(locate, bits_are_described) {
    EXPECT_EQ(smpp::describe(smpp::esm_class(0x43)), "store and forward, UDHI");
    EXPECT_EQ(smpp::describe(smpp::esm_class(0x04)), "delivery receipt");
    EXPECT_EQ(smpp::describe(smpp::registered_delivery(0x11)),
              "final receipt, intermediate notification");
    EXPECT_EQ(smpp::describe(smpp::registered_delivery(0)), "");
}

}  // namespace
