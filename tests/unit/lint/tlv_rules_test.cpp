#include <gmock/gmock.h>

#include "support.hpp"

namespace lint_test {
namespace {

rule_case of_tlv(rule which, const tlv_key<std::uint8_t>& key, std::uint8_t offence,
                 std::uint8_t good) {
    return of_submit(
        which, [=](auto& sm) { sm.tlvs.set(key, offence); },
        [=](auto& sm) { sm.tlvs.set(key, good); });
}

broadcast_sm_resp failed_areas(tlv_tag repeated) {
    broadcast_sm_resp out;
    out.message_id = "7";
    out.tlvs.add(repeated, std::string_view("\0\0\0\1", 4));
    out.tlvs.add(repeated, std::string_view("\0\0\0\2", 4));
    return out;
}

std::string with_end(const std::string& octets) {
    std::string out = frame_of(good_submit()) + octets;
    out[3] = static_cast<char>(out.size());
    return out;
}

}  // namespace

rule_cases tlv_cases() {
    using namespace std::string_literals;
    return {
        {rule::tlv_stream, [] { return rules_in(with_end("\x02")); },
         [] { return rules_in(with_end("\x02\x04\0\x02\0\x07"s)); }},
        {rule::tlv_stream, [] { return rules_in(with_end("\x02\x04\0\x03\0\x07"s)); },
         [] { return rules_of(good_submit()); }},
        of_submit(
            rule::tlv_length, [](auto& sm) { sm.tlvs.add(tlv_tag::source_port, "x"); },
            [](auto& sm) { sm.tlvs.add(tlv_tag::source_port, "xy"); }),
        of_submit(
            rule::tlv_not_allowed, [](auto& sm) { sm.tlvs.set(tlv::receipted_message_id, "7"); },
            [](auto& sm) { sm.tlvs.set(tlv::user_message_reference, 7); }),
        of_submit(
            rule::tlv_repeated,
            [](auto& sm) {
                sm.tlvs.add(tlv_tag::source_port, "xy");
                sm.tlvs.add(tlv_tag::source_port, "xy");
            },
            [](auto& sm) {
                sm.tlvs.add(tlv_tag::callback_num, "\1\1\1" + "12345"s);
                sm.tlvs.add(tlv_tag::callback_num, "\1\1\1" + "54321"s);
            }),
        {rule::tlv_repeated, [] { return rules_of(failed_areas(tlv_tag(0x1400))); },
         [] { return rules_of(failed_areas(tlv_tag::broadcast_error_status)); }},
        of_submit(
            rule::tlv_unregistered, [](auto& sm) { sm.tlvs.add(tlv_tag(0x5555), "x"); },
            [](auto& sm) { sm.tlvs.add(tlv_tag(0x1555), "x"); }),
        {rule::tlv_value,
         [] {
             submit_sm_resp pdu;
             pdu.tlvs.set(tlv::congestion_state, 101);
             return rules_of(pdu);
         },
         [] {
             submit_sm_resp pdu;
             pdu.tlvs.set(tlv::congestion_state, 100);
             return rules_of(pdu);
         }},
        of_tlv(rule::tlv_value, tlv::more_messages_to_send, 2, 1),
        of_tlv(rule::tlv_value, tlv::number_of_messages, 100, 99),
        of_tlv(rule::tlv_value, tlv::display_time, 3, 2),
        of_tlv(rule::tlv_value, tlv::its_reply_type, 9, 8),
        of_tlv(rule::tlv_value, tlv::alert_on_message_delivery, 4, 3),
        of_tlv(rule::tlv_value, tlv::ms_msg_wait_facilities, 0x04, 0x83),
        of_tlv(rule::tlv_value, tlv::ussd_service_op, 4, 19),
        of_tlv(rule::tlv_value, tlv::dest_addr_np_resolution, 3, 2),
    };
}

rule_cases receipt_cases() {
    const auto of_text = [](rule which, const std::string& offence, const std::string& good) {
        return rule_case{which, [=] { return rules_of(receipt_of(offence)); },
                         [=] { return rules_of(receipt_of(good)); }};
    };
    const auto with_tlvs = [](rule which, const char* offence, const char* good) {
        const auto of_id = [](const char* id) {
            deliver_sm pdu = receipt_of("id:0000000A stat:DELIVRD");
            pdu.tlvs.set(tlv::receipted_message_id, id);
            return rules_of(pdu);
        };
        return rule_case{which, [=] { return of_id(offence); }, [=] { return of_id(good); }};
    };
    const auto of_state = [](std::uint8_t state) {
        deliver_sm pdu = receipt_of("id:7 stat:DELIVRD");
        pdu.tlvs.set(tlv::message_state, state);
        return rules_of(pdu);
    };
    const auto unmarked = [](const char* text) {
        deliver_sm pdu = receipt_of(text);
        pdu.esm_class = {};
        return rules_of(pdu);
    };
    const auto in_data_sm = [](const char* text) {
        data_sm pdu;
        pdu.source = good_submit().destination;
        pdu.destination = good_submit().source;
        pdu.esm_class.set_message_type(esm_class::type::receipt);
        pdu.tlvs.set(tlv::message_payload, text);
        return rules_of(pdu);
    };
    return {
        of_text(rule::receipt_unreadable, "thank you", "id:7 stat:DELIVRD"),
        of_text(rule::receipt_unreadable, "stat:DELIVRD",
                "id:7 sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:DELIVRD "
                "err:000 text:hello"),
        of_text(rule::receipt_unreadable, "id:7", "stat:DELIVRD id:7"),
        of_text(rule::receipt_unknown_stat, "id:7 stat:FINE", "id:7 stat:UNDELIV"),
        with_tlvs(rule::receipt_contradiction, "11", "10"),
        {rule::receipt_contradiction, [=] { return of_state(5); }, [=] { return of_state(2); }},
        {rule::receipt_without_bit, [=] { return unmarked("id:7 stat:DELIVRD"); },
         [=] { return unmarked("id:7 is my locker"); }},
        {rule::receipt_unknown_stat, [=] { return in_data_sm("id:7 stat:FINE"); },
         [=] { return in_data_sm("id:7 stat:DELIVRD"); }},
    };
}

namespace {

TEST(pdu_lint, a_value_is_told_with_those_that_are_allowed) {
    query_broadcast_sm_resp pdu;
    pdu.tlvs.set(tlv::broadcast_area_success, 150);
    const auto found = lint::check(as_octets(frame_of(pdu)));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.back().rule, rule::tlv_value);
    EXPECT_EQ(found.back().detail, "150; 0 to 100, 255");
}

}  // namespace
}  // namespace lint_test
