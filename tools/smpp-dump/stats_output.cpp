#include "smpp-dump/stats_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp/visitors/json.hpp"

namespace smpp_dump {
namespace {

/// "1 receipt", "2 receipts"
std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}
std::string counted_have(std::uint64_t count) {
    return fmt::format("{} {}", count, count == 1 ? "has" : "have");
}

}  // namespace

void stats_output::pace::add(std::int64_t time) noexcept {
    if (const std::int64_t now = time / 1'000'000'000; now != second) {
        second = now;
        count = 0;
    }
    peak = std::max(peak, ++count);
}

stats_output::figures& stats_output::figures_of(const session& s) {
    figures& f = sessions_[s.number];
    if (f.title.empty()) {
        f.title = fmt::format("session #{}: {} > {}", s.number, s.client_name, s.server_name);
        f.about = s;
    }
    return f;
}

void stats_output::on_record(const record& r) {
    const bool wanted = !wanted_ || wanted_->matches(r);
    figures& f = figures_of(*r.session);
    count_outstanding(f, r, wanted);
    if (!wanted) {
        return;
    }
    f.first = f.first == 0 ? r.frame.first.time : f.first;
    f.last = r.frame.last.time;
    f.octets += r.frame.octets.size();
    if (r.frame.kind != frame_kind::whole) {
        ++(r.frame.kind == frame_kind::garbage ? f.garbage : f.truncated);
        return;
    }
    f.bad += r.failure || !r.deviations.empty() ? 1U : 0U;
    f.seconds.add(f.last);
    seconds_.add(f.last);
    ++f.commands[r.pdu.header.id];
    if (const std::string stat = receipts_.add(r); !stat.empty()) {
        constexpr std::size_t most = 32;  // a peer may invent words
        ++f.receipts[f.receipts.size() < most || f.receipts.contains(stat) ? stat : "other words"];
    }
    if (smpp::is_response(r.pdu.header.id)) {
        count_response(f, r);
    } else {
        count_request(f, r);
    }
}

void stats_output::on_session_end(const session& s) {
    receipts_.end(s);
    const auto at = sessions_.find(s.number);
    if (at == sessions_.end() && (!s.failed || wanted_)) {
        return;
    }
    figures& f = figures_of(s);
    f.about = s;
    f.unanswered = f.outstanding[0] + f.outstanding[1];
}

void stats_output::count_outstanding(figures& f, const record& r, bool wanted) {
    const smpp::header& head = r.pdu.header;
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
    const std::size_t by = r.from_client ? 0 : 1;
    if (smpp::is_response(head.id)) {
        f.outstanding[1 - by] -= r.request ? 1 : 0;
    } else if (head.id != smpp::command_id::outbind &&
               head.id != smpp::command_id::alert_notification) {
        ++f.outstanding[by];
        f.window[by] = wanted ? std::max(f.window[by], f.outstanding[by]) : f.window[by];
    }
}

void stats_output::count_response(figures& f, const record& r) {
    ++f.statuses[{r.pdu.header.status, r.pdu.header.id}];
    if (r.request) {
        f.latency.add(r.frame.last.time - r.request->time);
    }
    if (r.fault != answer_fault::none) {
        ++f.faults[r.fault];
    }
}

void stats_output::count_request(figures& f, const record& r) {
    if (r.pdu.header.id == smpp::command_id::enquire_link) {
        if (f.last_enquiry != 0) {
            f.enquiry_gaps.add(std::max<std::int64_t>(0, f.last - f.last_enquiry));
        }
        f.last_enquiry = f.last;
    }
}

void stats_output::line(const std::string& text) {
    out_->line() += text;
    out_->end_of_line();
}

