// One thread's share of the load: some sessions, their windows, and the pace. How the sessions come
// about, and what is sent through them, is left to submitter and deliverer.
//
//     smpp_load::submitter worker(options, share, live);
//     worker.run();                        // until the count is answered or the time is over
//     use(worker.seen());
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <vector>

#include "smpp-load/figures.hpp"
#include "smpp-load/options.hpp"
#include "smpp/error.hpp"

namespace smpp_load {

struct share {
    unsigned sessions = 1;
    std::uint64_t count = 0;  ///< 0: no limit
    double rate = 0;          ///< 0: no limit
};

class worker {
public:
    using clock = std::chrono::steady_clock;

    worker(const options& options, const share& part, live_counters& live);
    virtual ~worker() = default;
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    /// Binds all sessions, then loads, then unbinds.
    void run();
    /// From another thread: ends the load early.
    void stop();

    [[nodiscard]] const figures& seen() const noexcept { return seen_; }
    /// From the first message to the last answer.
    [[nodiscard]] std::chrono::duration<double> took() const noexcept { return end_ - begin_; }

protected:
    /// Starts to bring the sessions about; each is told of by on_ready.
    virtual void gather() = 0;
    /// Sends a message through a session that has room; its end is told by on_answer, later.
    virtual void send(std::size_t session, clock::time_point due) = 0;
    [[nodiscard]] virtual bool is_open(std::size_t session) const = 0;
    /// Ends all sessions once what is outstanding is answered.
    virtual void release() = 0;

    /// A session is bound; or failed, and never will be.
    void on_ready(std::size_t session, const std::string& failure);
    void on_answer(std::size_t session, clock::time_point due, smpp::error_code failed);
    /// Its connection has ended.
    void on_lost(std::size_t session, smpp::error_code why);
    void on_other_message() noexcept { ++seen_.receipts; }

    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
    [[nodiscard]] const options& wanted() const noexcept { return options_; }
    [[nodiscard]] std::size_t session_count() const noexcept { return sessions_.size(); }

private:
    struct session {
        unsigned outstanding = 0;
        bool ready = false;  ///< told of once
        bool bound = false;
    };

    void begin();
    void tick();
    void send_due();
    void fill(std::size_t session);
    void submit(std::size_t session, clock::time_point due);
    void finish();
    [[nodiscard]] bool may_send() const noexcept;
    [[nodiscard]] bool any_bound() const noexcept;

    const options& options_;
    share share_;
    live_counters& live_;
    boost::asio::io_context context_{1};
    boost::asio::steady_timer ticker_;
    boost::asio::steady_timer over_;
    std::vector<session> sessions_;
    figures seen_;
    std::size_t ready_ = 0;  ///< sessions that are bound or have failed
    std::size_t next_session_ = 0;
    std::uint64_t outstanding_ = 0;
    bool loading_ = false;
    bool finished_ = false;
    clock::time_point begin_{};
    clock::time_point end_{};
};

}  // namespace smpp_load
