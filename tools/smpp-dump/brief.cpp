#include "smpp-dump/brief.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/columns.hpp"
#include "smpp-dump/message_part.hpp"
#include "smpp/text/udh.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp_dump {
namespace {

auto appender(std::string& to) { return std::back_inserter(to); }

/// Stands for itself between quotes, each octet a column.
bool is_plain(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    });
}

void append_character(std::string& to, char32_t c, std::string_view octets) {
    if (c == '\n') {
        to += "\\n";
    } else if (c == '\r') {
        to += "\\r";
    } else if (c == '"' || c == '\\') {
        to += '\\';
        to += octets;
    } else if (is_harmless(c)) {
        to += octets;
    } else if (c < 0x80 || c == smpp::utf8::invalid) {
        fmt::format_to(appender(to), "\\x{:02x}", static_cast<unsigned char>(octets.front()));
    } else {
        fmt::format_to(appender(to), "\\u{:04x}", static_cast<std::uint32_t>(c));
    }
}

void append_address(std::string& to, const smpp::address_view& address) {
    if (address.ton == smpp::ton::international && !address.digits.starts_with('+')) {
        to += '+';
    }
    append_printable(to, address.digits);
    if (address.digits.empty()) {
        to += '-';
    }
}

template <class Body>
void append_addresses(std::string& to, const Body& body) {
    if constexpr (requires {
                      body.source.digits;
                      body.destination.digits;
                  }) {
        to += ' ';
        append_address(to, body.source);
        to += " -> ";
        append_address(to, body.destination);
    } else if constexpr (requires {
                             body.source.digits;
                             body.dest_address;
                         }) {
        to += ' ';
        append_address(to, body.source);
        fmt::format_to(appender(to), " -> {} destinations", body.dest_address.size());
    }
}

template <class Body>
void append_ids(std::string& to, const Body& body) {
    if constexpr (requires { body.system_id; }) {
        to += " system_id=";
        append_quoted(to, body.system_id);
    }
    if constexpr (requires { body.interface_version; }) {
        fmt::format_to(appender(to), " version={:x}.{:x}",
                       static_cast<unsigned>(body.interface_version) >> 4,
                       static_cast<unsigned>(body.interface_version) & 0x0F);
    }
    if constexpr (requires { body.message_id; }) {
        if (!body.message_id.empty()) {
            to += " id=";
            append_quoted(to, body.message_id);
        }
    }
}

template <class Part>
void append_part(std::string& to, const Part& part, bool short_form) {
    if (short_form) {
        fmt::format_to(appender(to), " {}/{}", part.number, part.total);
    } else {
        fmt::format_to(appender(to), " part {}/{} of {}", part.number, part.total, part.reference);
    }
}

void append_message(std::string& to, const record& r, const message_text& message,
                    const brief_room& room) {
    to += ' ';
    to += name(message.alphabet);
    if (const auto part = smpp::udh::find_concat(message.header)) {
        append_part(to, *part, room.narrow);
    } else if (const auto sar = part_of(r)) {
        append_part(to, *sar, room.narrow);
    } else if (!message.header.empty()) {
        to += " udh=";
        smpp::append_hex(to, message.header);
    }
    to += ' ';
    append_quoted(to, message.text, room.text);
}

void append_latency(std::string& to, std::int64_t nanoseconds) {
    fmt::format_to(appender(to), " {:.3f} ms", static_cast<double>(nanoseconds) / 1e6);
}

}  // namespace

void append_quoted(std::string& to, std::string_view text, int most) {
    if (is_plain(text) && text.size() <= static_cast<std::size_t>(most)) {
        to.append(1, '"').append(text).append(1, '"');
        return;
    }
    to += '"';
    std::size_t fits = to.size();  // with the mark behind it
    int columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        const std::size_t before = to.size();
        append_character(to, next.code_point, text.substr(at, next.size));
        at += next.size;
        if (most == INT_MAX) {
            continue;
        }
        columns += columns_of(std::string_view(to).substr(before));
        if (columns > most) {
            to.resize(fits);
            to += "\u2026";
            break;
        }
        fits = columns < most ? to.size() : fits;
    }
    to += '"';
}

void append_brief(std::string& to, const record& r, smpp::alphabet default_alphabet,
                  const brief_room& room) {
    const smpp::header& head = r.pdu.header;
    fmt::format_to(appender(to), "{} seq={}", command_name(head.id), head.sequence_number);
    if (smpp::is_response(head.id) || head.status != smpp::command_status::ok) {
        to += ' ';
        to += name_or_number(head.status);
    }
    if (r.frame.kind == frame_kind::whole) {
        std::visit(
            [&](const auto& body) {
                append_addresses(to, body);
                append_ids(to, body);
            },
            r.pdu.body);
        if (const auto message = message_of(r.pdu.body, default_alphabet)) {
            append_message(to, r, *message, room);
        }
    }
    if (r.request && r.request->time != 0) {
        append_latency(to, r.frame.last.time - r.request->time);
    }
    append_problems(r, to, " [", "; ", "]");
}

}  // namespace smpp_dump