void stats_output::print(const figures& f, bool window) {
    line(f.title);
    std::uint64_t pdus = 0;
    for (const auto& [id, count] : f.commands) {
        pdus += count;
    }
    const double seconds = static_cast<double>(f.last - f.first) / 1e9;
    line(fmt::format("  {}, {} in {:.3f} s{}", counted(pdus, "PDU"), counted(f.octets, "octet"),
                     seconds,
                     seconds > 0 ? fmt::format(": {:.1f} PDUs/s, {} in the busiest second",
                                               static_cast<double>(pdus) / seconds, f.seconds.peak)
                                 : ""));
    for (const auto& [id, count] : f.commands) {
        line(fmt::format("  {:>10} {}", count, command_name(id)));
    }
    print_statuses(f);
    for (const auto& [stat, count] : f.receipts) {
        std::string& to = out_->line();
        fmt::format_to(std::back_inserter(to), "  {:>10} receipt{} with ", count,
                       count == 1 ? "" : "s");
        append_printable(to, stat);
        out_->end_of_line();
    }
    if (f.garbage + f.truncated + f.bad > 0) {
        line(fmt::format("  garbage: {}; truncated: {}; with deviations: {}",
                         counted(f.garbage, "piece"), counted(f.truncated, "PDU"),
                         counted(f.bad, "PDU")));
    }
    print_faults(f);
    print_times("latency of " + counted(f.latency.count(), "response"), f.latency);
    print_times("from one enquire_link to the next", f.enquiry_gaps);
    if (window) {
        line(fmt::format("  most outstanding: {} of the client, {} of the server", f.window[0],
                         f.window[1]));
    }
    for (const auto& [how, count] : f.endings) {
        line(fmt::format("  {:>10} session{} {}", count, count == 1 ? "" : "s", how));
    }
    if (!f.about.ending.empty()) {
        line("  " + f.about.ending);
    }
}

