#include <fmt/format.h>

#include "smpp-load/report.hpp"

namespace smpp_load {
namespace {

/// Lines under headings: a heading is said once.
class table {
public:
    void line(const char* heading, const std::string& text) {
        const bool same = heading == last_;
        last_ = heading;
        text_ += fmt::format("  {:<11} {}\n", same ? "" : heading, text);
    }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    const char* last_ = nullptr;
    std::string text_{};
};

const char* kind_of(const options& wanted) {
    if (wanted.deliver) {
        return "receiver";
    }
    switch (wanted.bind) {
        case bind_kind::transmitter: return "transmitter";
        case bind_kind::receiver: return "receiver";
        case bind_kind::transceiver: break;
    }
    return "transceiver";
}

void add_sessions(table& out, const result& got) {
    static constexpr auto* heading = "sessions";
    const session_figures& f = got.all.sessions;
    std::string text =
        fmt::format("{} {}{}", f.bound, kind_of(got.wanted), f.bound == 1 ? "" : "s");
    if (!got.wanted.only_receives()) {
        text += fmt::format(", window {}", got.wanted.window);
    }
    text += fmt::format(", bound in {:.3f} s", f.binding.count());
    text += f.security.empty() ? "" : " over " + f.security;
    out.line(heading, text + (f.resumed > 0 ? fmt::format(", {} resumed", f.resumed) : ""));
    if (f.failed > 0) {
        out.line(heading, fmt::format("{} failed", f.failed));
    }
    if (f.lost > 0) {
        out.line(heading, fmt::format("{} ended early", f.lost));
    }
    if (!f.first_failure.empty()) {
        out.line(heading, "first failure: " + f.first_failure);
    }
}

void add_messages(table& out, const result& got) {
    static constexpr auto* heading = "messages";
    const message_figures& f = got.all.messages;
    if (!got.wanted.only_receives()) {
        out.line(heading, fmt::format("{} sent, {} accepted", f.sent, f.accepted));
    }
    for (const auto& [status, count] : f.refused) {
        out.line(heading, fmt::format("{} refused with {}", count, name_or_number(status)));
    }
    for (const auto& [reason, count] : f.failed) {
        out.line(heading, fmt::format("{} without an answer: {}", count, reason));
    }
    if (f.unsent > 0) {
        out.line(heading, fmt::format("{} due and never sent", f.unsent));
    }
    if (f.received > 0 && !got.wanted.only_receives()) {
        out.line(heading, fmt::format("{} receipts and other messages came", f.received));
    }
}

void add_latencies(table& out, const result& got) {
    static constexpr auto* heading = "latency";
    const latencies& all = got.all.messages.latency;
    if (all.count() == 0) {
        return;
    }
    out.line(heading, fmt::format("min {}  mean {}  stddev {} ms", milliseconds(all.min()),
                                  milliseconds(all.mean()), milliseconds(all.deviation())));
    std::string text;
    for (const auto& [label, fraction] : percentiles_shown) {
        text += fmt::format("{} {}  ", label, milliseconds(all.percentile(fraction)));
    }
    out.line(heading, fmt::format("{}max {} ms{}", text, milliseconds(all.max()),
                                  got.wanted.rate > 0 ? ", from when each was due" : ""));
    const std::uint64_t waiting = all.count() - got.all.messages.answered();
    if (waiting > 0) {
        out.line(heading,
                 fmt::format("{} of them without an answer: as long as they waited", waiting));
    }
    const latencies& lag = got.all.messages.lag;
    if (lag.count() > 0) {
        out.line("own lag",
                 fmt::format("p50 {}  p99 {}  max {} ms of these, because smpp-load sent late",
                             milliseconds(lag.percentile(0.5)), milliseconds(lag.percentile(0.99)),
                             milliseconds(lag.max())));
    }
}

}  // namespace

std::string milliseconds(std::chrono::nanoseconds time) {
    return fmt::format("{:.3f}", static_cast<double>(time.count()) / 1e6);
}

std::string report_text(const result& got) {
    const session_figures& sessions = got.all.sessions;
    if (sessions.bound == 0) {
        return "no session was bound\n" +
               (sessions.failed > 0 ? fmt::format("  {} failed; first: {}\n", sessions.failed,
                                                  sessions.first_failure)
                                    : std::string());
    }
    const std::string first = fmt::format(
        "{} messages {} in {:.3f} s: {:.0f} a second\n", got.done(),
        got.wanted.only_receives() ? "received" : "answered", sessions.loading.count(), got.rate());
    table out;
    add_sessions(out, got);
    add_messages(out, got);
    add_latencies(out, got);
    out.line("processor", fmt::format("{:.0f} % of {} thread{}, {:.2f} us a message",
                                      got.cpu_use() * 100, got.wanted.threads,
                                      got.wanted.threads == 1 ? "" : "s", got.cpu_us_of_each()));
    out.line("limited by", got.limit());
    return first + out.text();
}

}  // namespace smpp_load
