#include "smpp-dump/csv_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/columns.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp_dump {
namespace {

struct addresses {
    std::string_view from{};
    std::string_view to{};
    std::string_view message_id{};
};

/// Without what would move the cursor of a terminal, or colour it; what is no UTF-8 is U+FFFD.
std::string harmless(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        const bool space =
            next.code_point == '\n' || next.code_point == '\r' || next.code_point == '\t';
        if (next.code_point == smpp::utf8::invalid) {
            out += "\uFFFD";
        } else if (space || is_harmless(next.code_point)) {
            out += text.substr(at, next.size);
        } else {
            out += ' ';
        }
        at += next.size;
    }
    return out;
}

addresses addresses_of(const smpp::body_view& any) {
    return std::visit(
        [](const auto& body) {
            addresses out;
            if constexpr (requires { body.source.digits; }) {
                out.from = body.source.digits;
            }
            if constexpr (requires { body.destination.digits; }) {
                out.to = body.destination.digits;
            }
            if constexpr (requires { body.message_id; }) {
                out.message_id = body.message_id;
            }
            return out;
        },
        any);
}

}  // namespace

csv_output::csv_output(octet_writer& out, const output_options& options)
    : out_(&out), options_(options) {
    out_->line() +=
        "time,session,frame,source,destination,command,sequence_number,status,from,to,message_id,"
        "coding,text,latency_us,problems\r";
    out_->end_of_line();
}

/// Quoted where it has to be. A cell that a spreadsheet would take for a formula begins with a "'".
void csv_output::cell(std::string& to, std::string_view given) {
    const bool plain =
        std::all_of(given.begin(), given.end(), [](char c) { return c >= ' ' && c <= '~'; });
    const std::string changed = plain ? std::string() : harmless(given);
    const std::string_view text = plain ? given : changed;
    to += ',';
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    if (!formula && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        to += text;
        return;
    }
    to += formula ? "\"'" : "\"";
    for (const char c : text) {
        to.append(c == '"' ? 2 : 1, c);
    }
    to += '"';
}

void csv_output::on_record(const record& r) {
    std::string& to = out_->line();
    if (r.frame.last.time != 0) {
        times_.append(to, r.frame.last.time);
    }
    fmt::format_to(std::back_inserter(to), ",{},{},{},{}", r.session->number, r.frame.last.frame,
                   r.source(), r.destination());
    const smpp::header& head = r.pdu.header;
    const bool garbage = r.frame.kind == frame_kind::garbage;
    cell(to, garbage ? "garbage" : command_name(head.id));
    cell(to, garbage ? "" : fmt::format("{}", head.sequence_number));
    cell(to, !garbage && smpp::is_response(head.id) ? name_or_number(head.status) : std::string());
    const addresses who = addresses_of(r.pdu.body);
    cell(to, who.from);
    cell(to, who.to);
    cell(to, who.message_id);
    const auto message = message_of(r.pdu.body, options_.default_alphabet);
    cell(to, message ? name(message->alphabet) : std::string_view());
    cell(to, message ? message->text : std::string());
    cell(to, r.request && r.request->time != 0
                 ? fmt::format("{}", (r.frame.last.time - r.request->time) / 1000)
                 : "");
    std::string problems;
    append_problems(r, problems, "", "; ", "");
    cell(to, problems);
    to += '\r';
    out_->end_of_line();
}

}  // namespace smpp_dump
