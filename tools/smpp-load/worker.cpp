#include "smpp-load/worker.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <ctime>

#include "smpp/command_status.hpp"

namespace smpp_load {
namespace {

std::uint64_t thread_cpu_ns() noexcept {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(t.tv_nsec);
}

}  // namespace

worker::worker(const options& options, const share& part, live_counters& live)
    : options_(options),
      share_(part),
      live_(live),
      ticker_(context_),
      over_(context_),
      sessions_(part.sessions) {}

void worker::run() {
    gather();
    context_.run();
    seen_.cpu_ns = thread_cpu_ns();
}

void worker::stop() {
    boost::asio::post(context_, [this] { finish(); });
}

void worker::on_ready(std::size_t index, const std::string& failure) {
    session& s = sessions_[index];
    s.bound = failure.empty();
    if (s.ready) {  // it has come back
        if (loading_ && share_.rate == 0) {
            fill(index);
        }
        return;
    }
    s.ready = true;
    if (s.bound) {
        ++seen_.sessions_bound;
    } else {
        ++seen_.sessions_failed;
        if (seen_.first_failure.empty()) {
            seen_.first_failure = failure;
        }
    }
    if (++ready_ == sessions_.size()) {
        begin();
    }
}

void worker::begin() {
    begin_ = end_ = clock::now();
    if (!any_bound() || finished_) {
        finish();
        return;
    }
    loading_ = true;
    if (share_.count == 0) {
        over_.expires_after(std::chrono::duration_cast<clock::duration>(options_.duration));
        over_.async_wait([this](smpp::error_code cancelled) {
            if (!cancelled) {
                finish();
            }
        });
    }
    if (share_.rate == 0) {
        for (std::size_t i = 0; i < sessions_.size(); ++i) {
            fill(i);
        }
    }
    tick();
}

/// Every millisecond: sends what is due, and looks how full the windows are.
void worker::tick() {
    if (!loading_) {
        return;
    }
    seen_.outstanding_sum += outstanding_;
    ++seen_.outstanding_samples;
    if (share_.rate > 0) {
        send_due();
    }
    ticker_.expires_after(std::chrono::milliseconds(1));
    ticker_.async_wait([this](smpp::error_code cancelled) {
        if (!cancelled) {
            tick();
        }
    });
}

/// What has no room in a window stays due: its latency counts from when it should have left.
void worker::send_due() {
    const auto now = clock::now();
    const double elapsed = std::chrono::duration<double>(now - begin_).count();
    const auto due = static_cast<std::uint64_t>(elapsed * share_.rate) + 1;
    std::size_t full = 0;
    while (seen_.sent < due && may_send() && full < sessions_.size()) {
        const std::size_t index = next_session_;
        next_session_ = next_session_ + 1 < sessions_.size() ? next_session_ + 1 : 0;
        if (!sessions_[index].bound || sessions_[index].outstanding >= options_.window) {
            ++full;
            continue;
        }
        full = 0;
        const std::chrono::duration<double> offset(static_cast<double>(seen_.sent) / share_.rate);
        submit(index, begin_ + std::chrono::duration_cast<clock::duration>(offset));
    }
}

void worker::fill(std::size_t index) {
    const auto now = clock::now();
    while (sessions_[index].bound && sessions_[index].outstanding < options_.window && may_send()) {
        submit(index, now);
    }
}

bool worker::may_send() const noexcept {
    return loading_ && (share_.count == 0 || seen_.sent < share_.count);
}

void worker::submit(std::size_t index, clock::time_point due) {
    ++sessions_[index].outstanding;
    ++outstanding_;
    ++seen_.sent;
    live_.sent.fetch_add(1, std::memory_order_relaxed);
    send(index, due);
}

void worker::on_answer(std::size_t index, clock::time_point due, smpp::error_code failed) {
    session& s = sessions_[index];
    --s.outstanding;
    --outstanding_;
    end_ = clock::now();
    if (failed && failed.category() != smpp::status_category()) {
        ++seen_.failed[failed.message()];
        live_.failed.fetch_add(1, std::memory_order_relaxed);
        s.bound = s.bound && is_open(index);
    } else {
        seen_.latency.add((end_ - due).count());
        live_.answered.fetch_add(1, std::memory_order_relaxed);
        failed ? ++seen_.refused[smpp::command_status(failed.value())] : ++seen_.accepted;
    }
    if (loading_ && share_.rate == 0 && s.bound && may_send()) {
        submit(index, end_);
    } else if (share_.count != 0 && seen_.sent >= share_.count && outstanding_ == 0) {
        finish();
    } else if (!loading_ && outstanding_ == 0) {
        finish();
    }
}

void worker::on_lost(std::size_t index, smpp::error_code why) {
    sessions_[index].bound = false;
    if (loading_ && seen_.first_failure.empty()) {
        seen_.first_failure =
            "a session ended: " + (why ? why.message() : std::string("the peer unbound"));
    }
    if (loading_ && !any_bound()) {
        finish();
    }
}

bool worker::any_bound() const noexcept {
    return std::any_of(sessions_.begin(), sessions_.end(),
                       [](const session& each) { return each.bound; });
}

/// No new messages; unbinds when the answers are in, or when they do not come.
void worker::finish() {
    loading_ = false;
    ticker_.cancel();
    over_.cancel();
    if (!finished_) {
        finished_ = true;
        release();
    }
}

}  // namespace smpp_load
