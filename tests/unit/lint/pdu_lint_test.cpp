#include "smpp/lint/pdu_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "smpp/text/udh.hpp"

namespace {

using namespace smpp;
using lint::rule;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

submit_sm good_submit() {
    submit_sm out;
    out.source = address("12345", ton::network_specific, npi::unknown);
    out.destination = address("15551234567", ton::international, npi::isdn);
    out.short_message = "hello";
    return out;
}

template <class P>
std::string frame_of(const P& pdu, std::uint32_t sequence_number = 1) {
    std::string out;
    EXPECT_FALSE(append(out, command_status::ok, sequence_number, pdu));
    return out;
}

std::vector<rule> rules_in(const std::string& frame) {
    std::vector<rule> out;
    for (const auto& each : lint::check(as_octets(frame))) {
        out.push_back(each.rule);
    }
    return out;
}

template <class P>
std::vector<rule> rules_of(const P& pdu) {
    return rules_in(frame_of(pdu));
}

std::string ucs2(std::u16string_view text) {
    std::string out;
    for (const char16_t unit : text) {
        out += static_cast<char>(unit >> 8);
        out += static_cast<char>(unit & 0xFF);
    }
    return out;
}

deliver_sm receipt(std::string text) {
    deliver_sm out;
    out.source = address("15551234567", ton::international, npi::isdn);
    out.destination = address("12345", ton::network_specific, npi::unknown);
    out.esm_class.set_message_type(esm_class::type::receipt);
    out.short_message = std::move(text);
    return out;
}

TEST(pdu_lint, what_is_right_has_no_findings) {
    EXPECT_THAT(rules_of(good_submit()), IsEmpty());
    EXPECT_THAT(rules_of(enquire_link()), IsEmpty());
    EXPECT_THAT(rules_of(receipt("id:7 sub:001 dlvrd:001 submit date:2601010000 done "
                                 "date:2601010001 stat:DELIVRD err:000 text:hello")),
                IsEmpty());
    submit_sm unicode = good_submit();
    unicode.data_coding = data_coding::ucs2;
    unicode.short_message = ucs2(u"\u0416\U0001F600");
    EXPECT_THAT(rules_of(unicode), IsEmpty());
}

struct submit_case {
    rule expected;
    std::function<void(submit_sm&)> spoil;
};

void set_udh(submit_sm& sm, const udh::concat& part, std::string text) {
    sm.esm_class.set_udhi(true);
    sm.short_message = udh::writer().add(part).octets() + text;
}

void set_sar(submit_sm& sm, std::uint8_t number, std::uint8_t total) {
    sm.tlvs.set(tlv::sar_msg_ref_num, 1);
    sm.tlvs.set(tlv::sar_total_segments, total);
    sm.tlvs.set(tlv::sar_segment_seqnum, number);
}

const submit_case submit_cases[] = {
    {rule::address_empty_destination, [](auto& sm) { sm.destination.digits.clear(); }},
    {rule::address_alpha_ton, [](auto& sm) { sm.source.digits = "ACME"; }},
    {rule::address_alpha_length,
     [](auto& sm) { sm.source = address("ACME-AND-SONS", ton::alphanumeric); }},
    {rule::address_alpha_npi,
     [](auto& sm) { sm.source = address("ACME", ton::alphanumeric, npi::isdn); }},
    {rule::address_number_format, [](auto& sm) { sm.destination.digits = "+15551234567"; }},
    {rule::address_international_prefix, [](auto& sm) { sm.destination.digits = "0015551234"; }},
    {rule::address_short_international, [](auto& sm) { sm.destination.digits = "12345"; }},
    {rule::address_international_npi, [](auto& sm) { sm.destination.npi = npi::unknown; }},
    {rule::field_reserved, [](auto& sm) { sm.source.ton = ton(0x42); }},
    {rule::field_reserved, [](auto& sm) { sm.source.npi = npi(0x42); }},
    {rule::field_reserved, [](auto& sm) { sm.esm_class.bits = 0x0C; }},
    {rule::field_reserved, [](auto& sm) { sm.registered_delivery.bits = 0x81; }},
    {rule::field_reserved, [](auto& sm) { sm.data_coding = data_coding(0x0F); }},
    {rule::field_reserved, [](auto& sm) { sm.replace_if_present_flag = 2; }},
    {rule::message_both_texts, [](auto& sm) { sm.tlvs.set(tlv::message_payload, "x"); }},
    {rule::message_too_long, [](auto& sm) { sm.short_message = std::string(255, 'x'); }},
    {rule::message_over_one_sms, [](auto& sm) { sm.short_message = std::string(161, 'x'); }},
    {rule::message_udhi_without_udh, [](auto& sm) { sm.esm_class.set_udhi(true); }},
    {rule::message_udh_without_udhi,
     [](auto& sm) {
         set_udh(sm, {7, 2, 1}, "x");
         sm.esm_class.set_udhi(false);
     }},
    {rule::message_part_size,
     [](auto& sm) {
         set_udh(sm, {7, 2, 1}, std::string(154, 'x'));
     }},
    {rule::message_concat_numbers,
     [](auto& sm) {
         sm.esm_class.set_udhi(true);
         sm.short_message = std::string("\x05\x00\x03\x07\x02\x03", 6) + "x";
     }},
    {rule::message_concat_numbers, [](auto& sm) { set_sar(sm, 3, 2); }},
    {rule::message_concat_single,
     [](auto& sm) {
         set_udh(sm, {7, 1, 1}, "x");
     }},
    {rule::message_sar_and_udh,
     [](auto& sm) {
         set_udh(sm, {7, 2, 1}, "x");
         set_sar(sm, 1, 2);
     }},
    {rule::message_sar_incomplete, [](auto& sm) { sm.tlvs.set(tlv::sar_msg_ref_num, 1); }},
    {rule::message_split_escape,
     [](auto& sm) {
         set_udh(sm, {7, 2, 1}, "x\x1B");
     }},
    {rule::message_split_surrogate,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         set_udh(sm, {7, 2, 1}, ucs2(u"\u0416\xD83D"));
     }},
    {rule::message_submit_type,
     [](auto& sm) { sm.esm_class.set_message_type(esm_class::type::receipt); }},
    {rule::message_datagram_receipt,
     [](auto& sm) {
         sm.esm_class.set_messaging_mode(esm_class::mode::datagram);
         sm.registered_delivery.bits = 1;
     }},
    {rule::message_replace_service_type, [](auto& sm) { sm.replace_if_present_flag = 1; }},
    {rule::message_priority, [](auto& sm) { sm.priority_flag = 4; }},
    {rule::text_utf8_as_gsm, [](auto& sm) { sm.short_message = "d\u00e9j\u00e0"; }},
    {rule::text_latin1_as_gsm, [](auto& sm) { sm.short_message = "d\xE9j\xE0 vu"; }},
    {rule::text_packed_septets,
     [](auto& sm) { sm.short_message = gsm7::pack(as_octets("hello packed world")); }},
    {rule::text_ascii_as_gsm, [](auto& sm) { sm.short_message = "me@example.com"; }},
    {rule::text_utf8_as_ucs2,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         sm.short_message = "hello world";
     }},
    {rule::text_little_endian,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         sm.short_message = std::string("h\0e\0l\0l\0o\0", 10);
     }},
    {rule::text_byte_order_mark,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         sm.short_message = ucs2(u"\uFEFF\u0416");
     }},
    {rule::text_odd_octets,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         sm.short_message = ucs2(u"\u0416") + std::string(1, '\0');
     }},
    {rule::text_unpaired_surrogate,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         sm.short_message = ucs2(u"\u0416\xDC00\u0416");
     }},
    {rule::text_could_be_gsm,
     [](auto& sm) {
         sm.data_coding = data_coding::ucs2;
         sm.short_message = ucs2(u"hello");
     }},
    {rule::text_control_characters,
     [](auto& sm) {
         sm.data_coding = data_coding::latin1;
         sm.short_message = "bell\x07";
     }},
    {rule::tlv_length, [](auto& sm) { sm.tlvs.add(tlv_tag::source_port, "x"); }},
    {rule::tlv_not_allowed, [](auto& sm) { sm.tlvs.set(tlv::receipted_message_id, "7"); }},
    {rule::tlv_repeated,
     [](auto& sm) {
         sm.tlvs.set(tlv::source_port, 1);
         sm.tlvs.add(tlv_tag::source_port, std::string(2, '\1'));
     }},
    {rule::tlv_unregistered, [](auto& sm) { sm.tlvs.add(tlv_tag(0x5555), "x"); }},
};

