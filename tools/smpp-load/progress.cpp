#include "smpp-load/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace smpp_load {

using phase = live_counters::phase;

void live_sum::add(const live_counters& other) noexcept {
    now = std::min(now, other.now.load());
    bound += other.bound;
    not_bound += other.not_bound;
    sent += other.sent;
    answered += other.answered;
    failed += other.failed;
    received += other.received;
}

std::string progress_line(const live_sum& now, const live_sum& before, const options& wanted) {
    const std::uint64_t open = now.sent - std::min(now.sent, now.answered + now.failed);
    if (now.now == phase::binding) {
        return fmt::format("binding: {} of {} sessions bound{}", now.bound, wanted.sessions,
                           now.not_bound > 0 ? fmt::format(", {} failed", now.not_bound) : "");
    }
    if (now.now == phase::ending) {
        return fmt::format("ending: {} outstanding", open);
    }
    std::string out = now.now == phase::warming_up ? "warming up: " : "";
    if (!wanted.only_receives()) {
        out += fmt::format("{} answered a second, {} in all, {} outstanding, {} failed",
                           now.answered - before.answered, now.answered, open, now.failed);
    }
    if (wanted.only_receives() || now.received > 0) {
        out += fmt::format("{}{} received a second, {} in all", wanted.only_receives() ? "" : "; ",
                           now.received - before.received, now.received);
    }
    return out;
}

progress_display::progress_display(const std::vector<std::unique_ptr<worker>>& workers,
                                   const options& wanted)
    : workers_(workers), wanted_(wanted), thread_([this] { show(); }) {}

progress_display::~progress_display() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void progress_display::show() {
    std::unique_lock lock(mutex_);
    live_sum before;
    while (!wake_.wait_for(lock, std::chrono::seconds(1), [&] { return over_; })) {
        live_sum now;
        for (const auto& each : workers_) {
            now.add(each->live());
        }
        fmt::print(stderr, "{}\n", progress_line(now, before, wanted_));
        before = now;
    }
}

}  // namespace smpp_load
