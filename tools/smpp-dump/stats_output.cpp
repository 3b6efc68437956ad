#include "smpp-dump/stats_output.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace smpp_dump {

void stats_output::on_record(const record& r) {
    figures& f = sessions_[r.session->number];
    if (f.title.empty()) {
        f.title = fmt::format("session #{}: {} > {}", r.session->number, r.session->client_name,
                              r.session->server_name);
        f.first = r.frame.first.time;
    }
    f.last = r.frame.last.time;
    f.octets += r.frame.octets.size();
    if (r.frame.kind != frame_kind::whole) {
        ++(r.frame.kind == frame_kind::garbage ? f.garbage : f.truncated);
        return;
    }
    f.bad += r.failure || !r.deviations.empty() ? 1U : 0U;
    const smpp::header& head = r.pdu.header;
    ++f.commands[head.id];
    if (const std::string stat = receipts_.add(r); !stat.empty()) {
        constexpr std::size_t most = 32;  // a peer may invent words
        ++f.receipts[f.receipts.size() < most || f.receipts.contains(stat) ? stat : "other words"];
    }
    if (!smpp::is_response(head.id)) {
        count_request(f, r);
        return;
    }
    if (head.status != smpp::command_status::ok) {
        ++f.statuses[{head.id, head.status}];
    }
    if (r.request) {
        --f.outstanding[r.from_client ? 1 : 0];
        f.latency.add(r.frame.last.time - r.request->time);
    }
}

void stats_output::count_request(figures& f, const record& r) {
    const std::size_t by = r.from_client ? 0 : 1;
    f.window[by] = std::max(f.window[by], ++f.outstanding[by]);
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
    line(fmt::format(
        "  {} PDUs, {} octets in {:.3f} s{}", pdus, f.octets, seconds,
        seconds > 0 ? fmt::format(": {:.1f} PDUs/s", static_cast<double>(pdus) / seconds) : ""));
    for (const auto& [id, count] : f.commands) {
        line(fmt::format("  {:>10} {}", count, command_name(id)));
    }
    for (const auto& [what, count] : f.statuses) {
        line(fmt::format("  {:>10} {} with {}", count, command_name(what.first),
                         name_or_number(what.second)));
    }
    for (const auto& [stat, count] : f.receipts) {
        std::string& to = out_->line();
        fmt::format_to(std::back_inserter(to), "  {:>10} receipts with ", count);
        append_printable(to, stat);
        out_->end_of_line();
    }
    if (f.garbage + f.truncated + f.bad > 0) {
        line(fmt::format("  {} pieces of garbage, {} truncated PDUs, {} PDUs that deviate",
                         f.garbage, f.truncated, f.bad));
    }
    print_times(fmt::format("latency of {} responses", f.latency.count()), f.latency);
    print_times("from one enquire_link to the next", f.enquiry_gaps);
    if (window) {
        line(fmt::format("  most outstanding: {} of the client, {} of the server", f.window[0],
                         f.window[1]));
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
    all.first = all.first == 0 ? f.first : std::min(all.first, f.first);
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
}

void stats_output::finish() {
    figures all;
    for (const auto& [number, f] : sessions_) {
        print(f, true);
        add(all, f);
    }
    if (sessions_.size() != 1) {
        all.title = fmt::format("{} sessions", sessions_.size());
        print(all, false);
    }
    if (receipts_.asked() > 0) {
        line(fmt::format("  {} submits asked for a receipt, {} have come", receipts_.asked(),
                         receipts_.matched()));
        print_times("from the submit_sm_resp to the receipt", receipts_.delay());
    }
}

}  // namespace smpp_dump