/// A row a status, a column a command; the most frequent first.
void stats_output::print_statuses(const figures& f) {
    std::map<smpp::command_status, std::uint64_t> rows;
    std::map<smpp::command_id, std::uint64_t> columns;
    for (const auto& [key, count] : f.statuses) {
        rows[key.first] += count;
        columns[key.second] += count;
    }
    if (rows.empty() || (rows.size() == 1 && rows.contains(smpp::command_status::ok))) {
        return;
    }
    std::vector<std::pair<smpp::command_status, std::uint64_t>> order(rows.begin(), rows.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text = fmt::format("  {:20}", "status");
    for (const auto& [id, count] : columns) {
        text += fmt::format("  {:>10}", command_name(id));
    }
    line(text);
    for (const auto& [status, count] : order) {
        text = fmt::format("  {:20}", name_or_number(status));
        for (const auto& [id, all] : columns) {
            const auto cell = f.statuses.find({status, id});
            text += fmt::format("  {:>{}}", cell == f.statuses.end() ? 0 : cell->second,
                                std::max<std::size_t>(10, command_name(id).size()));
        }
        line(text);
    }
}

void stats_output::print_faults(const figures& f) {
    const auto count = [&](answer_fault fault) {
        const auto at = f.faults.find(fault);
        return at == f.faults.end() ? std::uint64_t{0} : at->second;
    };
    if (!f.faults.empty() || f.unanswered > 0) {
        line(fmt::format(
            "  {} without a response; responses: {} late, {} duplicate, {} "
            "unsolicited, {} to another command",
            counted(static_cast<std::uint64_t>(std::max<std::int64_t>(0, f.unanswered)), "request"),
            count(answer_fault::late), count(answer_fault::duplicate),
            count(answer_fault::unsolicited), count(answer_fault::mismatched)));
    }
}

void stats_output::print_times(const std::string& what, const tools::latency_histogram& of) {
    if (of.count() == 0) {
        return;
    }
    const auto ms = [&](double fraction) {
        return static_cast<double>(of.percentile(fraction)) / 1e6;
    };
    line(fmt::format("  {}: p50 {:.3f} ms, p90 {:.3f} ms, p99 {:.3f} ms, max {:.3f} ms", what,
                     ms(0.5), ms(0.9), ms(0.99), static_cast<double>(of.max()) / 1e6));
}

void stats_output::add(figures& all, const figures& f) const {
    all.first = all.first == 0 || (f.first != 0 && f.first < all.first) ? f.first : all.first;
    all.last = std::max(all.last, f.last);
    for (const auto& [id, count] : f.commands) {
        all.commands[id] += count;
    }
    for (const auto& [status, count] : f.statuses) {
        all.statuses[status] += count;
    }
    for (const auto& [stat, count] : f.receipts) {
        all.receipts[stat] += count;
    }
    all.octets += f.octets;
    all.garbage += f.garbage;
    all.truncated += f.truncated;
    all.bad += f.bad;
    all.latency.add_all(f.latency);
    all.enquiry_gaps.add_all(f.enquiry_gaps);
    all.unanswered += f.unanswered;
    for (const auto& [fault, count] : f.faults) {
        all.faults[fault] += count;
    }
    if (!f.about.ending.empty()) {
        ++all.endings[f.about.ending];
    }
}

void stats_output::finish() {
    figures all;
    for (auto& [number, f] : sessions_) {
        if (json_) {
            print_json(f, false);
        } else {
            print(f, true);
        }
        add(all, f);
    }
    all.seconds = seconds_;
    all.title = fmt::format("{} sessions", sessions_.size());
    if (json_) {
        print_json(all, true);
        return;
    }
    if (sessions_.size() != 1) {
        print(all, false);
    }
    print_receipts();
}

void stats_output::print_receipts() {
    const std::uint64_t asked = receipts_.asked();
    if (asked + receipts_.unasked() == 0) {
        return;
    }
    std::string text = fmt::format("  {} asked for a receipt, {} come", counted(asked, "submit"),
                                   counted_have(receipts_.matched()));
    if (receipts_.repeated() > 0) {
        text += fmt::format(", {} again", receipts_.repeated());
    }
    if (receipts_.unasked() > 0) {
        text += fmt::format("; {} for which none is seen to have asked",
                            counted(receipts_.unasked(), "receipt"));
    }
    line(text);
    print_times("from the submit_sm_resp to the receipt", receipts_.delay());
}

namespace {

void add_times(std::string& to, const char* name, const tools::latency_histogram& of) {
    const auto us = [&](double fraction) { return of.percentile(fraction) / 1000; };
    fmt::format_to(std::back_inserter(to),
                   ",\"{}\":{{\"count\":{},\"p50\":{},\"p90\":{},\"p99\":{},\"max\":{}}}", name,
                   of.count(), us(0.5), us(0.9), us(0.99), of.max() / 1000);
}

}  // namespace

void stats_output::print_json(const figures& f, bool all) {
    std::string& to = out_->line();
    const auto out = std::back_inserter(to);
    if (all) {
        fmt::format_to(out, "{{\"sessions\":{}", sessions_.size());
    } else {
        fmt::format_to(out, "{{\"session\":{},\"src\":\"{}\",\"dst\":\"{}\",\"system_id\":",
                       f.about.number, f.about.client_name, f.about.server_name);
        smpp::append_json_string(to, f.about.system_id);
        fmt::format_to(out, ",\"failed\":{},\"ending\":", f.about.failed);
        smpp::append_json_string(to, f.about.ending);
    }
    std::uint64_t pdus = 0;
    std::string commands;
    for (const auto& [id, count] : f.commands) {
        pdus += count;
        fmt::format_to(std::back_inserter(commands), "{}\"{}\":{}", commands.empty() ? "" : ",",
                       command_name(id), count);
    }
    const double seconds = static_cast<double>(f.last - f.first) / 1e9;
    fmt::format_to(out,
                   ",\"pdus\":{},\"octets\":{},\"seconds\":{:.6f},\"pdus_per_second\":{:.1f},"
                   "\"busiest_second\":{},\"commands\":{{{}}},\"statuses\":[",
                   pdus, f.octets, seconds, seconds > 0 ? static_cast<double>(pdus) / seconds : 0.0,
                   f.seconds.peak, commands);
    for (const auto& [key, count] : f.statuses) {
        fmt::format_to(out, "{}{{\"command\":\"{}\",\"status\":\"{}\",\"count\":{}}}",
                       to.back() == '[' ? "" : ",", command_name(key.second),
                       name_or_number(key.first), count);
    }
    to += "],\"receipts\":{";
    for (const auto& [stat, count] : f.receipts) {
        to += to.back() == '{' ? "" : ",";
        smpp::append_json_string(to, stat);
        fmt::format_to(out, ":{}", count);
    }
    const auto fault = [&](answer_fault which) {
        const auto at = f.faults.find(which);
        return at == f.faults.end() ? std::uint64_t{0} : at->second;
    };
    fmt::format_to(out,
                   "}},\"garbage\":{},\"truncated\":{},\"deviating\":{},\"unanswered\":{},"
                   "\"late\":{},\"duplicate\":{},\"unsolicited\":{},\"mismatched\":{}",
                   f.garbage, f.truncated, f.bad, f.unanswered, fault(answer_fault::late),
                   fault(answer_fault::duplicate), fault(answer_fault::unsolicited),
                   fault(answer_fault::mismatched));
    add_times(to, "latency_us", f.latency);
    add_times(to, "enquire_link_gap_us", f.enquiry_gaps);
    if (all) {
        fmt::format_to(out,
                       ",\"receipts_asked\":{},\"receipts_matched\":{},\"receipts_repeated\":{},"
                       "\"receipts_unasked\":{}",
                       receipts_.asked(), receipts_.matched(), receipts_.repeated(),
                       receipts_.unasked());
        add_times(to, "receipt_delay_us", receipts_.delay());
    } else {
        fmt::format_to(out, ",\"most_outstanding\":[{},{}]", f.window[0], f.window[1]);
    }
    to += '}';
    out_->end_of_line();
}

}  // namespace smpp_dump
