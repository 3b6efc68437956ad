#include <fmt/format.h>

#include "smpp-load/report.hpp"
#include "smpp/visitors/json.hpp"

namespace smpp_load {
namespace {

/// Members of an object, in order.
class object {
public:
    void number(std::string_view name, std::uint64_t value) { raw(name, std::to_string(value)); }
    void number(std::string_view name, double value) { raw(name, fmt::format("{:.6g}", value)); }
    void text(std::string_view name, std::string_view value) {
        key(name);
        smpp::append_json_string(out_, value);
    }
    void raw(std::string_view name, const std::string& json) {
        key(name);
        out_ += json;
    }
    [[nodiscard]] std::string take() { return std::move(out_) + "}"; }

private:
    void key(std::string_view name) {
        out_ += out_.size() > 1 ? "," : "";
        smpp::append_json_string(out_, name);
        out_ += ':';
    }

    std::string out_ = "{";
};

std::string json_of(const latencies& all, bool whole) {
    if (all.count() == 0) {
        return "null";
    }
    object out;
    out.number("count", all.count());
    out.raw("min", milliseconds(all.min()));
    out.raw("mean", milliseconds(all.mean()));
    out.raw("stddev", milliseconds(all.deviation()));
    for (const auto& [label, fraction] : percentiles_shown) {
        out.raw(label, milliseconds(all.percentile(fraction)));
    }
    out.raw("max", milliseconds(all.max()));
    if (whole) {
        std::string buckets;
        all.each_bucket([&](std::chrono::nanoseconds most, std::uint64_t count) {
            buckets += fmt::format("{}[{:.6f},{}]", buckets.empty() ? "" : ",",
                                   static_cast<double>(most.count()) / 1e6, count);
        });
        out.raw("histogram", "[" + buckets + "]");
    }
    return out.take();
}

void add_sessions(object& out, const result& got) {
    const session_figures& f = got.all.sessions;
    out.number("sessions", f.bound);
    out.number("sessions_failed", f.failed);
    out.number("sessions_lost", f.lost);
    out.number("binding_seconds", f.binding.count());
    out.text("first_failure", f.first_failure);
    out.text("tls", f.security);
    out.number("tls_resumed", f.resumed);
    out.number("window", std::uint64_t{got.wanted.window});
    out.number("threads", std::uint64_t{got.wanted.threads});
}

void add_messages(object& out, const message_figures& f) {
    out.number("sent", f.sent);
    out.number("accepted", f.accepted);
    object refused;
    for (const auto& [status, count] : f.refused) {
        refused.number(name_or_number(status), count);
    }
    out.raw("refused", refused.take());
    object failed;
    for (const auto& [reason, count] : f.failed) {
        failed.number(reason, count);
    }
    out.raw("failed", failed.take());
    out.number("unsent", f.unsent);
    out.number("received", f.received);
}

}  // namespace

std::string report_json(const result& got) {
    object out;
    out.number("messages", got.done());
    out.number("seconds", got.all.sessions.loading.count());
    out.number("rate", got.rate());
    out.raw("rate_wanted", got.wanted.rate > 0 ? fmt::format("{}", got.wanted.rate) : "null");
    add_messages(out, got.all.messages);
    add_sessions(out, got);
    out.raw("latency_ms", json_of(got.all.messages.latency, true));
    out.raw("own_lag_ms", json_of(got.all.messages.lag, false));
    out.number("window_use", got.window_use());
    out.number("cpu_use", got.cpu_use());
    out.number("cpu_us_per_message", got.cpu_us_of_each());
    out.text("limited_by", got.limit());
    return out.take() + "\n";
}

}  // namespace smpp_load
