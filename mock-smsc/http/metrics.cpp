#include "mock-smsc/http/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mock-smsc/counters.hpp"
#include "mock-smsc/recorder.hpp"

namespace mock_smsc {
namespace {

/// Text in a label: names come from the network.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out + '"';
}

class page {
public:
    void head(std::string_view name, std::string_view type, std::string_view help) {
        text +=
            fmt::format("# HELP mock_smsc_{0} {1}\n# TYPE mock_smsc_{0} {2}\n", name, help, type);
    }
    void line(std::string_view name, const std::string& labels, std::uint64_t value) {
        text += fmt::format("mock_smsc_{}{{{}}} {}\n", name, labels, value);
    }
    void one(std::string_view name, std::string_view type, std::string_view help,
             std::uint64_t value) {
        head(name, type, help);
        text += fmt::format("mock_smsc_{} {}\n", name, value);
    }
    void times(std::string_view name, std::string_view help, const time_histogram& of) {
        head(name, "histogram", help);
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < of.buckets().size(); ++i) {
            sum += of.buckets()[i];
            const auto bound = i < time_histogram::bounds.size()
                                   ? fmt::format("{}", time_histogram::bounds[i])
                                   : std::string("+Inf");
            text += fmt::format("mock_smsc_{}_bucket{{le=\"{}\"}} {}\n", name, bound, sum);
        }
        text +=
            fmt::format("mock_smsc_{0}_sum {1}\nmock_smsc_{0}_count {2}\n", name, of.sum(), sum);
    }

    std::string text;
};

void put_counters(page& out, const counters& counts) {
    out.head("submits_total", "counter", "Submits by the status of their answer.");
    for (const auto& [series, count] : counts.submits()) {
        out.line("submits_total",
                 fmt::format(R"(account={},command="{}",status="{}")", quoted(series.account),
                             smpp::name(series.command), smpp::name_or_number(series.status)),
                 count);
    }
    out.times("submit_seconds", "From a submit to its answer.", counts.submit_time());
    out.head("binds_total", "counter", "Binds by the status of their answer.");
    for (const auto& [series, count] : counts.binds()) {
        out.line("binds_total",
                 fmt::format(R"(kind="{}",status="{}")", bind_word(series.kind),
                             smpp::name_or_number(series.status)),
                 count);
    }
    out.head("faults_total", "counter", "What rules and limits did to requests.");
    for (const auto& [name, count] : counts.faults()) {
        out.line("faults_total", "fault=" + quoted(name), count);
    }
}

void put_rules(page& out, const rule_set& rules) {
    constexpr std::size_t most = 200;  // have series of their own
    const auto& all = rules.rules();
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
    out.head("rule_matched_total", "counter", "Requests that a rule was for.");
    std::for_each(all.begin(), end, [&](const rule& each) {
        out.line("rule_matched_total", fmt::format("rule=\"{}\"", each.id), each.matched);
    });
    out.head("rule_applied_total", "counter", "Requests that a rule did something to.");
    std::for_each(all.begin(), end, [&](const rule& each) {
        out.line("rule_applied_total", fmt::format("rule=\"{}\"", each.id), each.applied);
    });
}

void put_sessions(page& out, const metrics_source& from) {
    const session_registry& sessions = from.messages.sessions;
    std::map<std::string, std::uint64_t> bound;
    std::uint64_t unanswered = 0;
    std::uint64_t window = 0;
    std::uint64_t unwritten = 0;
    from.server.for_each([&](smpp::server_session& session) {
        const auto& info = *static_cast<const session_info*>(session.attachment.get());
        if (!info.bind.empty()) {
            ++bound[info.bind];
        }
        unanswered += info.traffic.unanswered();
        window = std::max(window, info.traffic.unanswered());
        unwritten += session.unwritten();
    });
    out.one("sessions", "gauge", "Connections of clients.", sessions.live());
    out.one("sessions_total", "counter", "Connections so far.", sessions.opened());
    out.one("connections_refused_total", "counter", "Connections closed because of the limits.",
            from.server.refused());
    out.head("sessions_bound", "gauge", "Sessions that are bound.");
    for (const auto& [kind, count] : bound) {
        out.line("sessions_bound", fmt::format("kind=\"{}\"", kind), count);
    }
    out.one("submits_unanswered", "gauge", "Submits that wait for their answer.", unanswered);
    out.one("window", "gauge", "The greatest number of them in one session.", window);
    out.one("unwritten_octets", "gauge", "Octets that clients have not read yet.", unwritten);
}

}  // namespace

std::string metrics_text(const metrics_source& from) {
    page out;
    const message_store& store = from.messages.store;
    put_counters(out, from.counts);
    put_rules(out, from.rules);
    put_sessions(out, from);
    out.one("messages", "gauge", "Records kept.", store.size());
    out.one("message_octets", "gauge", "Memory of the records kept.", store.octets_kept());
    out.times("receipt_seconds", "From a submit to the end of its receipt.",
              from.counts.receipt_time());
    out.one("receipts_acknowledged_total", "counter", "Receipts that clients have acknowledged.",
            from.receipts.acknowledged());
    out.one("receipts_given_up_total", "counter", "Receipts that clients have refused.",
            from.receipts.given_up());
    out.one("deliveries_waiting", "gauge",
            "Receipts and messages that wait for a receiver or for its answer.",
            from.receipts.waiting());
    return out.text;
}

}  // namespace mock_smsc
