#include "smpp-dump/json_output.hpp"

#include <fmt/chrono.h>

#include "smpp-dump/dlr.hpp"
#include "smpp/visitors/json.hpp"

namespace smpp_dump {
namespace {

void number(std::string& to, std::string_view key, std::uint64_t value) {
    to += key;
    smpp::append_json_number(to, value);
}

void append_tlv_names(std::string& to, const smpp::body_view& any) {
    std::visit(
        [&](const auto& body) {
            if constexpr (requires { body.tlvs; }) {
                to += ",\"tlv_names\":[";
                for (const smpp::tlv_item item : body.tlvs) {
                    to += to.back() == '[' ? "" : ",";
                    smpp::append_json_string(to, smpp::name(item.tag));
                }
                to += ']';
            }
        },
        any);
}

/// Empty lists for those that have no place for TLVs: readers need not ask which these are.
void append_fields(std::string& to, const smpp::body_view& any) {
    smpp::append_json_fields(to, any);
    std::visit(
        [&](const auto& body) {
            constexpr bool known = smpp::pdu_type<std::remove_cvref_t<decltype(body)>>;
            if constexpr (known && !requires { body.tlvs; }) {
                to += ",\"tlvs\":[]";
            }
        },
        any);
}

void append_word(std::string& to, std::string_view key, std::string_view word) {
    if (!word.empty()) {
        to += to.back() == '{' ? "\"" : ",\"";
        to += key;
        to += "\":";
        smpp::append_json_string(to, word);
    }
}

/// As ISO 8601 says it where it can be read; it is the local time of somebody unknown.
void append_date(std::string& to, std::string_view key, const std::string& word,
                 std::optional<std::chrono::local_seconds> read) {
    append_word(
        to, key,
        read ? fmt::format("{:%FT%T}", std::chrono::sys_seconds(read->time_since_epoch())) : word);
}

void append_receipt(std::string& to, const smpp::receipt& found) {
    to += ",\"dlr\":{";
    append_word(to, "id", found.id);
    append_word(to, "state", found.stat);
    append_word(to, "err", found.err);
    append_word(to, "sub", found.sub);
    append_word(to, "dlvrd", found.dlvrd);
    append_date(to, "submit_date", found.submit_date, found.submitted());
    append_date(to, "done_date", found.done_date, found.done());
    append_word(to, "text", found.text);
    to += '}';
}

void append_hex_member(std::string& to, smpp::octet_span octets) {
    to += ",\"hex\":\"";
    smpp::append_hex(to, octets);
    to += '"';
}

}  // namespace

void json_output::on_record(const record& r) {
    std::string& to = out_->line();
    append_place(to, r);
    if (r.frame.kind == frame_kind::garbage) {
        to += ",\"garbage\":true";
        append_hex_member(to, r.frame.octets);
    } else {
        append_pdu(to, r);
    }
    to += ",\"state\":\"";
    to += r.frame.kind == frame_kind::whole       ? name(r.frame.state)
          : r.frame.kind == frame_kind::truncated ? "truncated"
                                                  : "garbage";
    to += "\",\"problems\":[";
    append_problems(r, to, "\"", "\",\"", "\"");
    to += ']';
    if (r.request) {
        if (r.request->time != 0) {
            const std::int64_t latency = r.frame.last.time - r.request->time;
            number(to, ",\"latency_us\":",
                   static_cast<std::uint64_t>(latency < 0 ? 0 : latency) / 1000);
        }
        number(to, ",\"request_frame\":", r.request->frame);
    }
    to += '}';
    out_->end_of_line();
}

void json_output::on_session_end(const session& s) {
    if (!options_.events || s.ending.empty()) {
        return;
    }
    std::string& to = out_->line();
    to += "{\"event\":\"session_end\",\"time\":\"";
    times_.append(to, s.ended_at);
    number(to, "\",\"session\":", s.number);
    to += ",\"src\":\"" + s.client_name + "\",\"dst\":\"" + s.server_name + "\",\"system_id\":";
    smpp::append_json_string(to, s.system_id);
    to += ",\"failed\":";
    to += s.failed ? "true" : "false";
    to += ",\"reason\":";
    smpp::append_json_string(to, s.ending);
    to += '}';
    out_->end_of_line();
}

void json_output::append_place(std::string& to, const record& r) {
    if (r.frame.last.time == 0) {
        to += "{\"time\":null";
    } else {
        to += "{\"time\":\"";
        times_.append(to, r.frame.last.time);
        to += '"';
    }
    number(to, ",\"session\":", r.session->number);
    to += ",\"src\":\"";
    to += r.source();
    to += "\",\"dst\":\"";
    to += r.destination();
    number(to, "\",\"frame\":", r.frame.last.frame);
    number(to, ",\"first_frame\":", r.frame.first.frame);
    number(to, ",\"offset\":", r.frame.offset);
    number(to, ",\"len\":", r.frame.length);
    if (r.frame.gap > 0) {
        number(to, ",\"gap\":", r.frame.gap);
    }
}

void json_output::append_pdu(std::string& to, const record& r) {
    const smpp::header& head = r.pdu.header;
    number(to, ",\"command_id\":", static_cast<std::uint32_t>(head.id));
    to += ",\"name\":\"";
    const std::string_view known = smpp::name(head.id);
    to += known.empty() ? "unknown" : known;
    number(to, "\",\"command_status\":", static_cast<std::uint32_t>(head.status));
    number(to, ",\"sequence_number\":", head.sequence_number);
    if (r.frame.kind == frame_kind::truncated) {
        to += ",\"truncated\":true";
        number(to, ",\"captured\":", r.frame.octets.size());
    } else if (options_.show_secrets) {
        append_fields(to, r.pdu.body);
    } else {
        smpp::body_view body = r.pdu.body;
        mask_passwords(body);
        append_fields(to, body);
    }
    if (options_.names) {
        append_tlv_names(to, r.pdu.body);
    }
    append_text(to, r);
    if (const auto receipt = receipt_of(r, options_.default_alphabet)) {
        append_receipt(to, *receipt);
    }
    if (options_.hex || r.failure) {
        append_hex_member(to, masked_octets(r, options_.show_secrets));
    }
}

void json_output::append_text(std::string& to, const record& r) const {
    if (const auto message = message_of(r.pdu.body, options_.default_alphabet)) {
        to += ",\"text\":";
        smpp::append_json_string(to, message->text);
    }
    if (!r.whole_text.empty()) {
        to += ",\"whole_text\":";
        smpp::append_json_string(to, r.whole_text);
    }
}

}  // namespace smpp_dump
