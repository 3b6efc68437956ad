#include "smpp-dump/text_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/columns.hpp"

namespace smpp_dump {
namespace {

constexpr std::string_view plain = "\033[0m";
constexpr std::string_view red = "\033[31m";
constexpr std::string_view yellow = "\033[33m";
constexpr std::string_view grey = "\033[90m";

auto appender(std::string& to) { return std::back_inserter(to); }

}  // namespace

void text_output::on_record(const record& r) {
    announce(*r.session);
    std::string& to = out_->line();
    if (r.frame.gap > 0) {
        times_.append(to, r.frame.first.time);
        fmt::format_to(appender(to), " #{} {} gap: {} octets are missing, resumed at octet {}",
                       r.session->number, r.from_client ? '>' : '<', r.frame.gap, r.frame.offset);
        out_->end_of_line();
    }
    const bool bad = r.failure || r.frame.kind != frame_kind::whole;
    const auto status = r.pdu.header.status;
    const bool refused = smpp::is_response(r.pdu.header.id) && status != smpp::command_status::ok;
    const std::string_view colour = !options_.colour             ? std::string_view{}
                                    : bad                        ? red
                                    : !refused                   ? std::string_view{}
                                    : smpp::is_temporary(status) ? yellow
                                                                 : red;
    to += colour;
    append_fitting(to, r);
    to += colour.empty() ? std::string_view{} : plain;
    out_->end_of_line();
    if (options_.hex) {
        append_hex_dump(*out_, masked_octets(r, options_.show_secrets));
    }
}

/// Under a filter only of those of which something was shown.
void text_output::on_session_end(const session& s) {
    const bool shown = going_on_.erase(s.number) > 0;
    if (s.ending.empty() || (!shown && (options_.filtered || !s.failed))) {
        return;
    }
    announce(s);
    going_on_.erase(s.number);
    std::string& to = out_->line();
    to += !options_.colour ? std::string_view{} : s.failed ? red : grey;
    times_.append(to, s.ended_at);
    fmt::format_to(appender(to), " #{} {}", s.number, s.ending);
    to += options_.colour ? plain : std::string_view{};
    out_->end_of_line();
}

void text_output::announce(const session& s) {
    if (s.number != last_) {
        last_ = s.number;
        going_on_.insert(s.number);
    }
    if (s.number > announced_) {
        announced_ = s.number;
        std::string& to = out_->line();
        to += options_.colour ? grey : std::string_view{};
        fmt::format_to(appender(to), "session #{}: {} > {}", s.number, s.client_name,
                       s.server_name);
        to += options_.colour ? plain : std::string_view{};
        out_->end_of_line();
    }
}

/// What does not fit the line is taken from the message's text: what follows it stays in sight.
/// Where that is not enough, the line is short for what it says, and then it is cut.
void text_output::append_fitting(std::string& to, const record& r) {
    const std::size_t begin = to.size();
    const auto columns = [&] { return columns_of(std::string_view(to).substr(begin)); };
    const auto write = [&](const brief_room& room) {
        to.resize(begin);
        append_pdu(to, r, room);
    };
    write({});
    // Asked for each line: the window may have another size now.
    const int room = options_.columns.value_or(terminal_columns());
    if (room == 0 || columns() <= room) {
        return;
    }
    constexpr int least = 8;
    const int texts = r.whole_text.empty() ? 1 : 2;
    bool narrow = false;
    write({least, narrow});
    if (columns() > room) {
        narrow = true;
        write({least, narrow});
    }
    if (const int more = (room - columns()) / texts; more > 0) {
        write({least + more, narrow});
    }
    shorten(to, begin, room);
}

void text_output::append_pdu(std::string& to, const record& r, const brief_room& room) {
    if (r.frame.last.time != 0) {
        times_.append(to, r.frame.last.time);
        to += ' ';
    }
    fmt::format_to(appender(to), "#{} {} ", r.session->number, r.from_client ? '>' : '<');
    if (r.frame.kind == frame_kind::garbage) {
        fmt::format_to(
            appender(to), "{} octets of no PDU: {}", r.frame.length,
            smpp::to_hex(r.frame.octets.first(std::min<std::size_t>(16, r.frame.octets.size()))));
        return;
    }
    append_brief(to, r, options_.default_alphabet, room);
    if (!r.whole_text.empty()) {
        to += " whole ";
        append_quoted(to, r.whole_text, room.text);
    }
}

}  // namespace smpp_dump
