#include "smpp/lint/pdu_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace {

using namespace lint_test;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(pdu_lint, what_is_right_has_no_findings) {
    EXPECT_THAT(rules_of(good_submit()), IsEmpty());
    EXPECT_THAT(rules_of(enquire_link()), IsEmpty());
    EXPECT_THAT(rules_of(receipt_of("id:7 sub:001 dlvrd:001 submit date:2601010000 done "
                                    "date:2601010001 stat:DELIVRD err:000 text:hello")),
                IsEmpty());
    submit_sm unicode = good_submit();
    set_ucs2(unicode, u"\u0416\U0001F600");
    EXPECT_THAT(rules_of(unicode), IsEmpty());
}

TEST(pdu_lint, receipts) {
    EXPECT_THAT(rules_of(receipt_of("thank you")), ElementsAre(rule::receipt_unreadable));
    EXPECT_THAT(rules_of(receipt_of("id:7 stat:FINE")), ElementsAre(rule::receipt_unknown_stat));
    deliver_sm other_id = receipt_of("id:7 stat:DELIVRD");
    other_id.tlvs.set(tlv::receipted_message_id, "8");
    EXPECT_THAT(rules_of(other_id), ElementsAre(rule::receipt_contradiction));
    deliver_sm other_state = receipt_of("id:7 stat:DELIVRD");
    other_state.tlvs.set(tlv::message_state, 5);
    EXPECT_THAT(rules_of(other_state), ElementsAre(rule::receipt_contradiction));
    deliver_sm unmarked = receipt_of("id:7 stat:DELIVRD");
    unmarked.esm_class = {};
    EXPECT_THAT(rules_of(unmarked), ElementsAre(rule::receipt_without_bit));
}

TEST(pdu_lint, a_receipt_under_data_coding_0_is_ascii) {
    deliver_sm underscore = receipt_of("id:AB_C stat:DND_REJECTED");
    underscore.tlvs.set(tlv::receipted_message_id, "AB_C");
    EXPECT_THAT(rules_of(underscore), IsEmpty());
}

TEST(pdu_lint, data_sm_without_a_text) {
    data_sm pdu;
    pdu.destination = good_submit().destination;
    EXPECT_THAT(rules_of(pdu), ElementsAre(rule::message_missing_payload));
}

TEST(pdu_lint, framing) {
    const std::string good = frame_of(good_submit());
    EXPECT_THAT(rules_in(""), ElementsAre(rule::framing_length));
    EXPECT_THAT(rules_in(good + "x"), ElementsAre(rule::framing_length));

    const auto changed = [&](std::size_t at, std::string_view octets) {
        std::string out = good;
        out.replace(at, octets.size(), octets);
        return out;
    };
    EXPECT_THAT(rules_in(changed(4, std::string_view("\0\0\x55\x55", 4))),
                Contains(rule::framing_unknown_command));
    EXPECT_THAT(rules_in(changed(8, std::string_view("\0\0\0\1", 4))),
                ElementsAre(rule::framing_status_in_request));
    EXPECT_THAT(rules_in(frame_of(good_submit(), 0)), ElementsAre(rule::header_sequence_zero));
    EXPECT_THAT(rules_in(changed(12, "\xFF")), ElementsAre(rule::header_sequence_range));

    const auto cut_to = [&](std::size_t size) {
        std::string out = good.substr(0, size);
        out[3] = static_cast<char>(size);
        return out;
    };
    EXPECT_THAT(rules_in(cut_to(30)), Contains(rule::framing_missing_nul));
    EXPECT_THAT(rules_in(cut_to(18)), Contains(rule::framing_truncated));

    std::string trailing = frame_of(enquire_link()) + "x";
    trailing[3] = 17;
    EXPECT_THAT(rules_in(trailing), ElementsAre(rule::framing_trailing));
    std::string half_tlv = good + "\x02";
    half_tlv[3] = static_cast<char>(half_tlv.size());
    EXPECT_THAT(rules_in(half_tlv), Contains(rule::tlv_stream));
}

TEST(pdu_lint, findings_say_where) {
    submit_sm sm = good_submit();
    sm.source.digits = "ACME";
    const std::string frame = frame_of(sm);
    const auto findings = lint::check(as_octets(frame));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].field, "source_addr");
    EXPECT_EQ(findings[0].offset, 19U);
    EXPECT_EQ(
        lint::to_string(findings[0]),
        "warning address.alpha-ton (3.4: 5.2.5) source_addr at octet 19: letters in an address "
        "whose TON is not alphanumeric");
}

TEST(pdu_lint, any_cut_and_any_octet_is_taken) {
    submit_sm sm = good_submit();
    set_udh(sm, {7, 2, 1}, "x\x1B");
    set_sar(sm, 1, 2);
    const std::string frame = frame_of(sm);
    for (std::size_t size = header_size; size <= frame.size(); ++size) {
        std::string cut = frame.substr(0, size);
        cut[3] = static_cast<char>(size);
        for (std::size_t at = 16; at < size; ++at) {
            std::string changed = cut;
            changed[at] = static_cast<char>(~changed[at]);
            std::ignore = lint::check(as_octets(changed));
        }
    }
}

TEST(pdu_lint, times_that_are_none_or_over) {
    submit_sm sm = good_submit();
    sm.validity_period = "269923153045008+";
    EXPECT_THAT(rules_of(sm), ElementsAre(rule::field_time));
    sm.validity_period = "261123153045000+";
    EXPECT_THAT(rules_of(sm), IsEmpty());
    lint::options options;
    options.sent = utc_time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24));
    const std::string frame = frame_of(sm);
    const auto found = lint::check(as_octets(frame), options);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].rule, rule::message_time_past);
    EXPECT_EQ(found[0].field, "validity_period");
    sm.validity_period = "000001000000000R";
    EXPECT_THAT(rules_of(sm), IsEmpty());
}

TEST(pdu_lint, a_broadcast_names_its_area_content_and_times) {
    broadcast_sm sm;
    sm.source = address("12345", ton::network_specific, npi::unknown);
    sm.tlvs.set(tlv::message_payload, "hello");
    EXPECT_THAT(rules_of(sm), testing::Each(rule::message_missing_broadcast));
    EXPECT_EQ(rules_of(sm).size(), 4U);
    sm.tlvs.set(tlv::broadcast_area_identifier, std::string_view("\0area", 5));
    sm.tlvs.set(tlv::broadcast_content_type, std::string_view("\0\0\1", 3));
    sm.tlvs.set(tlv::broadcast_rep_num, 1);
    sm.tlvs.set(tlv::broadcast_frequency_interval, std::string_view("\x8\0\1", 3));
    EXPECT_THAT(rules_of(sm), IsEmpty());
}

}  // namespace
