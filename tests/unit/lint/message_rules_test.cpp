#include <gmock/gmock.h>

#include "support.hpp"

namespace lint_test {
namespace {

const utc_time november = utc_time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24));

rules sent_in_november(const change& how) {
    lint::options options;
    options.sent = november;
    submit_sm sm = good_submit();
    how(sm);
    return rules_of(sm, options);
}

rule_case of_time(rule which, const std::string& offence, const std::string& good) {
    const auto run = [](const std::string& validity) {
        return sent_in_november([&](auto& sm) { sm.validity_period = validity; });
    };
    return {which, [=] { return run(offence); }, [=] { return run(good); }};
}

rules of_version(interface_version version, const change& how) {
    lint::options options;
    options.version = version;
    submit_sm sm = good_submit();
    how(sm);
    return rules_of(sm, options);
}

data_sm data(std::string_view text) {
    data_sm out;
    out.source = good_submit().source;
    out.destination = good_submit().destination;
    if (!text.empty()) {
        out.tlvs.set(tlv::message_payload, text);
    }
    return out;
}

broadcast_sm good_broadcast() {
    broadcast_sm out;
    out.source = good_submit().source;
    out.tlvs.set(tlv::message_payload, "hello");
    out.tlvs.set(tlv::broadcast_area_identifier, std::string_view("\0area", 5));
    out.tlvs.set(tlv::broadcast_content_type, std::string_view("\0\0\1", 3));
    out.tlvs.set(tlv::broadcast_rep_num, 1);
    out.tlvs.set(tlv::broadcast_frequency_interval, std::string_view("\x8\0\1", 3));
    return out;
}

query_broadcast_sm_resp good_answer() {
    query_broadcast_sm_resp out;
    out.message_id = "7";
    out.tlvs.set(tlv::message_state, 2);
    out.tlvs.set(tlv::broadcast_area_identifier, std::string_view("\0area", 5));
    out.tlvs.set(tlv::broadcast_area_success, 255);
    return out;
}

template <class P>
rules without(P pdu, tlv_tag tag) {
    P made = pdu;
    made.tlvs = {};
    for (const tlv_item item : pdu.tlvs) {
        if (item.tag != tag) {
            made.tlvs.add(item.tag, item.value);
        }
    }
    return rules_of(made);
}

}  // namespace

rule_cases message_cases() {
    const auto long_text = [](auto& sm) {
        sm.data_coding = data_coding::octets;
        sm.short_message = std::string(255, 'x');
        set_sar(sm, 1, 1);
    };
    return {
        of_submit(
            rule::message_both_texts, [](auto& sm) { sm.tlvs.set(tlv::message_payload, "x"); },
            [](auto& sm) {
                sm.short_message.clear();
                sm.tlvs.set(tlv::message_payload, "x");
            }),
        {rule::message_too_long, [=] { return of_version(interface_version::v3_4, long_text); },
         [] { return rules_of(good_submit()); }},
        of_submit(
            rule::message_over_one_sms, [](auto& sm) { sm.short_message = std::string(161, 'x'); },
            [](auto& sm) { sm.short_message = std::string(160, 'x'); }),
        of_submit(
            rule::message_over_one_sms,
            [](auto& sm) { set_ucs2(sm, std::u16string(71, u'\u0416')); },
            [](auto& sm) { set_ucs2(sm, std::u16string(70, u'\u0416')); }),
        of_submit(
            rule::message_submit_type,
            [](auto& sm) { sm.esm_class.set_message_type(esm_class::type::receipt); },
            [](auto& sm) {
                sm.esm_class.set_message_type(esm_class::type::manual_acknowledgement);
            }),
        of_submit(
            rule::message_datagram_receipt,
            [](auto& sm) {
                sm.esm_class.set_messaging_mode(esm_class::mode::datagram);
                sm.registered_delivery.bits = 1;
            },
            [](auto& sm) { sm.esm_class.set_messaging_mode(esm_class::mode::datagram); }),
        of_submit(
            rule::message_datagram_receipt,
            [](auto& sm) {
                sm.esm_class.set_messaging_mode(esm_class::mode::datagram);
                sm.schedule_delivery_time = "000000010000000R";
            },
            [](auto& sm) { sm.schedule_delivery_time = "000000010000000R"; }),
        of_submit(
            rule::message_replace_service_type, [](auto& sm) { sm.replace_if_present_flag = 1; },
            [](auto& sm) {
                sm.replace_if_present_flag = 1;
                sm.service_type = "CMT";
            }),
        of_submit(
            rule::message_priority, [](auto& sm) { sm.priority_flag = 4; },
            [](auto& sm) { sm.priority_flag = 3; }),
        {rule::message_missing_payload, [] { return rules_of(data("")); },
         [] { return rules_of(data("hello")); }},
        {rule::message_missing_broadcast,
         [] { return without(good_broadcast(), tlv_tag::broadcast_rep_num); },
         [] { return rules_of(good_broadcast()); }},
        {rule::message_missing_broadcast,
         [] { return without(good_answer(), tlv_tag::broadcast_area_success); },
         [] { return rules_of(good_answer()); }},
        of_time(rule::message_time_past, "261123235959900+", "261124000000000+"),
        of_time(rule::message_time_too_far, "990000000000000R", "000700000000000R"),
        of_time(rule::message_time_too_far, "300101000000000+", "270101000000000+"),
        of_submit(
            rule::message_time_order,
            [](auto& sm) {
                sm.schedule_delivery_time = "271231235959000+";
                sm.validity_period = "261231235959000+";
            },
            [](auto& sm) {
                sm.schedule_delivery_time = "261231235959000+";
                sm.validity_period = "271231235959000+";
            }),
        {rule::message_time_order,
         [] {
             return sent_in_november([](auto& sm) {
                 sm.schedule_delivery_time = "261201000000000+";
                 sm.validity_period = "000001000000000R";
             });
         },
         [] {
             return sent_in_november([](auto& sm) {
                 sm.schedule_delivery_time = "261201000000000+";
                 sm.validity_period = "000008000000000R";
             });
         }},
    };
}

