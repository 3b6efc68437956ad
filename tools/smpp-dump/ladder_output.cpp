#include "smpp-dump/ladder_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/brief.hpp"

namespace smpp_dump {
namespace {

constexpr std::string_view page_head =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>SMPP "
    "sessions</title>\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n<style>\n"
    "body{font:14px system-ui,sans-serif;color-scheme:light dark;margin:1em}\n"
    "table{border-collapse:collapse;width:100%}td{padding:.15em .5em}\n"
    "td:first-child{text-align:right;color:gray;width:7em;font-variant-numeric:tabular-nums}\n"
    "td.c,td.s{border-left:1px solid gray;border-right:1px solid gray;font-family:monospace;"
    "white-space:pre-wrap;word-break:break-word}\n"
    "td.s{text-align:right}td.c::after{content:\" \\2192\"}td.s::before{content:\"\\2190 \"}\n"
    "tr.bad td{color:crimson}h2{font-size:1em}\n</style></head><body>\n";

auto appender(std::string& to) { return std::back_inserter(to); }

/// Cut at a character, with an ellipsis where something is left out.
std::string fitting(const std::string& text, std::size_t columns) {
    std::size_t seen = 0;
    std::size_t last = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) {
            continue;
        }
        if (++seen == columns) {
            last = at;
        }
    }
    return seen <= columns ? text : text.substr(0, last) + "\u2026";
}

std::size_t columns_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    }));
}

void append_html(std::string& to, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': to += "&amp;"; break;
            case '<': to += "&lt;"; break;
            case '>': to += "&gt;"; break;
            case '"': to += "&quot;"; break;
            default: to += c;
        }
    }
}

/// A number sign begins an entity in mermaid, a semicolon ends a statement.
void append_mermaid(std::string& to, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '#': to += "#35;"; break;
            case ';': to += "#59;"; break;
            default: to += c;
        }
    }
}

bool is_bad(const record& r) noexcept {
    return r.failure || r.frame.kind != frame_kind::whole ||
           (smpp::is_response(r.pdu.header.id) && r.pdu.header.status != smpp::command_status::ok);
}

}  // namespace

void ladder_output::begin() {
    begun_ = true;
    if (format_ == ladder_format::mermaid) {
        out_->line() += "sequenceDiagram";
        out_->end_of_line();
    } else if (format_ == ladder_format::html) {
        out_->line() += page_head;
    }
}

void ladder_output::on_record(const record& r) {
    if (!begun_) {
        begin();
    }
    const auto [first, fresh] = began_.emplace(r.session->number, r.frame.last.time);
    if (fresh || (shown_ != r.session->number && format_ != ladder_format::mermaid)) {
        announce(r);
    }
    shown_ = r.session->number;
    std::string label;
    if (r.frame.gap > 0) {
        fmt::format_to(appender(label), "({} octets missing) ", r.frame.gap);
    }
    if (r.frame.kind == frame_kind::garbage) {
        fmt::format_to(appender(label), "{} octets of no PDU", r.frame.length);
    } else {
        append_brief(label, r, options_.default_alphabet);
    }
    const double seconds = static_cast<double>(r.frame.last.time - first->second) / 1e9;
    switch (format_) {
        case ladder_format::text: add_text(r, label, seconds); break;
        case ladder_format::mermaid: add_mermaid(r, label); break;
        case ladder_format::html: add_html(r, label, seconds); break;
    }
}

void ladder_output::announce(const record& r) {
    const session& s = *r.session;
    std::string& to = out_->line();
    switch (format_) {
        case ladder_format::text: {
            const std::size_t room = width_ - 14;
            const std::string left = fmt::format("#{} {}", s.number, s.client_name);
            fmt::format_to(appender(to), "{:14}{}{:>{}}", "", left, s.server_name,
                           room > left.size() ? room - left.size() : s.server_name.size() + 1);
            out_->end_of_line();
            break;
        }
        case ladder_format::mermaid:
            fmt::format_to(appender(to), "    participant C{0} as {1}\n    participant S{0} as {2}",
                           s.number, s.client_name, s.server_name);
            out_->end_of_line();
            break;
        case ladder_format::html:
            if (shown_ != 0) {
                to += "</table>\n";
            }
            fmt::format_to(appender(to), "<h2>#{} {} \u2194 {}</h2><table>", s.number,
                           s.client_name, s.server_name);
            out_->end_of_line();
            break;
    }
}

void ladder_output::add_text(const record& r, const std::string& label, double seconds) {
    const std::size_t room = std::max<std::size_t>(width_, 40) - 14 - 7;
    const std::string shown = fitting(label, room);
    const std::string rest(room - std::min(room, columns_of(shown)), '-');
    std::string& to = out_->line();
    fmt::format_to(appender(to), "{:>11.3f} s ", seconds);
    if (r.from_client) {
        fmt::format_to(appender(to), "|- {} {}->|", shown, rest);
    } else {
        fmt::format_to(appender(to), "|<-{} {} -|", rest, shown);
    }
    out_->end_of_line();
}

void ladder_output::add_mermaid(const record& r, const std::string& label) {
    std::string& to = out_->line();
    const bool answer = r.frame.kind != frame_kind::garbage && smpp::is_response(r.pdu.header.id);
    fmt::format_to(appender(to), "    {}{}{}{}{}: ", r.from_client ? 'C' : 'S', r.session->number,
                   is_bad(r) ? (answer ? "--x" : "-x")
                   : answer  ? "-->>"
                             : "->>",
                   r.from_client ? 'S' : 'C', r.session->number);
    append_mermaid(to, label);
    out_->end_of_line();
}

void ladder_output::add_html(const record& r, const std::string& label, double seconds) {
    std::string& to = out_->line();
    fmt::format_to(appender(to), "<tr{}><td>{:.3f} s</td><td class=\"{}\">",
                   is_bad(r) ? " class=\"bad\"" : "", seconds, r.from_client ? 'c' : 's');
    append_html(to, label);
    to += "</td></tr>";
    out_->end_of_line();
}

void ladder_output::finish() {
    if (!begun_) {
        begin();
    }
    if (format_ == ladder_format::html) {
        out_->line() += shown_ != 0 ? "</table></body></html>" : "</body></html>";
        out_->end_of_line();
    }
}

}  // namespace smpp_dump
