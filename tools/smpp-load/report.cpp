#include "smpp-load/report.hpp"

#include <fmt/format.h>

#include <iterator>

#include "smpp/visitors/json.hpp"

namespace smpp_load {
namespace {

double answered(const figures& f) { return static_cast<double>(f.latency.count()); }

double rate_of(const result& got) {
    return got.took.count() > 0 ? answered(got.all) / got.took.count() : 0;
}

/// Average outstanding, as a part of all windows. Samples are per thread.
double window_use(const options& wanted, const figures& f) {
    if (f.outstanding_samples == 0 || f.sessions_bound == 0) {
        return 0;
    }
    const double average = static_cast<double>(f.outstanding_sum) /
                           static_cast<double>(f.outstanding_samples) * wanted.threads;
    return average / (static_cast<double>(f.sessions_bound) * wanted.window);
}

/// Processor time of the threads while the load ran; binding counts in, which is little.
double cpu_use(const options& wanted, const result& got) {
    return got.took.count() > 0
               ? static_cast<double>(got.all.cpu_ns) / 1e9 / got.took.count() / wanted.threads
               : 0;
}

std::string ms(std::int64_t nanoseconds) {
    return fmt::format("{:.3f}", static_cast<double>(nanoseconds) / 1e6);
}

constexpr std::pair<const char*, double> shown[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};

}  // namespace

std::string limit_of(const options& wanted, const result& got) {
    const figures& f = got.all;
    if (f.sessions_bound == 0) {
        return "no session was bound";
    }
    if (wanted.rate > 0 && rate_of(got) >= 0.98 * wanted.rate) {
        return "the rate that was asked for";
    }
    const double cpu = cpu_use(wanted, got);
    if (cpu > 0.9) {
        return fmt::format("the processor of smpp-load ({:.0f} % of {} thread{}){}", cpu * 100,
                           wanted.threads, wanted.threads == 1 ? "" : "s",
                           wanted.deliver ? "" : "; --threads may help");
    }
    const auto throttled = f.refused.find(smpp::command_status::throttled);
    if (throttled != f.refused.end() &&
        static_cast<double>(throttled->second) > 0.01 * answered(f)) {
        return "the other side, which throttles (ESME_RTHROTTLED)";
    }
    return fmt::format(
        "the other side or the network: windows {:.0f} % full, answers after {} ms; a larger "
        "--window helps if it can do more",
        window_use(wanted, f) * 100, ms(f.latency.percentile(0.5)));
}

std::string report_text(const options& wanted, const result& got) {
    const figures& f = got.all;
    std::string out;
    const auto line = [&](const std::string& text) { out += text + '\n'; };
    line(fmt::format("{} messages answered in {:.3f} s: {:.0f} a second", f.latency.count(),
                     got.took.count(), rate_of(got)));
    line(fmt::format("  {} sessions x window {}{}", f.sessions_bound, wanted.window,
                     f.sessions_failed > 0 ? fmt::format("; {} failed", f.sessions_failed) : ""));
    if (!f.first_failure.empty()) {
        line(fmt::format("  first failure: {}", f.first_failure));
    }
    line(fmt::format("  {} accepted", f.accepted));
    for (const auto& [status, count] : f.refused) {
        line(fmt::format("  {} refused with {}", count, name_or_number(status)));
    }
    for (const auto& [reason, count] : f.failed) {
        line(fmt::format("  {} without an answer: {}", count, reason));
    }
    if (f.receipts > 0) {
        line(fmt::format("  {} receipts and other messages came", f.receipts));
    }
    std::string latencies = "  latency in ms:";
    for (const auto& [label, fraction] : shown) {
        latencies += fmt::format(" {} {},", label, ms(f.latency.percentile(fraction)));
    }
    line(latencies + " max " + ms(f.latency.max()) +
         (wanted.rate > 0 ? " (from when each was due)" : ""));
    line("  limited by " + limit_of(wanted, got));
    return out;
}

std::string report_json(const options& wanted, const result& got) {
    const figures& f = got.all;
    std::string out = fmt::format(
        R"({{"messages":{},"seconds":{:.6f},"rate":{:.1f},"sessions":{},"sessions_failed":{},"window":{},"threads":{},"sent":{},"accepted":{},"refused":{{)",
        f.latency.count(), got.took.count(), rate_of(got), f.sessions_bound, f.sessions_failed,
        wanted.window, wanted.threads, f.sent, f.accepted);
    const char* comma = "";
    for (const auto& [status, count] : f.refused) {
        out += fmt::format(R"({}"{}":{})", comma, name_or_number(status), count);
        comma = ",";
    }
    out += "},\"failed\":{";
    comma = "";
    for (const auto& [reason, count] : f.failed) {
        out += comma;
        smpp::append_json_string(out, reason);
        out += fmt::format(":{}", count);
        comma = ",";
    }
    out += fmt::format(R"(}},"receipts":{},"latency_ms":{{)", f.receipts);
    for (const auto& [label, fraction] : shown) {
        out += fmt::format(R"("{}":{},)", label, ms(f.latency.percentile(fraction)));
    }
    out += fmt::format(R"("max":{}}},"window_use":{:.3f},"cpu_use":{:.3f},"first_failure":)",
                       ms(f.latency.max()), window_use(wanted, f), cpu_use(wanted, got));
    smpp::append_json_string(out, f.first_failure);
    out += ",\"limited_by\":";
    smpp::append_json_string(out, limit_of(wanted, got));
    out += "}\n";
    return out;
}

}  // namespace smpp_load
