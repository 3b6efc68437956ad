#include "smpp-dump/filter_field.hpp"

#include "smpp-dump/dlr.hpp"
#include "smpp-dump/wireshark_field.hpp"

namespace smpp_dump {
namespace {

using smpp::alphabet;

bool has_header(const record& r) { return r.frame.kind != frame_kind::garbage; }

const end_point& end_of(const record& r, bool source) {
    return source == r.from_client ? r.session->client : r.session->server;
}

enum class family : std::uint8_t { any, v6 };

/// Sessions that are not of a capture have none.
template <bool Source, bool Destination, family Only = family::any>
void give_ip(const filter_field&, const record& r, alphabet, value_sink& to) {
    for (const bool source : {true, false}) {
        const end_point& end = end_of(r, source);
        if ((source ? Source : Destination) && end.port != 0 &&
            (Only == family::any || end.address.v6)) {
            to.text({reinterpret_cast<const char*>(end.address.octets.data()),
                     end.address.v6 ? 16U : 4U});
        }
    }
}

/// It is of a capture.
void give_carried(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (r.session->client.port != 0) {
        to.number(1);
    }
}

template <bool Source, bool Destination>
void give_port(const filter_field&, const record& r, alphabet, value_sink& to) {
    for (const bool source : {true, false}) {
        if (source ? Source : Destination) {
            to.number(end_of(r, source).port);
        }
    }
}

template <frame_kind Kind>
void give_kind(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (r.frame.kind == Kind) {
        to.number(1);
    }
}

void give_latency(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (r.request) {
        const std::int64_t took = r.frame.last.time - r.request->time;
        to.number(took < 0 ? 0 : static_cast<std::uint64_t>(took));
    }
}

template <answer_fault Fault>
void give_fault(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (r.fault == Fault) {
        to.number(1);
    }
}

template <std::string smpp::receipt::*Part>
void give_receipt(const filter_field&, const record& r, alphabet standard, value_sink& to) {
    const auto found = receipt_of(r, standard);
    if (found && !((*found).*Part).empty()) {
        to.text((*found).*Part);
    }
}

void give_is_receipt(const filter_field&, const record& r, alphabet standard, value_sink& to) {
    if (receipt_of(r, standard)) {
        to.number(1);
    }
}

std::string_view state_name(const record& r) {
    return r.frame.kind == frame_kind::whole       ? name(r.frame.state)
           : r.frame.kind == frame_kind::truncated ? "truncated"
                                                   : "garbage";
}

struct row {
    std::string_view name;
    field_kind kind;
    filter_field::giver give;
};

void give_command(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (has_header(r)) {
        to.number(static_cast<std::uint32_t>(r.pdu.header.id));
    }
}

/// As in Wireshark, requests have none.
void give_status(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (has_header(r) && smpp::is_response(r.pdu.header.id)) {
        to.number(static_cast<std::uint32_t>(r.pdu.header.status));
    }
}

void give_sequence(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (has_header(r)) {
        to.number(r.pdu.header.sequence_number);
    }
}

void give_length(const filter_field&, const record& r, alphabet, value_sink& to) {
    to.number(r.frame.length);
}

void give_text(const filter_field&, const record& r, alphabet standard, value_sink& to) {
    if (r.frame.kind == frame_kind::whole) {
        if (const auto message = message_of(r.pdu.body, standard)) {
            to.text(message->text);
        }
    }
}

void give_problems(const filter_field&, const record& r, alphabet, value_sink& to) {
    std::string problems;
    append_problems(r, problems, "", "; ", "");
    if (!problems.empty()) {
        to.text(problems);
    }
}

void give_moment(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (r.frame.last.time > 0) {
        to.number(static_cast<std::uint64_t>(r.frame.last.time));
    }
}

constexpr row rows[] = {
    {"command_id", field_kind::command, give_command},
    {"command", field_kind::command, give_command},
    {"command_status", field_kind::status, give_status},
    {"status", field_kind::status, give_status},
    {"sequence_number", field_kind::number, give_sequence},
    {"seq", field_kind::number, give_sequence},
    {"command_length", field_kind::number, give_length},
    {"len", field_kind::number, give_length},
    {"text", field_kind::text, give_text},
    {"message_text", field_kind::text, give_text},
    {"problem", field_kind::text, give_problems},
    {"state", field_kind::text, [](auto&, auto& r, auto, auto& to) { to.text(state_name(r)); }},
    {"truncated", field_kind::number, give_kind<frame_kind::truncated>},
    {"garbage", field_kind::number, give_kind<frame_kind::garbage>},
    {"latency", field_kind::duration, give_latency},
    {"session", field_kind::number,
     [](auto&, auto& r, auto, auto& to) { to.number(r.session->number); }},
    {"session.system_id", field_kind::text,
     [](auto&, auto& r, auto, auto& to) { to.text(r.session->system_id); }},
    {"from", field_kind::text,
     [](auto&, auto& r, auto, auto& to) { to.text(r.from_client ? "esme" : "mc"); }},
    {"src", field_kind::text, [](auto&, auto& r, auto, auto& to) { to.text(r.source()); }},
    {"dst", field_kind::text, [](auto&, auto& r, auto, auto& to) { to.text(r.destination()); }},
    {"ip.src", field_kind::address, give_ip<true, false>},
    {"ip.dst", field_kind::address, give_ip<false, true>},
    {"ip.addr", field_kind::address, give_ip<true, true>},
    {"ipv6.src", field_kind::address, give_ip<true, false, family::v6>},
    {"ipv6.dst", field_kind::address, give_ip<false, true, family::v6>},
    {"ipv6.addr", field_kind::address, give_ip<true, true, family::v6>},
    {"ip", field_kind::number, give_carried},
    {"tcp", field_kind::number, give_carried},
    {"smpp", field_kind::number,
     [](auto&, auto& r, auto, auto& to) {
         if (has_header(r)) {
             to.number(1);
         }
     }},
    {"tcp.stream", field_kind::number,
     [](auto&, auto& r, auto, auto& to) { to.number(r.session->stream); }},
    {"tcp.srcport", field_kind::number, give_port<true, false>},
    {"tcp.dstport", field_kind::number, give_port<false, true>},
    {"tcp.port", field_kind::number, give_port<true, true>},
    {"frame.number", field_kind::number,
     [](auto&, auto& r, auto, auto& to) { to.number(r.frame.last.frame); }},
    {"frame", field_kind::number,
     [](auto&, auto& r, auto, auto& to) { to.number(r.frame.last.frame); }},
    {"frame.len", field_kind::number,
     [](auto&, auto& r, auto, auto& to) { to.number(r.frame.last.wire_length); }},
    {"frame.time", field_kind::time, give_moment},
    {"frame.time_epoch", field_kind::duration, give_moment},
    {"answered", field_kind::number,
     [](auto&, auto& r, auto, auto& to) {
         if (r.answered) {
             to.number(1);
         }
     }},
    {"missing", field_kind::number,
     [](auto&, auto& r, auto, auto& to) {
         if (!r.answered) {
             to.number(1);
         }
     }},
    {"late", field_kind::number, give_fault<answer_fault::late>},
    {"duplicate", field_kind::number, give_fault<answer_fault::duplicate>},
    {"unsolicited", field_kind::number, give_fault<answer_fault::unsolicited>},
    {"mismatched", field_kind::number, give_fault<answer_fault::mismatched>},
    {"dlr", field_kind::number, give_is_receipt},
    {"dlr.id", field_kind::text, give_receipt<&smpp::receipt::id>},
    {"dlr.state", field_kind::text, give_receipt<&smpp::receipt::stat>},
    {"dlr.stat", field_kind::text, give_receipt<&smpp::receipt::stat>},
    {"dlr.err", field_kind::text, give_receipt<&smpp::receipt::err>},
};

}  // namespace

std::optional<filter_field> find_filter_field(std::string_view name) {
    if (name.starts_with("smpp.")) {
        name.remove_prefix(5);
    }
    for (const row& each : rows) {
        if (each.name == name) {
            return filter_field{.name = std::string(name), .kind = each.kind, .give = each.give};
        }
    }
    if (auto made = find_wireshark_field(name)) {
        return made;
    }
    return find_body_field(name);
}

std::vector<std::string> own_field_names() {
    std::vector<std::string> names;
    for (const row& each : rows) {
        names.emplace_back(each.name);
    }
    return names;
}

}  // namespace smpp_dump
