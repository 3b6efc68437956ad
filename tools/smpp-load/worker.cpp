#include "smpp-load/worker.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <ctime>

namespace smpp_load {
namespace {

std::uint64_t thread_cpu_ns() noexcept {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(t.tv_nsec);
}

smpp::client_options client_options_of(const options& from) {
    smpp::client_options out;
    out.session.window = from.window;
    out.session.response_timer = std::chrono::duration_cast<smpp::duration>(from.response_timer);
    out.session.session_init_timer = std::chrono::seconds(60);
    out.connect_timer = std::chrono::seconds(60);
    out.tls = from.tls;
    out.tls_options.verify = from.verify;
    out.tls_options.ca_file = from.ca_file;
    return out;
}

/// More at a time overflow the accept queue of the server, and each lost SYN costs a second.
constexpr std::size_t connecting_at_a_time = 64;

}  // namespace

struct worker::session {
    explicit session(boost::asio::io_context& context, const options& from)
        : client(context.get_executor(), client_options_of(from)) {}
    smpp::client client;
    unsigned outstanding = 0;
    bool bound = false;
};

worker::worker(const options& options, const share& part, live_counters& live)
    : options_(options),
      share_(part),
      live_(live),
      ticker_(context_),
      over_(context_),
      mix_(options.messages) {
    for (unsigned i = 0; i < part.sessions; ++i) {
        sessions_.push_back(std::make_unique<session>(context_, options));
    }
}
worker::~worker() = default;

void worker::run() {
    next_session_ = std::min(connecting_at_a_time, sessions_.size());
    for (std::size_t i = 0; i < next_session_; ++i) {
        connect(*sessions_[i]);
    }
    context_.run();
    seen_.cpu_ns = thread_cpu_ns();
}

void worker::stop() {
    boost::asio::post(context_, [this] { finish(); });
}

void worker::connect(session& s) {
    s.client.async_connect(options_.host, options_.port, [this, &s](smpp::error_code failed) {
        if (failed) {
            on_ready(s, s.client.last_error());
            return;
        }
        smpp::bind_transceiver bind;
        bind.system_id = options_.user;
        bind.password = options_.password;
        s.client.async_bind(bind, [this, &s](smpp::error_code refused, const auto&) {
            on_ready(s, !refused ? std::string() : "bind refused: " + refused.message());
        });
    });
}

void worker::on_ready(session& s, const std::string& failure) {
    if (failure.empty()) {
        s.bound = true;
        ++seen_.sessions_bound;
        listen(s);
    } else {
        ++seen_.sessions_failed;
        if (seen_.first_failure.empty()) {
            seen_.first_failure = failure;
        }
    }
    if (next_session_ < sessions_.size()) {
        connect(*sessions_[next_session_++]);
    }
    if (++ready_ == sessions_.size()) {
        begin();
    }
}

void worker::begin() {
    begin_ = end_ = clock::now();
    if (seen_.sessions_bound == 0 || finished_) {
        finish();
        return;
    }
    loading_ = true;
    next_session_ = 0;
    if (share_.count == 0) {
        over_.expires_after(std::chrono::duration_cast<clock::duration>(options_.duration));
        over_.async_wait([this](smpp::error_code cancelled) {
            if (!cancelled) {
                finish();
            }
        });
    }
    if (share_.rate == 0) {
        for (const auto& each : sessions_) {
            fill(*each);
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
        session& s = *sessions_[next_session_];
        next_session_ = next_session_ + 1 < sessions_.size() ? next_session_ + 1 : 0;
        if (!s.bound || s.outstanding >= options_.window) {
            ++full;
            continue;
        }
        full = 0;
        const std::chrono::duration<double> offset(static_cast<double>(seen_.sent) / share_.rate);
        submit(s, begin_ + std::chrono::duration_cast<clock::duration>(offset));
    }
}

void worker::fill(session& s) {
    const auto now = clock::now();
    while (s.bound && s.outstanding < options_.window && may_send()) {
        submit(s, now);
    }
}

bool worker::may_send() const noexcept {
    return loading_ && (share_.count == 0 || seen_.sent < share_.count);
}

void worker::submit(session& s, clock::time_point due) {
    ++s.outstanding;
    ++outstanding_;
    ++seen_.sent;
    live_.sent.fetch_add(1, std::memory_order_relaxed);
    s.client.async_request(mix_.next(),
                           [this, &s, due](smpp::error_code failed, const smpp::submit_sm_resp&) {
                               on_answer(s, due, failed);
                           });
}

void worker::on_answer(session& s, clock::time_point due, smpp::error_code failed) {
    --s.outstanding;
    --outstanding_;
    end_ = clock::now();
    if (failed && failed.category() != smpp::status_category()) {
        ++seen_.failed[failed.message()];
        live_.failed.fetch_add(1, std::memory_order_relaxed);
        s.bound = s.bound && s.client.state() != smpp::session_state::closed;
    } else {
        seen_.latency.add((end_ - due).count());
        live_.answered.fetch_add(1, std::memory_order_relaxed);
        failed ? ++seen_.refused[smpp::command_status(failed.value())] : ++seen_.accepted;
    }
    if (loading_ && share_.rate == 0 && s.bound && may_send()) {
        submit(s, end_);
    } else if (share_.count != 0 && seen_.sent >= share_.count && outstanding_ == 0) {
        finish();
    } else if (!loading_ && outstanding_ == 0) {
        finish();
    }
}

/// Receipts are counted; the end of the session is noticed.
void worker::listen(session& s) {
    s.client.async_receive([this, &s](smpp::error_code ended, const smpp::pdu&) {
        if (ended) {
            s.bound = false;
            if (loading_ && seen_.first_failure.empty()) {
                seen_.first_failure = "a session ended: " + ended.message();
            }
            if (std::none_of(sessions_.begin(), sessions_.end(),
                             [](const auto& each) { return each->bound; })) {
                finish();
            }
            return;
        }
        ++seen_.receipts;
        listen(s);
    });
}

/// No new messages; unbinds when the answers are in, or when they do not come.
void worker::finish() {
    loading_ = false;
    ticker_.cancel();
    over_.cancel();
    if (finished_) {
        return;
    }
    finished_ = true;
    for (const auto& each : sessions_) {
        if (each->client.state() != smpp::session_state::closed) {
            each->client.async_unbind(
                std::chrono::duration_cast<smpp::duration>(options_.response_timer),
                [](smpp::error_code) {});
        }
    }
}

}  // namespace smpp_load