TEST(pdu_lint, each_mistake_of_a_submit_has_its_finding) {
    for (const submit_case& each : submit_cases) {
        submit_sm sm = good_submit();
        each.spoil(sm);
        EXPECT_THAT(rules_of(sm), Contains(each.expected)) << lint::info(each.expected).id;
    }
}

TEST(pdu_lint, receipts) {
    EXPECT_THAT(rules_of(receipt("thank you")), ElementsAre(rule::receipt_unreadable));
    EXPECT_THAT(rules_of(receipt("id:7 stat:FINE")), ElementsAre(rule::receipt_unknown_stat));
    deliver_sm other_id = receipt("id:7 stat:DELIVRD");
    other_id.tlvs.set(tlv::receipted_message_id, "8");
    EXPECT_THAT(rules_of(other_id), ElementsAre(rule::receipt_contradiction));
    deliver_sm other_state = receipt("id:7 stat:DELIVRD");
    other_state.tlvs.set(tlv::message_state, 5);
    EXPECT_THAT(rules_of(other_state), ElementsAre(rule::receipt_contradiction));
    deliver_sm unmarked = receipt("id:7 stat:DELIVRD");
    unmarked.esm_class = {};
    EXPECT_THAT(rules_of(unmarked), ElementsAre(rule::receipt_without_bit));
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

TEST(rules, ids_are_unique_and_lead_back) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(rule::session_receipt_after_final); ++i) {
        const auto& about = lint::info(rule(i));
        EXPECT_TRUE(seen.insert(about.id).second) << about.id;
        EXPECT_EQ(lint::rule_named(about.id), rule(i));
        EXPECT_FALSE(about.sentence.empty());
    }
    EXPECT_EQ(lint::rule_named("no.such-rule"), std::nullopt);
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

TEST(pdu_lint, values_that_a_tlv_does_not_have) {
    submit_sm sm = good_submit();
    sm.tlvs.set(tlv::more_messages_to_send, 2);
    EXPECT_THAT(rules_of(sm), ElementsAre(rule::tlv_value));
    sm.tlvs.set(tlv::more_messages_to_send, 1);
    EXPECT_THAT(rules_of(sm), IsEmpty());
}

TEST(pdu_lint, addresses_are_printable) {
    submit_sm sm = good_submit();
    sm.source = address("M\xFCller", ton::alphanumeric, npi::unknown);
    EXPECT_THAT(rules_of(sm), ElementsAre(rule::address_charset));
}

}  // namespace
