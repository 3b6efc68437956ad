#include "smpp-load/result.hpp"

#include <fmt/format.h>

#include "smpp-load/report.hpp"

namespace smpp_load {
namespace {

double real(std::uint64_t count) { return static_cast<double>(count); }

}  // namespace

std::uint64_t result::done() const noexcept {
    return wanted.only_receives() ? all.messages.received : all.messages.answered();
}

double result::rate() const noexcept {
    const double seconds = all.sessions.loading.count();
    return seconds > 0 ? real(done()) / seconds : 0;
}

double result::window_use() const noexcept {
    const message_figures& seen = all.messages;
    if (seen.outstanding_samples == 0 || all.sessions.bound == 0) {
        return 0;
    }
    // Samples are of one thread each.
    const double average =
        real(seen.outstanding_sum) / real(seen.outstanding_samples) * wanted.threads;
    return average / (real(all.sessions.bound) * wanted.window);
}

double result::cpu_use() const noexcept {
    const double seconds = all.sessions.threads_loading.count();
    return seconds > 0 ? std::chrono::duration<double>(all.sessions.cpu).count() / seconds : 0;
}

double result::cpu_us_of_each() const noexcept {
    return done() > 0
               ? std::chrono::duration<double, std::micro>(all.sessions.cpu).count() / real(done())
               : 0;
}

bool result::good() const noexcept {
    const message_figures& seen = all.messages;
    return all.sessions.failed == 0 && all.sessions.lost == 0 && seen.failed.empty() &&
           seen.unsent == 0 && seen.answered() == seen.sent && done() > 0;
}

std::string result::limit() const {
    const message_figures& seen = all.messages;
    if (all.sessions.bound == 0) {
        return "no session was bound";
    }
    if (seen.sent == 0 && done() == 0) {
        return "its end, before there was anything to measure";
    }
    const std::uint64_t unanswered = seen.sent - seen.answered();
    const bool many_unanswered = real(unanswered) > 0.01 * real(seen.sent);
    if (wanted.rate > 0 && seen.unsent == 0 && !many_unanswered && rate() >= 0.98 * wanted.rate) {
        return "the rate that was asked for";
    }
    if (many_unanswered) {
        return fmt::format("the other side, which left {} of {} messages without an answer",
                           unanswered, seen.sent);
    }
    if (cpu_use() > 0.9) {
        return fmt::format("the processor of smpp-load ({:.0f} % of {} thread{}){}",
                           cpu_use() * 100, wanted.threads, wanted.threads == 1 ? "" : "s",
                           wanted.deliver ? "" : "; --threads may help");
    }
    if (wanted.only_receives()) {
        return "what the other side sends";
    }
    const auto throttled = seen.refused.find(smpp::command_status::throttled);
    if (throttled != seen.refused.end() && real(throttled->second) > 0.01 * real(done())) {
        return "the other side, which throttles (ESME_RTHROTTLED)";
    }
    return fmt::format(
        "the other side or the network: windows {:.0f} % full, answers after {} ms; a larger "
        "--window helps if it can do more",
        window_use() * 100, milliseconds(seen.latency.percentile(0.5)));
}

}  // namespace smpp_load