rule_cases long_message_cases() {
    return {
        of_submit(
            rule::message_udhi_without_udh, [](auto& sm) { sm.esm_class.set_udhi(true); },
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, "x");
            }),
        of_submit(
            rule::message_udh_without_udhi,
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, "x");
                sm.esm_class.set_udhi(false);
            },
            [](auto& sm) { sm.short_message = "\x05 and more"; }),
        of_submit(
            rule::message_part_size,
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, std::string(154, 'x'));
            },
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, std::string(153, 'x'));
            }),
        of_submit(
            rule::message_part_size,
            [](auto& sm) {
                sm.short_message = std::string(154, 'x');
                set_sar(sm, 1, 2);
            },
            [](auto& sm) {
                sm.short_message = std::string(153, 'x');
                set_sar(sm, 1, 2);
            }),
        of_submit(
            rule::message_part_size,
            [](auto& sm) {
                set_ucs2(sm, std::u16string(68, u'\u0416'));
                set_sar(sm, 1, 2);
            },
            [](auto& sm) {
                set_ucs2(sm, std::u16string(67, u'\u0416'));
                set_sar(sm, 1, 2);
            }),
        of_submit(
            rule::message_concat_numbers,
            [](auto& sm) {
                sm.esm_class.set_udhi(true);
                sm.short_message = std::string("\x05\x00\x03\x07\x02\x03", 6) + "x";
            },
            [](auto& sm) {
                set_udh(sm, {7, 3, 3}, "x");
            }),
        of_submit(
            rule::message_concat_numbers, [](auto& sm) { set_sar(sm, 3, 2); },
            [](auto& sm) { set_sar(sm, 2, 2); }),
        of_submit(
            rule::message_concat_single,
            [](auto& sm) {
                set_udh(sm, {7, 1, 1}, "x");
            },
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, "x");
            }),
        of_submit(
            rule::message_concat_single, [](auto& sm) { set_sar(sm, 1, 1); },
            [](auto& sm) { set_sar(sm, 1, 2); }),
        of_submit(
            rule::message_sar_and_udh,
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, "x");
                set_sar(sm, 1, 2);
            },
            [](auto& sm) { set_sar(sm, 1, 2); }),
        of_submit(
            rule::message_sar_incomplete, [](auto& sm) { sm.tlvs.set(tlv::sar_msg_ref_num, 1); },
            [](auto& sm) { set_sar(sm, 1, 2); }),
        of_submit(
            rule::message_split_escape,
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, "x\x1B");
            },
            [](auto& sm) {
                set_udh(sm, {7, 2, 1}, "x\x1B\x65");
            }),
        of_submit(
            rule::message_split_surrogate,
            [](auto& sm) {
                set_ucs2(sm, u"");
                set_udh(sm, {7, 2, 1}, ucs2(u"\u0416\xD83D"));
            },
            [](auto& sm) {
                set_ucs2(sm, u"");
                set_udh(sm, {7, 2, 1}, ucs2(u"\u0416\xD83D\xDE00"));
            }),
        of_submit(
            rule::message_split_surrogate,
            [](auto& sm) {
                set_ucs2(sm, u"\xDE00\u0416");
                set_sar(sm, 2, 2);
            },
            [](auto& sm) {
                set_ucs2(sm, u"\xD83D\xDE00\u0416");
                set_sar(sm, 2, 2);
            }),
    };
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(pdu_lint, what_version_5_allows) {
    const auto long_text = [](auto& sm) { sm.short_message = std::string(255, 'x'); };
    EXPECT_THAT(of_version(interface_version::v5_0, long_text),
                Not(testing::Contains(rule::message_too_long)));
    lint::options options;
    options.version = interface_version::v3_4;
    EXPECT_THAT(rules_of(data(""), options), IsEmpty());
    options.version = interface_version::v5_0;
    EXPECT_THAT(rules_of(data(""), options), ElementsAre(rule::message_missing_payload));
}

TEST(pdu_lint, a_receipt_of_tlvs_alone_needs_no_payload) {
    data_sm pdu = data("");
    pdu.esm_class.set_message_type(esm_class::type::receipt);
    pdu.tlvs.set(tlv::receipted_message_id, "7");
    pdu.tlvs.set(tlv::message_state, 2);
    EXPECT_THAT(rules_of(pdu), IsEmpty());
}

TEST(pdu_lint, refusals_have_no_fields_to_judge) {
    EXPECT_THAT(rules_in(frame_of(query_broadcast_sm_resp(), 1, command_status::query_failed)),
                IsEmpty());
}

TEST(pdu_lint, a_time_says_where_and_what) {
    lint::options options;
    options.sent = november;
    submit_sm sm = good_submit();
    sm.validity_period = "261123153045000+";
    const auto found = lint::check(as_octets(frame_of(sm)), options);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].field, "validity_period");
    EXPECT_EQ(found[0].detail, "261123153045000+");
}

}  // namespace
}  // namespace lint_test
