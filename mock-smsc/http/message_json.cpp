#include "mock-smsc/http/message_json.hpp"

#include <fmt/format.h>

#include "mock-smsc/lint/lint_report.hpp"
#include "mock-smsc/names.hpp"
#include "mock-smsc/recorder.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/visitors/locate.hpp"

namespace mock_smsc {
namespace {

void put_recipients(json_out& out, const message_fields& fields) {
    if (fields.destinations == nullptr) {
        return;
    }
    out.open("recipients", '[');
    for (std::size_t i = 0; i < destination_count(fields); ++i) {
        out.value(destination_at(fields, i).digits);
    }
    out.close(']');
    if (fields.refused == nullptr || fields.refused->empty()) {
        return;
    }
    out.open("refused", '[');
    for (const refused_destination& each : *fields.refused) {
        if (each.index < destination_count(fields)) {  // a database may say anything
            out.open('{')
                .member("to", destination_at(fields, each.index).digits)
                .member("status", smpp::name_or_number(each.status))
                .close('}');
        }
    }
    out.close(']');
}

/// The text of all parts; those that are missing leave nothing.
std::string joined_text(const part_index::group& group, const message_source& source) {
    std::string text;
    for (const message_number id : group.by_number) {
        message_reader part = source.read(id);
        if (id != 0 && part.found()) {
            text += part.text();
        }
    }
    return text;
}

void put_session_of(json_out& out, const session_info& session) {
    out.open("session", '{')
        .member("id", session.id)
        .member("system_id", session.system_id)
        .member("bind", session.bind)
        .member("peer", session.peer)
        .member("tls", session.security)
        .close('}');
}

void put_note(json_out& out, const message_reader& message) {
    const message_note* note = message.note();
    if (note == nullptr) {
        return;
    }
    if (!note->faults.empty()) {
        out.member("faults", note->faults);
    }
    if (!note->tags.empty()) {
        out.open("tags", '[');
        for (const auto& each : note->tags) {
            out.value(each);
        }
        out.close(']');
    }
}

void put_pdu(json_out& out, message_reader& message) {
    const smpp::pdu_view& pdu = message.pdu();
    out.open("pdu", '{')
        .member("command", smpp::name(pdu.header.id))
        .member("sequence_number", pdu.header.sequence_number);
    smpp::append_json_fields(out.raw(), pdu.body);
    out.close('}');
    out.member("raw", smpp::to_hex(message.octets()));
}

void put_receipts(json_out& out, message_reader& message, const message_source& source) {
    const auto sent = source.store.receipts(message.id());
    if (sent.empty()) {
        return;
    }
    out.open("receipts", '[');
    for (const sent_receipt& each : sent) {
        put_receipt(out, each, message);
    }
    out.close(']');
}

}  // namespace

void put_receipt(json_out& out, const sent_receipt& receipt, message_reader& of) {
    const message_fields& fields = of.fields();
    out.open('{').member("state", state_word(receipt.state));
    if (receipt.destination < destination_count(fields)) {
        out.member("to", destination_at(fields, receipt.destination).digits);
    }
    out.member("sent", iso_time(receipt.sent))
        .member("session", receipt.session)
        .member("sequence_number", receipt.sequence_number)
        .member("attempts", receipt.attempts);
    if (receipt.answered != 0) {
        out.member("status", smpp::name_or_number(receipt.status))
            .member(receipt.status == smpp::command_status::ok ? "acknowledged" : "refused",
                    iso_time(receipt.answered));
    }
    out.close('}');
}

void put_parts(json_out& out, message_reader& message, const message_source& source, detail how) {
    const auto& place = message.part();
    if (!place) {
        return;
    }
    out.open("parts", '{')
        .member("reference", place->reference)
        .member("total", place->total)
        .member("number", place->number)
        .member("how", place->how);
    if (const auto* group = source.parts.find(message.id())) {
        out.member("complete", group->complete()).member("out_of_order", group->out_of_order);
        out.open("ids", '[');
        for (const message_number id : group->by_number) {
            out.value(id);
        }
        out.close(']').open("duplicates", '[');
        for (const message_number id : group->duplicates) {
            out.value(id);
        }
        out.close(']');
        if (how == detail::full) {
            out.member("text", joined_text(*group, source));
        }
    }
    out.close('}');
}

void put_message(json_out& out, message_reader& message, const message_source& source, detail how) {
    const record& r = message.record();
    const message_fields& fields = message.fields();
    out.open('{')
        .member("id", message.id())
        .member("message_id", message.message_id())
        .member("received", iso_time(r.received))
        .member("status", smpp::name_or_number(r.status))
        .member("state", state_word(r.state))
        .member("system_id", message.system_id())
        .member("scope", message.scope())
        .member("from", fields.source.digits)
        .member("to", fields.destination.digits);
    put_recipients(out, fields);
    out.member("text", message.text())
        .member("coding", smpp::name(message.alphabet()))
        .member("octets", message.octets().size());
    if (r.done != 0) {
        out.member("done", iso_time(r.done));
    }
    if (r.answered_after != 0) {
        out.member("responded", iso_time(r.answered())).member("latency_us", r.answered_after - 1);
    }
    if (r.receipts_due != 0) {
        out.member("receipts_due", r.receipts_due);
    }
    put_receipts(out, message, source);
    put_note(out, message);
    put_parts(out, message, source, how);
    if (message.session() != nullptr) {
        put_session_of(out, *message.session());
    }
    if (how == detail::full) {
        put_pdu(out, message);
        out.open("lint", '[');
        for (const auto& each : message.findings()) {
            put_finding(out, each, 0, 0);
        }
        out.close(']');
    }
    out.close('}');
}

void put_located_fields(json_out& out, message_reader& message) {
    out.open('[');
    for (const auto& field : smpp::locate(message.octets(), message.pdu())) {
        out.open('{')
            .member("name", field.name)
            .member("offset", field.offset)
            .member("size", field.size)
            .member("depth", field.depth)
            .member("value", field.value)
            .member("meaning", field.meaning)
            .close('}');
    }
    out.close(']');
}

void put_mobile(json_out& out, const mobile_record& mobile) {
    smpp::pdu_view pdu;
    std::ignore = smpp::decode(smpp::as_octets(*mobile.frame), smpp::decode_mode::lenient, pdu);
    out.open('{')
        .member("id", mobile.id)
        .member("account", mobile.account)
        .member("state", name(mobile.state));
    if (mobile.queued != 0) {
        out.member("queued", iso_time(mobile.queued));
    }
    if (const auto* message = std::get_if<smpp::deliver_sm_view>(&pdu.body)) {
        out.member("from", message->source.digits).member("to", message->destination.digits);
    }
    const sent_receipt& last = mobile.last;
    out.member("attempts", last.sent == 0 ? std::uint8_t{0} : last.attempts);
    if (last.sent != 0) {
        out.member("sent", iso_time(last.sent))
            .member("session", last.session)
            .member("sequence_number", last.sequence_number);
    }
    if (last.answered != 0) {
        out.member("answered", iso_time(last.answered))
            .member("status", smpp::name_or_number(last.status));
    }
    out.close('}');
}

void put_session(json_out& out, const session_info& session) {
    out.open('{')
        .member("id", session.id)
        .member("state", session.closed != 0  ? "closed"
                         : session.bound == 0 ? "open"
                                              : "bound")
        .member("system_id", session.system_id)
        .member("scope", session.scope)
        .member("system_type", session.system_type)
        .member("bind", session.bind)
        .member("interface_version", fmt::format("0x{:02x}", session.interface_version))
        .member("peer", session.peer)
        .member("tls", session.security)
        .member("opened", iso_time(session.opened));
    if (session.bound != 0) {
        out.member("bound", iso_time(session.bound));
    }
    if (session.closed != 0) {
        out.member("closed", iso_time(session.closed)).member("close_reason", session.close_reason);
    }
    out.member("submits", session.submits)
        .member("receipts", session.receipts)
        .member("bad_pdus", session.bad_pdus)
        .member("unanswered", session.closed != 0 ? 0 : session.traffic.unanswered())
        .member("window_max", session.traffic.greatest_window)
        .member("rate", session.closed != 0 ? 0 : session.traffic.rate(utc_now()))
        .member("rate_max", session.traffic.greatest_rate)
        .close('}');
}

}  // namespace mock_smsc
