#include "smpp/lint/pdu_lint.hpp"

#include <fmt/format.h>

#include <algorithm>

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
        case codec_errc::invalid_tlv_length: return rule::tlv_length;
        case codec_errc::embedded_nul:
        case codec_errc::invalid_value:
        case codec_errc::too_many:
        // The others are refusals to send: no decode gives them.
        default: return rule::field_value;
    }
    return rule::field_value;
}

/// Requests and responses that a vendor may define (3.4: 5.1.2.1).
constexpr bool is_vendor_command(command_id id) noexcept {
    return (static_cast<std::uint32_t>(id) & 0x7FFFFF00U) == 0x00010200U;
}

void check_header(report& to, const header& head) {
    if (name(head.id).empty()) {
        to.add(is_vendor_command(head.id) ? rule::framing_vendor_command
                                          : rule::framing_unknown_command,
               "command_id", fmt::format("0x{:08X}", static_cast<std::uint32_t>(head.id)));
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
void check_message_of(report& to, command_id command, const Body& body) {
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
    bool is_receipt = false;
    if constexpr (requires { body.esm_class; }) {
        is_receipt = body.esm_class.is_receipt();
    }
    check_message(to, *part, !is_receipt);
    if constexpr (std::is_same_v<Body, deliver_sm_view> || std::is_same_v<Body, data_sm_view>) {
        check_receipt(to, body, *part);
    }
    // 3.4 leaves it to the sender, and a receipt may be all TLVs.
    const auto version = to.wanted().version.value_or(interface_version::v5_0);
    if (command == command_id::data_sm && part->octets.empty() && !is_receipt &&
        version >= interface_version::v5_0) {
        to.add_at(rule::message_missing_payload, "", 0);
    }
}

/// What the bits of esm_class and registered_delivery say together.
template <class Body>
void check_modes(report& to, command_id command, const Body& body) {
    using type = esm_class::type;
    const bool from_esme = command == command_id::submit_sm || command == command_id::submit_multi;
    const auto kind = body.esm_class.message_type();
    const bool known = (static_cast<unsigned>(kind) & 1U) == 0 || kind == type::receipt;
    if (!known || static_cast<unsigned>(kind) > 8) {
        to.add(rule::field_reserved, "esm_class", fmt::format("0x{:02X}", body.esm_class.bits));
    } else if (from_esme && body.esm_class.is_receipt()) {
        to.add(rule::message_submit_type, "esm_class");
    }
    if ((body.registered_delivery.bits & 0xE0U) != 0) {
        to.add(rule::field_reserved, "registered_delivery",
               fmt::format("0x{:02X}", body.registered_delivery.bits));
    }
    if (body.esm_class.messaging_mode() != esm_class::mode::datagram || !from_esme) {
        return;
    }
    if (body.registered_delivery.smsc_receipt() != registered_delivery::receipt::none) {
        to.add(rule::message_datagram_receipt, "registered_delivery");
    }
    if constexpr (requires { body.schedule_delivery_time; }) {
        if (!body.schedule_delivery_time.empty()) {
            to.add(rule::message_datagram_receipt, "schedule_delivery_time");
        }
    }
}

template <class Body>
void check_options(report& to, const Body& body) {
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
    if constexpr (requires { body.message_state; }) {
        if (name(body.message_state).empty()) {
            to.add(rule::field_reserved, "message_state",
                   fmt::format("{}", static_cast<unsigned>(body.message_state)));
        }
    }
}

template <class Body>
void check_addresses_of(report& to, const Body& body) {
    if constexpr (requires { body.source.digits; }) {
        check_address(to, source_role, body.source);
    }
    if constexpr (requires { body.destination.digits; }) {
        check_address(to, destination_role, body.destination);
    }
    if constexpr (std::is_same_v<Body, submit_multi_view>) {
        check_addresses(to, body);
    }
    if constexpr (requires { body.esme.digits; }) {
        check_address(to, {"esme_addr", "esme_addr"}, body.esme);
    }
}

template <class Body>
void check_body(report& to, const header& head, const Body& body) {
    if (is_response(head.id) && head.status != command_status::ok) {
        return;  // its fields say nothing, and need not be there
    }
    check_addresses_of(to, body);
    if constexpr (requires {
                      body.esm_class;
                      body.registered_delivery;
                  }) {
        check_modes(to, head.id, body);
    }
    check_options(to, body);
    if constexpr (requires { body.validity_period; }) {
        check_times(to, body.schedule_delivery_time, body.validity_period);
    }
    check_message_of(to, head.id, body);
    if constexpr (requires { body.tlvs; }) {
        check_mandatory_tlvs(to, head.id, body.tlvs);
        check_tlvs(to, head.id, body.tlvs);
    }
}

/// One to three behind the last field, as some count them nowhere: they are what is wrong.
bool has_stray_nuls(octet_span frame, const deviations& noted) noexcept {
    const codec_failure& last = *(noted.end() - 1);
    const bool leftover =
        last.code == codec_errc::trailing_octets || last.code == codec_errc::invalid_tlv_stream;
    const octet_span rest = frame.subspan(std::min<std::size_t>(last.offset, frame.size()));
    return leftover && rest.size() <= 3 &&
           std::all_of(rest.begin(), rest.end(), [](std::uint8_t octet) { return octet == 0; });
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
    check_header(to, pdu.header);
    if (failure || (!noted.empty() && !has_stray_nuls(frame, noted))) {
        if (const auto found = find_padding(frame, pdu)) {
            to.add_at(rule::framing_padding, found->field, found->offset,
                      fmt::format("{} octets", found->octets));
            return to.take();  // what was read behind it is not what was meant
        }
    }
    for (const codec_failure& each : noted) {
        to.add_at(rule_of(each.code), each.field, each.offset);
    }
    if (failure) {
        to.add_at(rule_of(failure.code), failure.field, failure.offset);
    } else {
        std::visit([&](const auto& body) { check_body(to, pdu.header, body); }, pdu.body);
    }
    return to.take();
}

}  // namespace smpp::lint
