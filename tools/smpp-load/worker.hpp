// One thread's share of the load: some sessions, their windows, and the pace. How the sessions come
// about, and what is sent through them, is left to submitter and deliverer.
//
//     smpp_load::submitter worker(options, share);
//     worker.on_gathered = [&] { worker.start(); };
//     worker.run();                        // until the count is answered or the time is over
//     use(worker.seen());
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <optional>
#include <vector>

#include "smpp-load/figures.hpp"
#include "smpp-load/options.hpp"
#include "smpp-load/schedule.hpp"
#include "smpp/error.hpp"

namespace smpp_load {

struct share {
    unsigned sessions = 1;
    std::optional<std::uint64_t> count{};  ///< none: until the duration is over
    place thread{};
};

class worker {
public:
    using clock = std::chrono::steady_clock;

    worker(const options& options, const share& part);
    virtual ~worker() = default;
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    /// Binds all sessions, then loads once it is started, then unbinds.
    void run();
    /// Called once, by the thread of run(), when each session is bound or has failed.
    std::function<void()> on_gathered;
    /// From any thread: loads. Once only.
    void start();
    /// From another thread: ends the load early.
    void stop();

    [[nodiscard]] const figures& seen() const noexcept { return seen_; }
    [[nodiscard]] const live_counters& live() const noexcept { return live_; }

protected:
    /// Starts to bring the sessions about; each is told of by on_ready.
    virtual void gather() = 0;
    /// Sends a message through a session that has room; its end is told by on_answer, later.
    virtual void send(std::size_t session, clock::time_point due) = 0;
    [[nodiscard]] virtual bool is_open(std::size_t session) const = 0;
    /// Ends all sessions once what is outstanding is answered. `early`: some are still binding, and
    /// need not.
    virtual void release(bool early) = 0;

    /// A session is bound; or failed, and never will be.
    void on_ready(std::size_t session, const std::string& failure);
    void on_answer(std::size_t session, clock::time_point due, smpp::error_code failed);
    /// Its connection has ended.
    void on_lost(std::size_t session, smpp::error_code why);
    /// A message of the peer.
    void on_received();

    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
    [[nodiscard]] const options& wanted() const noexcept { return options_; }
    [[nodiscard]] std::size_t session_count() const noexcept { return sessions_.size(); }
    /// For release(): a little longer than the response timer, which shall be the one that fails
    /// what is never answered.
    [[nodiscard]] clock::duration drain() const noexcept {
        return std::chrono::duration_cast<clock::duration>(options_.response_timer) +
               std::chrono::milliseconds(100);
    }
    /// What the library says of a session's TLS.
    void note_security(const std::string& security);

private:
    struct session {
        unsigned outstanding = 0;
        bool ready = false;  ///< told of once
        bool bound = false;
    };

    void run_paced();
    void wake_at(clock::time_point when);
    void begin();
    void warm_up();
    void measure();
    void start_clock();
    void after(std::chrono::duration<double> time, void (worker::*then)());
    void sample();
    [[nodiscard]] clock::time_point send_due();
    [[nodiscard]] std::optional<std::size_t> session_with_room();
    void fill(std::size_t session);
    void submit(std::size_t session, clock::time_point due);
    void note_outcome(clock::time_point due, smpp::error_code failed);
    void note_unsent();
    void note_end();
    void set_bound(std::size_t session, bool bound);
    void finish();
    [[nodiscard]] bool may_send() const noexcept;
    [[nodiscard]] bool reached_target() const noexcept;
    [[nodiscard]] bool paced() const noexcept { return options_.rate > 0; }
    [[nodiscard]] bool measured(clock::time_point due) const noexcept {
        return due >= measured_from_;
    }

    const options& options_;
    share share_;
    live_counters live_{};
    boost::asio::io_context context_{1};
    boost::asio::steady_timer sampler_;
    boost::asio::steady_timer over_;
    boost::asio::steady_timer waker_;
    clock::time_point wake_at_ = schedule::never;
    std::vector<session> sessions_;
    schedule schedule_;
    figures seen_{};
    std::optional<std::uint64_t> target_{};  ///< messages to measure; none: until the time is over
    std::size_t ready_ = 0;                  ///< sessions that are bound or have failed
    std::size_t bound_ = 0;
    std::size_t next_session_ = 0;
    std::uint64_t outstanding_ = 0;
    bool loading_ = false;
    bool finished_ = false;
    bool held_back_ = false;          ///< all windows are full; on_answer makes room
    clock::time_point room_since_{};  ///< in one of them
    clock::time_point gathering_from_{};
    clock::time_point measured_from_ = clock::time_point::max();
    clock::time_point end_{};
    std::chrono::nanoseconds cpu_before_{};
};

}  // namespace smpp_load
