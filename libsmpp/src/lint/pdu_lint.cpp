#include "smpp/lint/pdu_lint.hpp"

#include <fmt/format.h>

#include "lint/report.hpp"

namespace smpp::lint {
namespace {

rule rule_of(codec_errc code) noexcept {
    switch (code) {
        case codec_errc::none:
        case codec_errc::invalid_command_length: return rule::framing_length;
        case codec_errc::unknown_command_id: return rule::framing_unknown_command;
        case codec_errc::truncated: return rule::framing_truncated;
        case codec_errc::missing_terminator: return rule::framing_missing_nul;
        case codec_errc::too_long: return rule::field_too_long;
        case codec_errc::invalid_time: return rule::field_time;
        case codec_errc::invalid_tlv_stream: return rule::tlv_stream;
        case codec_errc::trailing_octets: return rule::framing_trailing;
        case codec_errc::embedded_nul:
        case codec_errc::invalid_value:
        case codec_errc::too_many: return rule::field_value;
    }
    return rule::field_value;
}

void check_header(report& to, const header& head) {
    if (name(head.id).empty()) {
        to.add(rule::framing_unknown_command, "command_id",
               fmt::format("0x{:08X}", static_cast<std::uint32_t>(head.id)));
    }
    if (!is_response(head.id) && head.status != command_status::ok) {
        to.add(rule::framing_status_in_request, "command_status", name_or_number(head.status));
    }
    if (head.sequence_number == 0 && head.id != command_id::generic_nack) {
        to.add(rule::header_sequence_zero, "sequence_number");
    } else if (head.sequence_number > 0x7FFFFFFF) {
        to.add(rule::header_sequence_range, "sequence_number",
               fmt::format("0x{:08X}", head.sequence_number));
    }
}

template <class Body>
void check_concat(report& to, const Body& body, const message_part& part) {
    const auto concat = udh::find_concat(part.header);
    for (const udh::element each : udh::elements(part.header)) {
        const bool is_concat =
            each.id == udh::element_id::concat8 || each.id == udh::element_id::concat16;
        if (is_concat && !concat) {
            to.add(rule::message_concat_numbers, part.field(), to_hex(each.data));
        }
    }
    if (concat && concat->total == 1) {
        to.add(rule::message_concat_single, part.field());
    }
    const auto reference = body.tlvs.get(tlv::sar_msg_ref_num);
    const auto total = body.tlvs.get(tlv::sar_total_segments);
    const auto number = body.tlvs.get(tlv::sar_segment_seqnum);
    const int sar = int{reference.has_value()} + int{total.has_value()} + int{number.has_value()};
    if (sar != 0 && sar != 3) {
        to.add(rule::message_sar_incomplete, reference ? "sar_msg_ref_num" : "sar_total_segments");
    } else if (sar == 3 && (*number == 0 || *number > *total)) {
        to.add(rule::message_concat_numbers, "sar_segment_seqnum",
               fmt::format("{} of {}", *number, *total));
    }
    if (sar != 0 && concat) {
        to.add(rule::message_sar_and_udh, "sar_msg_ref_num");
    }
}

void check_size(report& to, const message_part& part) {
    if (!part.from_payload && part.octets.size() > 254) {
        to.add(rule::message_too_long, "short_message", fmt::format("{}", part.octets.size()));
    }
    const bool septets = part.alphabet == alphabet::gsm7;
    if (part.header.empty()) {
        if (!part.from_payload && part.text.size() > (septets ? 160U : 140U)) {
            to.add(rule::message_over_one_sms, "short_message",
                   fmt::format("{} octets", part.text.size()));
        }
        return;
    }
    const std::size_t room = septets ? (140 * 8 - part.header.size() * 8) / 7
                                     : 140 - std::min<std::size_t>(140, part.header.size());
    if (part.text.size() > room) {
        to.add(rule::message_part_size, part.field(),
               fmt::format("{} where {} fit", part.text.size(), room));
    }
}

/// A text that begins as concatenation headers do.
bool begins_with_header(octet_span text) noexcept {
    const auto is_concat = [&](std::uint8_t length, std::uint8_t id, std::uint8_t size) {
        return text.size() > length && text[0] == length && text[1] == id && text[2] == size &&
               text[length] != 0 && text[length] <= text[length - 1U];
    };
    return is_concat(5, 0, 3) || is_concat(6, 8, 4);
}

template <class Body>
void check_message(report& to, command_id command, const Body& body) {
    const auto part = message_of(body, to.wanted().smsc_default);
    if (!part) {
        return;
    }
    if constexpr (requires {
                      body.short_message;
                      body.tlvs;
                  }) {
        if (!body.short_message.empty() && body.tlvs.raw(tlv_tag::message_payload)) {
            to.add(rule::message_both_texts, "message_payload");
        }
    }
    check_size(to, *part);
    if (part->udhi && (part->header.empty() || !part->well_formed)) {
        to.add(rule::message_udhi_without_udh, "esm_class");
    } else if (!part->udhi && begins_with_header(part->text)) {
        to.add(rule::message_udh_without_udhi, "esm_class");
        return;  // its octets are no text
    }
    if constexpr (requires { body.tlvs; }) {
        check_concat(to, body, *part);
    }
    check_text(to, *part);
    if constexpr (std::is_same_v<Body, deliver_sm_view>) {
        check_receipt(to, body, *part);
    }
    if (command == command_id::data_sm && part->octets.empty()) {
        to.add_at(rule::message_missing_payload, "", 0);
    }
}

template <class Body>
void check_options(report& to, command_id command, const Body& body) {
    const bool from_esme = command == command_id::submit_sm || command == command_id::submit_multi;
    if constexpr (requires {
                      body.esm_class;
                      body.registered_delivery;
                  }) {
        using type = esm_class::type;
        const auto kind = body.esm_class.message_type();
        const bool known = (static_cast<unsigned>(kind) & 1U) == 0 || kind == type::receipt;
        if (!known || static_cast<unsigned>(kind) > 8) {
            to.add(rule::field_reserved, "esm_class", fmt::format("0x{:02X}", body.esm_class.bits));
        } else if (from_esme && body.esm_class.is_receipt()) {
            to.add(rule::message_submit_type, "esm_class");
        }
        if (body.esm_class.messaging_mode() == esm_class::mode::datagram && from_esme &&
            body.registered_delivery.smsc_receipt() != registered_delivery::receipt::none) {
            to.add(rule::message_datagram_receipt, "registered_delivery");
        }
        if ((body.registered_delivery.bits & 0xE0U) != 0) {
            to.add(rule::field_reserved, "registered_delivery",
                   fmt::format("0x{:02X}", body.registered_delivery.bits));
        }
    }
    if constexpr (requires { body.priority_flag; }) {
        if (body.priority_flag > 3) {
            to.add(rule::message_priority, "priority_flag", fmt::format("{}", body.priority_flag));
        }
    }
    if constexpr (requires {
                      body.replace_if_present_flag;
                      body.service_type;
                  }) {
        if (body.replace_if_present_flag > 1) {
            to.add(rule::field_reserved, "replace_if_present_flag");
        } else if (body.replace_if_present_flag == 1 && body.service_type.empty()) {
            to.add(rule::message_replace_service_type, "replace_if_present_flag");
        }
    }
    if constexpr (requires { body.data_coding; }) {
        if (name(body.data_coding).empty() && static_cast<unsigned>(body.data_coding) < 0xC0 &&
            static_cast<unsigned>(body.data_coding) > 0x0E) {
            to.add(rule::field_reserved, "data_coding",
                   fmt::format("0x{:02X}", static_cast<unsigned>(body.data_coding)));
        }
    }
}

/// A time of 16 characters; another length is a deviation of its own.
void check_time(report& to, std::string_view field, std::string_view text) {
    if (text.size() != 16) {
        return;
    }
    const auto read = parse_time(text);
    if (!read) {
        to.add(rule::field_time, field, std::string(text));
    } else if (const auto* moment = std::get_if<absolute_time>(&*read);
               moment != nullptr && to.wanted().sent && moment->utc < *to.wanted().sent) {
        to.add(rule::message_time_past, field, std::string(text));
    }
}

void check_broadcast(report& to, const tlv_list_view& tlvs) {
    for (const tlv_tag needed :
         {tlv_tag::broadcast_area_identifier, tlv_tag::broadcast_content_type,
          tlv_tag::broadcast_rep_num, tlv_tag::broadcast_frequency_interval}) {
        if (!tlvs.raw(needed)) {
            to.add_at(rule::message_missing_broadcast, name(needed), 0);
        }
    }
}

template <class Body>
void check_body(report& to, const header& head, const Body& body) {
    if constexpr (requires { body.source.digits; }) {
        check_address(to, "source_addr", body.source, true);
    }
    if constexpr (requires { body.destination.digits; }) {
        check_address(to, "dest_addr", body.destination, false);
    }
    check_options(to, head.id, body);
    if constexpr (requires { body.validity_period; }) {
        check_time(to, "schedule_delivery_time", body.schedule_delivery_time);
        check_time(to, "validity_period", body.validity_period);
    }
    if constexpr (std::is_same_v<Body, broadcast_sm_view>) {
        check_broadcast(to, body.tlvs);
    }
    check_message(to, head.id, body);
    if constexpr (requires { body.tlvs; }) {
        check_tlvs(to, head.id, body.tlvs);
    }
}

}  // namespace

std::vector<finding> check(octet_span frame, const options& options) {
    pdu_view pdu;
    report to(frame, pdu, options);
    if (frame.size() < header_size || load_be<std::uint32_t>(frame.data()) != frame.size()) {
        to.add_at(rule::framing_length, "command_length", 0,
                  fmt::format("{} octets", frame.size()));
        return to.take();
    }
    deviations noted;
    const codec_failure failure = decode(frame, decode_mode::lenient, pdu, &noted);
    for (const codec_failure& each : noted) {
        to.add_at(rule_of(each.code), each.field, each.offset);
    }
    check_header(to, pdu.header);
    if (failure) {
        to.add_at(rule_of(failure.code), failure.field, failure.offset);
    } else {
        std::visit([&](const auto& body) { check_body(to, pdu.header, body); }, pdu.body);
    }
    return to.take();
}

}  // namespace smpp::lint
