#include "smpp-load/worker.hpp"

#include <sys/prctl.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <ctime>

#include "smpp/command_status.hpp"

namespace smpp_load {
namespace {

using phase = live_counters::phase;

/// What is due so soon is waited for awake: a sleep would last longer.
constexpr auto too_soon_to_sleep = std::chrono::microseconds(50);
constexpr auto between_samples = std::chrono::milliseconds(5);

std::chrono::nanoseconds thread_cpu() noexcept {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
}

bool is_refusal(const smpp::error_code& failed) {
    return failed.category() == smpp::status_category();
}

}  // namespace

worker::worker(const options& options, const share& part)
    : options_(options),
      share_(part),
      sampler_(context_),
      over_(context_),
      waker_(context_),
      sessions_(part.sessions),
      schedule_(options.rate / part.thread.count,
                static_cast<double>(part.thread.index) / part.thread.count) {}

void worker::run() {
    gathering_from_ = clock::now();
    gather();
    if (paced()) {
        run_paced();
    } else {
        context_.run();
    }
}

void worker::start() {
    boost::asio::post(context_, [this] { begin(); });
}

void worker::stop() {
    boost::asio::post(context_, [this] { finish(); });
}

/// Between any two handlers sends what is due.
void worker::run_paced() {
    prctl(PR_SET_TIMERSLACK, 1);  // by default a sleep may last 50 us longer
    while (!context_.stopped()) {
        const auto next = send_due();
        if (next != schedule::never && next - clock::now() <= too_soon_to_sleep) {
            context_.poll_one();
        } else {
            wake_at(next);
            context_.run_one();
        }
    }
}

void worker::wake_at(clock::time_point next) {
    if (next != wake_at_ && next != schedule::never) {
        waker_.expires_at(next - too_soon_to_sleep);
        waker_.async_wait([](smpp::error_code) {});
    }
    wake_at_ = next;
}

void worker::on_ready(std::size_t index, const std::string& failure) {
    set_bound(index, failure.empty());
    session& s = sessions_[index];
    if (s.ready) {  // it has come back
        if (loading_ && !paced()) {
            fill(index);
        }
        return;
    }
    s.ready = true;
    if (s.bound) {
        ++seen_.sessions.bound;
        live_counters::count(live_.bound);
    } else {
        ++seen_.sessions.failed;
        live_counters::count(live_.not_bound);
        if (seen_.sessions.first_failure.empty()) {
            seen_.sessions.first_failure = failure;
        }
    }
    if (++ready_ == sessions_.size() && !finished_) {
        seen_.sessions.binding = clock::now() - gathering_from_;
        on_gathered();
    }
}

void worker::note_security(const std::string& security) {
    const auto end = security.find(", resumed");
    seen_.sessions.resumed += end != std::string::npos ? 1 : 0;
    seen_.sessions.security = security.substr(0, end);
}

void worker::set_bound(std::size_t index, bool bound) {
    if (sessions_[index].bound != bound) {
        sessions_[index].bound = bound;
        bound ? ++bound_ : --bound_;
        held_back_ = held_back_ && !bound;
    }
}

void worker::begin() {
    if (finished_) {
        return;
    }
    loading_ = true;
    if (bound_ == 0 || share_.count == 0U) {
        finish();
        return;
    }
    options_.warm_up.count() > 0 ? warm_up() : measure();
    for (std::size_t i = 0; i < sessions_.size() && !paced(); ++i) {
        fill(i);
    }
    sample();
}

void worker::after(std::chrono::duration<double> time, void (worker::*then)()) {
    over_.expires_after(std::chrono::duration_cast<clock::duration>(time));
    over_.async_wait([this, then](smpp::error_code cancelled) {
        if (!cancelled && loading_) {
            (this->*then)();
        }
    });
}

/// Loads as ever, and measures nothing.
void worker::warm_up() {
    live_.now = phase::warming_up;
    if (paced()) {
        schedule_.start(clock::now(), schedule_.within(options_.warm_up));
    }
    after(options_.warm_up, &worker::measure);
}

void worker::measure() {
    live_.now = phase::loading;
    if (options_.warm_up.count() > 0) {
        seen_.messages = {};
    }
    start_clock();
    target_ = share_.count;
    if (!target_) {
        // At a rate the duration says how many are due; some time later those have been answered,
        // or never will be.
        after(options_.duration + (paced() ? options_.response_timer : options_.duration * 0),
              &worker::finish);
        target_ = paced() ? std::optional(schedule_.within(options_.duration)) : std::nullopt;
    }
    if (paced()) {
        schedule_.start(measured_from_, *target_);
    }
    if (reached_target()) {
        finish();
    }
}

void worker::start_clock() {
    if (measured_from_ == clock::time_point::max()) {
        measured_from_ = end_ = clock::now();
        cpu_before_ = thread_cpu();
    }
}

bool worker::reached_target() const noexcept {
    const message_figures& seen = seen_.messages;
    return target_ && (options_.only_receives() ? seen.received : seen.sent) >= *target_;
}

/// Now and then: how full the windows are.
void worker::sample() {
    seen_.messages.outstanding_sum += outstanding_;
    ++seen_.messages.outstanding_samples;
    sampler_.expires_after(between_samples);
    sampler_.async_wait([this](smpp::error_code cancelled) {
        if (!cancelled && loading_) {
            sample();
        }
    });
}

/// What has no room in a window stays due: its latency counts from when it should have left. Tells
/// when the next one is due.
worker::clock::time_point worker::send_due() {
    if (held_back_) {
        return schedule::never;
    }
    const auto now = clock::now();
    while (may_send() && schedule_.next() <= now) {
        const auto index = session_with_room();
        if (!index) {
            held_back_ = true;
            return schedule::never;
        }
        const auto due = schedule_.next();
        schedule_.take();
        if (measured(due)) {
            seen_.messages.lag.add(now - std::max(due, room_since_));
        }
        submit(*index, due);
    }
    return may_send() ? schedule_.next() : schedule::never;
}

std::optional<std::size_t> worker::session_with_room() {
    for (std::size_t tried = 0; tried < sessions_.size(); ++tried) {
        const std::size_t index = next_session_;
        next_session_ = next_session_ + 1 < sessions_.size() ? next_session_ + 1 : 0;
        if (sessions_[index].bound && sessions_[index].outstanding < options_.window) {
            return index;
        }
    }
    return std::nullopt;
}

void worker::fill(std::size_t index) {
    const auto now = clock::now();
    while (sessions_[index].bound && sessions_[index].outstanding < options_.window && may_send()) {
        submit(index, now);
    }
}

bool worker::may_send() const noexcept {
    return loading_ && !options_.only_receives() && !reached_target();
}

void worker::submit(std::size_t index, clock::time_point due) {
    ++sessions_[index].outstanding;
    ++outstanding_;
    if (measured(due)) {
        ++seen_.messages.sent;
    }
    live_counters::count(live_.sent);
    send(index, due);
}

void worker::on_answer(std::size_t index, clock::time_point due, smpp::error_code failed) {
    session& s = sessions_[index];
    --s.outstanding;
    --outstanding_;
    if (failed && !is_refusal(failed)) {
        live_counters::count(live_.failed);
        set_bound(index, s.bound && is_open(index));
    } else {
        live_counters::count(live_.answered);
    }
    const auto now = clock::now();
    if (measured(due)) {
        end_ = now;
        note_outcome(due, failed);
    }
    if (held_back_ && s.bound) {
        held_back_ = false;
        room_since_ = now;
        next_session_ = index;
    }
    if (outstanding_ == 0 && !may_send()) {
        note_end();
        if (loading_ && target_) {
            finish();
        }
    } else if (!paced() && s.bound && may_send()) {
        submit(index, now);
    }
}

void worker::note_outcome(clock::time_point due, smpp::error_code failed) {
    message_figures& seen = seen_.messages;
    if (failed && !is_refusal(failed)) {
        ++seen.failed[failed.message()];
        // What never left had no time to take.
        if (failed == smpp::session_errc::response_timeout ||
            failed == smpp::session_errc::connection_lost) {
            seen.latency.add(end_ - due);
        }
        return;
    }
    seen.latency.add(end_ - due);
    failed ? ++seen.refused[smpp::command_status(failed.value())] : ++seen.accepted;
}

/// What is due and waits for a window in vain is as late as it is now, and would be later.
void worker::note_unsent() {
    const auto now = clock::now();
    const std::uint64_t all = schedule_.overdue(now);
    seen_.messages.unsent = all;
    const std::uint64_t step = all / 100'000 + 1;  // of very many, neighbours count as one
    for (std::uint64_t left = all; left > 0;) {
        const std::uint64_t some = std::min(step, left);
        seen_.messages.latency.add(now - schedule_.next(), some);
        schedule_.take(some);
        left -= some;
    }
}

void worker::note_end() {
    if (measured_from_ == clock::time_point::max()) {
        return;
    }
    seen_.sessions.cpu = thread_cpu() - cpu_before_;
    seen_.sessions.loading = end_ - measured_from_;
    if (paced()) {  // the last message has its place in time, too
        seen_.sessions.loading = std::max(seen_.sessions.loading, schedule_.filled());
    }
    seen_.sessions.threads_loading = seen_.sessions.loading;
}

void worker::on_received() {
    live_counters::count(live_.received);
    if (live_.now == phase::warming_up) {
        return;
    }
    ++seen_.messages.received;
    if (options_.only_receives()) {
        start_clock();  // the first may come with the answer to the bind
        end_ = clock::now();
        if (loading_ && reached_target()) {
            finish();
        }
    }
}

void worker::on_lost(std::size_t index, smpp::error_code why) {
    set_bound(index, false);
    if (finished_ || (!loading_ && options_.deliver)) {  // clients may come and go until it begins
        return;
    }
    ++seen_.sessions.lost;
    if (seen_.sessions.first_failure.empty()) {
        seen_.sessions.first_failure =
            "a session ended: " + (why ? why.message() : std::string("the peer unbound"));
    }
    if (loading_ && bound_ == 0) {
        finish();
    }
}

/// No new messages; unbinds when the answers are in, or when they do not come.
void worker::finish() {
    if (finished_) {
        return;
    }
    finished_ = true;
    if (paced() && measured_from_ != clock::time_point::max()) {
        note_unsent();
    }
    if (options_.only_receives() && !target_) {
        end_ = clock::now();
    }
    note_end();
    loading_ = false;
    live_.now = phase::ending;
    sampler_.cancel();
    over_.cancel();
    waker_.cancel();
    release(ready_ < sessions_.size());
}

}  // namespace smpp_load
