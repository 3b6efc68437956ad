#include "notifier/message.hpp"

#include <gtest/gtest.h>

#include "notifier/dry_run.hpp"

namespace {

notifier::target target_of(std::string_view query) {
    return *notifier::parse_target("smpp://u:p@h/+15551234567/+15557654321?" + std::string(query));
}

notifier::prepared_message prepared(std::string_view text, std::string_view query = "") {
    const auto message = notifier::prepare(text, target_of(query), 0x1234);
    EXPECT_TRUE(message) << message.error().message;
    return message ? *message : notifier::prepared_message{};
}

std::string refused(std::string_view text, std::string_view query = "") {
    const auto message = notifier::prepare(text, target_of(query), 0);
    return message ? "" : message.error().part;
}

TEST(message, a_short_text_is_one_part) {
    const auto message = prepared("Hello");
    ASSERT_EQ(message.parts.size(), 1U);
    const auto pdu = notifier::addressed(
        message.parts[0], {"15557654321", smpp::ton::international, smpp::npi::isdn});
    EXPECT_EQ(pdu.short_message, "Hello");
    EXPECT_EQ(pdu.source.digits, "15551234567");
    EXPECT_EQ(pdu.destination.digits, "15557654321");
    EXPECT_EQ(pdu.destination.ton, smpp::ton::international);
    EXPECT_EQ(pdu.data_coding, smpp::data_coding::smsc_default);
    EXPECT_EQ(pdu.esm_class.bits, 0);
}

TEST(message, a_long_text_is_cut_the_way_it_was_asked_for) {
    const std::string text(161, 'a');
    const auto udh = prepared(text);
    ASSERT_EQ(udh.parts.size(), 2U);
    EXPECT_EQ(udh.parts[0].pdu.esm_class.bits, 0x40);
    EXPECT_EQ(udh.parts[0].pdu.short_message.substr(0, 6),
              std::string("\x05\x00\x03\x34\x02\x01", 6));
    EXPECT_EQ(udh.parts[0].units, 153U);
    EXPECT_EQ(udh.parts[1].text, std::string(8, 'a'));

    const auto wide = prepared(text, "split=udh16");
    EXPECT_EQ(wide.parts.at(1).pdu.short_message.substr(0, 7),
              std::string("\x06\x08\x04\x12\x34\x02\x02", 7));

    const auto sar = prepared(text, "split=sar");
    ASSERT_EQ(sar.parts.size(), 2U);
    EXPECT_EQ(sar.parts[1].pdu.esm_class.bits, 0);
    EXPECT_EQ(sar.parts[1].pdu.tlvs.get(smpp::tlv::sar_segment_seqnum), 2);
    EXPECT_EQ(sar.parts[1].pdu.tlvs.get(smpp::tlv::sar_total_segments), 2);
    EXPECT_EQ(sar.parts[1].pdu.tlvs.get(smpp::tlv::sar_msg_ref_num), 0x1234);

    const auto payload = prepared(text, "split=payload");
    ASSERT_EQ(payload.parts.size(), 1U);
    EXPECT_EQ(payload.parts[0].pdu.short_message, "");
    EXPECT_EQ(payload.parts[0].pdu.tlvs.get(smpp::tlv::message_payload), text);

    EXPECT_EQ(prepared(text, "split=none").parts.size(), 1U);
    EXPECT_EQ(refused(std::string(255, 'a'), "split=none"), "split");
}

TEST(message, the_alphabet_is_the_cheapest_or_the_one_asked_for) {
    EXPECT_EQ(prepared("Привет").alphabet, smpp::alphabet::ucs2);
    EXPECT_EQ(prepared("Привет").parts[0].pdu.data_coding, smpp::data_coding::ucs2);
    EXPECT_EQ(prepared("déjà", "encoding=latin1").parts[0].pdu.short_message, "d\xe9j\xe0");
    EXPECT_EQ(prepared("déjà", "encoding=latin1").parts[0].pdu.data_coding,
              smpp::data_coding::latin1);
    EXPECT_EQ(prepared("ab", "data_coding=8").parts[0].pdu.short_message, std::string("\0a\0b", 4));
    EXPECT_EQ(prepared("ab", "encoding=gsm7&data_coding=241").parts[0].pdu.data_coding,
              smpp::data_coding(241));
    EXPECT_EQ(prepared("@", "default_alphabet=latin1").parts[0].pdu.short_message, "@");
    EXPECT_EQ(refused("Привет", "encoding=gsm7"), "encoding");
    EXPECT_EQ(refused("a\xff"), "body");
    EXPECT_EQ(refused(""), "body");
}

TEST(message, flash_goes_into_data_coding) {
    EXPECT_EQ(prepared("a", "class=flash").parts[0].pdu.data_coding, smpp::data_coding(0x10));
    EXPECT_EQ(prepared("Ж", "class=flash").parts[0].pdu.data_coding, smpp::data_coding(0x18));
    EXPECT_EQ(refused("a", "class=flash&encoding=latin1"), "class");
    EXPECT_EQ(refused("a", "class=flash&data_coding=0"), "class");
}

TEST(message, every_field_has_its_parameter) {
    const auto pdu =
        prepared("a",
                 "service_type=CMT&protocol_id=65&priority=2&receipt=intermediate&validity=1d&"
                 "schedule=2026-05-01T12:00:00Z&tlv=0x1400:hex:0a0b")
            .parts[0]
            .pdu;
    EXPECT_EQ(pdu.service_type, "CMT");
    EXPECT_EQ(pdu.protocol_id, 65);
    EXPECT_EQ(pdu.priority_flag, 2);
    EXPECT_EQ(pdu.registered_delivery.bits, 0x11);
    EXPECT_EQ(pdu.validity_period, "000001000000000R");
    EXPECT_EQ(pdu.schedule_delivery_time, "260501120000000+");
    EXPECT_EQ(pdu.tlvs.raw(smpp::tlv_tag(0x1400)), "\x0a\x0b");
    EXPECT_EQ(prepared("a", "receipt=failure").parts[0].pdu.registered_delivery.bits, 2);
    EXPECT_EQ(prepared("a", "validity=200d").parts[0].pdu.validity_period.back(), '+');
    EXPECT_EQ(refused("a", "validity=9999w"), "validity");
}

TEST(message, too_much_for_255_parts_is_refused_split_or_cut) {
    const std::string text(153 * 255 + 1, 'a');
    EXPECT_EQ(refused(text), "split");
    EXPECT_EQ(prepared(text, "overflow=truncate").parts.size(), 255U);
    EXPECT_EQ(prepared(text, "overflow=truncate").warnings.size(), 1U);
    const auto split = prepared(text, "overflow=split");
    ASSERT_EQ(split.parts.size(), 256U);
    EXPECT_EQ(split.parts[255].text, "a");
    EXPECT_EQ(split.parts[255].total, 1);
}

TEST(message, overflow_never_cuts_a_character) {
    const auto cut =
        prepared("aaaa" + std::string(252, 'b') + "€€", "split=none&overflow=split&encoding=gsm7");
    ASSERT_EQ(cut.parts.size(), 2U);
    EXPECT_EQ(cut.parts[0].text + cut.parts[1].text, "aaaa" + std::string(252, 'b') + "€€");
    std::string emoji;
    for (int i = 0; i < 100; ++i) {
        emoji += "😀";
    }
    std::string joined;
    for (const auto& part : prepared(emoji, "split=none&overflow=split").parts) {
        joined += part.text;
    }
    EXPECT_EQ(joined, emoji);
}

TEST(message, references_count_up) {
    const auto first = notifier::next_reference();
    EXPECT_EQ(notifier::next_reference(), static_cast<std::uint16_t>(first + 1));
}

TEST(dry_run, json_has_the_documented_shape) {
    const auto json = notifier::dry_run_json(
        prepared("Hi"), {"15557654321", smpp::ton::international, smpp::npi::isdn});
    EXPECT_EQ(
        json,
        R"({"to":"15557654321","part":1,"parts":1,"data_coding":0,"esm_class":0,"short_message":"4869",)"
        R"("text":"Hi","units":2,"encoding":"gsm7"})"
        "\n");
}

TEST(dry_run, json_shows_tlvs_where_they_matter) {
    const auto json =
        notifier::dry_run_json(prepared(std::string(161, 'H'), "split=payload"), {"1555", {}, {}});
    EXPECT_NE(json.find(R"("short_message":"")"), std::string::npos);
    EXPECT_NE(json.find(R"("tlvs":[[1060,"484848)"), std::string::npos) << json;
}

TEST(dry_run, text_is_one_line_a_part) {
    const auto text =
        notifier::dry_run_text(prepared(std::string(161, 'a') + "\x1b"), {"1555", {}, {}});
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
