#include "smpp-dump/ladder_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/brief.hpp"
#include "smpp-dump/dlr.hpp"

namespace smpp_dump {
namespace {

constexpr std::string_view page_head =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>SMPP "
    "sessions</title>\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n<style>\n"
    "body{font:14px system-ui,sans-serif;color-scheme:light dark;margin:1em}\n"
    "section{margin:2em 0}h2{font-size:1em;margin:0}p{margin:.2em 0 .6em 8em}\n"
    ".ends{display:flex;justify-content:space-between;margin-left:8em;font-weight:bold;"
    "position:sticky;top:0;background:Canvas;z-index:1}\n"
    "table{border-collapse:collapse;width:100%}td{padding:.3em 0}\n"
    "td:first-child{text-align:right;vertical-align:bottom;color:gray;width:7em;"
    "padding-right:1em;"
    "font-variant-numeric:tabular-nums}\n"
    "td.c,td.s{border-left:2px solid gray;border-right:2px solid gray;font-family:monospace;"
    "white-space:pre-wrap;word-break:break-word}td.s{text-align:right}\n"
    "td span{display:block;position:relative;border-bottom:1px solid;"
    "padding:0 1em .25em;line-height:1.3}\n"
    "td span::after{content:\"\";position:absolute;bottom:-5px;border:5px solid transparent}\n"
    "td.c span::after{right:0;border-left-color:currentColor;border-right:0}\n"
    "td.s span::after{left:0;border-right-color:currentColor;border-left:0}\n"
    "tr:target{background:#8884}.bad{color:crimson}\n</style></head><body>\n";

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

void add_mermaid(std::string& to, const record& r, const std::string& label) {
    const bool answer = r.frame.kind != frame_kind::garbage && smpp::is_response(r.pdu.header.id);
    fmt::format_to(appender(to), "    {}{}{}: ", r.from_client ? 'C' : 'S',
                   is_bad(r) ? (answer ? "--x" : "-x")
                   : answer  ? "-->>"
                             : "->>",
                   r.from_client ? 'S' : 'C');
    append_mermaid(to, label);
    to += '\n';
}

/// The place of the response that gave a message its id, for its receipts.
std::string anchor(std::string_view message_id) {
    return "m-" + smpp::to_hex(smpp::as_octets(smpp::message_id_key(message_id)));
}

}  // namespace

void ladder_output::begin() {
    if (begun_) {
        return;
    }
    begun_ = true;
    if (look_.format == ladder_format::html) {
        out_->line() += page_head;
    }
}

ladder_output::course& ladder_output::course_of(const session& s, std::int64_t time) {
    const auto [at, fresh] = courses_.try_emplace(s.number);
    if (fresh) {
        at->second.began = time;
        at->second.title = fmt::format("#{} {} \u2194 {}", s.number, s.client_name, s.server_name);
        at->second.client = s.client_name;
        at->second.server = s.server_name;
    }
    return at->second;
}

void ladder_output::on_record(const record& r) {
    begin();
    course& of = course_of(*r.session, r.frame.last.time);
    const std::size_t before = of.lines.size();
    const bool again =
        look_.live && look_.format == ladder_format::text && shown_ != r.session->number;
    if (!of.headed || again) {
        add_heading(of, *r.session);
    }
    ++of.pdus;
    add_rung(of, r);
    kept_ += of.lines.size() - before;
    const bool at_once = look_.live && look_.format == ladder_format::text;
    if (at_once) {
        show(r.session->number, of);
    } else if (look_.format != ladder_format::html && !look_.live) {
        show_next();
    }
    if (kept_ > most_kept && look_.format != ladder_format::html) {
        for (auto& [number, each] : courses_) {
            show(number, each);
        }
    }
}

void ladder_output::on_session_end(const session& s) {
    const bool known = courses_.contains(s.number);
    if (!known && (!s.failed || options_.filtered)) {
        return;
    }
    begin();
    course& of = course_of(s, s.ended_at);
    const std::size_t before = of.lines.size();
    if (!of.headed) {
        add_heading(of, s);
    }
    add_ending(of, s);
    of.ended = true;
    kept_ += of.lines.size() - before;
    show_next();
}

/// The first session that goes on, and before it those that have ended.
void ladder_output::show_next() {
    while (!courses_.empty()) {
        const auto first = look_.live ? std::find_if(courses_.begin(), courses_.end(),
                                                     [](const auto& c) { return c.second.ended; })
                                      : courses_.begin();
        if (first == courses_.end()) {
            return;
        }
        if (first->second.ended || look_.format != ladder_format::html) {
            show(first->first, first->second);
        }
        if (first->second.ended && fenced_ == first->first) {
            close_fence();
        }
        if (!first->second.ended) {
            return;
        }
        courses_.erase(first);
    }
}

void ladder_output::show(std::uint32_t number, course& of) {
    if (!of.lines.empty()) {
        shown_ = number;
        kept_ -= of.lines.size();
        if (look_.format == ladder_format::mermaid && fenced_ != number) {
            open_fence(number, of);
        }
        write(of.lines);
    }
}

/// A file of mermaid holds one diagram, a document of Markdown as many as there are sessions.
void ladder_output::open_fence(std::uint32_t number, const course& of) {
    close_fence();
    fenced_ = number;
    out_->line() += fmt::format(
        "### {}\n\n```mermaid\nsequenceDiagram\n    participant C as {}\n    participant S as "
        "{}",
        of.title, of.client, of.server);
    out_->end_of_line();
}

void ladder_output::close_fence() {
    if (fenced_ != 0) {
        fenced_ = 0;
        out_->line() += "```\n";
        out_->end_of_line();
    }
}

void ladder_output::write(std::string& lines) {
    lines.pop_back();  // its end of line
    out_->line() += lines;
    out_->end_of_line();
    lines.clear();
}

void ladder_output::add_heading(course& of, const session& s) {
    of.headed = true;
    std::string& to = of.lines;
    if (look_.format == ladder_format::text) {
        const std::size_t room = std::max<std::size_t>(look_.width, 40) - 14;
        const std::string left = fmt::format("#{} {}", s.number, s.client_name);
        fmt::format_to(appender(to), "{:14}{}{:>{}}\n", "", left, s.server_name,
                       room > left.size() ? room - left.size() : s.server_name.size() + 1);
    }  // that of a page says how it ended, and that of a diagram comes when it is shown
}

void ladder_output::add_rung(course& of, const record& r) {
    std::string label;
    if (r.frame.gap > 0) {
        fmt::format_to(appender(label), "({} octets missing) ", r.frame.gap);
    }
    if (r.frame.kind == frame_kind::garbage) {
        fmt::format_to(appender(label), "{} octets of no PDU", r.frame.length);
    } else {
        append_brief(label, r, options_.default_alphabet);
    }
    const double seconds = static_cast<double>(r.frame.last.time - of.began) / 1e9;
    switch (look_.format) {
        case ladder_format::text: add_text(of.lines, r, label, seconds); break;
        case ladder_format::mermaid: add_mermaid(of.lines, r, label); break;
        case ladder_format::html: add_html(of.lines, r, label, seconds); break;
    }
}

void ladder_output::add_text(std::string& to, const record& r, const std::string& label,
                             double seconds) const {
    const std::size_t room = std::max<std::size_t>(look_.width, 40) - 14 - 7;
    const std::string shown = fitting(label, room);
    const std::string rest(room - std::min(room, columns_of(shown)), '-');
    fmt::format_to(appender(to), "{:>11.3f} s ", seconds);
    if (r.from_client) {
        fmt::format_to(appender(to), "|- {} {}->|\n", shown, rest);
    } else {
        fmt::format_to(appender(to), "|<-{} {} -|\n", rest, shown);
    }
}

/// The row of a receipt leads to that of its submit's response.
void ladder_output::add_html(std::string& to, const record& r, const std::string& label,
                             double seconds) const {
    to += "<tr";
    const auto* const answer = std::get_if<smpp::submit_sm_resp_view>(&r.pdu.body);
    if (r.frame.kind == frame_kind::whole && answer != nullptr && !answer->message_id.empty()) {
        fmt::format_to(appender(to), " id=\"{}\"", anchor(answer->message_id));
    }
    fmt::format_to(appender(to), "{}><td>{:.3f} s</td><td class=\"{}\"><span>",
                   is_bad(r) ? " class=\"bad\"" : "", seconds, r.from_client ? 'c' : 's');
    append_html(to, label);
    if (!r.from_client && receipt_of(r, options_.default_alphabet)) {
        const std::string id = receipted_id(r, options_.default_alphabet);
        if (!id.empty()) {
            fmt::format_to(appender(to), " <a href=\"#{}\">submitted here</a>", anchor(id));
        }
    }
    to += "</span></td></tr>\n";
}

void ladder_output::add_ending(course& of, const session& s) {
    const double seconds = static_cast<double>(s.ended_at - of.began) / 1e9;
    std::string& to = of.lines;
    if (look_.format == ladder_format::html) {
        std::string head;
        fmt::format_to(appender(head), "<section id=\"s{}\"><h2>", s.number);
        append_html(head, of.title);
        std::string about = fmt::format("{} PDUs", of.pdus);
        about += s.system_id.empty() ? "" : fmt::format(", system_id {}", s.system_id);
        about += s.ending.empty() ? "" : fmt::format(", {}", s.ending);
        head += s.failed ? "</h2><p class=\"bad\">" : "</h2><p>";
        append_html(head, about);
        head += "</p><div class=\"ends\"><span>";
        append_html(head, s.client_name);
        head += "</span><span>";
        append_html(head, s.server_name);
        head += "</span></div><table>\n";
        to.insert(0, head);
        to += "</table></section>\n";
        if (constexpr std::size_t most = 10'000; summary_.size() < most) {
            std::string line = fmt::format("<li><a href=\"#s{}\">", s.number);
            append_html(line, of.title);
            line += "</a>: ";
            append_html(line, about);
            summary_.push_back(line + "</li>\n");
        }
    } else if (!s.ending.empty() && look_.format == ladder_format::text) {
        fmt::format_to(appender(to), "{:>11.3f} s {}\n", seconds, s.ending);
    } else if (!s.ending.empty()) {
        to += "    Note over C,S: ";
        append_mermaid(to, s.ending);
        to += '\n';
    }
}

void ladder_output::finish() {
    begin();
    if (look_.format == ladder_format::html) {
        std::string& to = out_->line();
        for (const auto& [number, each] : courses_) {  // of which nobody said that they ended
            to += "<section><table>\n" + each.lines + "</table></section>\n";
        }
        to += summary_.empty() ? "" : "<h2>Sessions</h2><ul>\n";
        for (const std::string& line : summary_) {
            to += line;
        }
        to += summary_.empty() ? "</body></html>" : "</ul></body></html>";
        out_->end_of_line();
        return;
    }
    for (auto& [number, each] : courses_) {
        show(number, each);
    }
    close_fence();
}

}  // namespace smpp_dump
