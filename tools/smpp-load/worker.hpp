// One thread's share of the load: some sessions, their windows, and the pace.
//
//     smpp_load::worker worker(options, share, live);
//     worker.run();                        // until the count is answered or the time is over
//     use(worker.seen());
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "smpp-load/figures.hpp"
#include "smpp-load/options.hpp"
#include "smpp/asio/client.hpp"

namespace smpp_load {

struct share {
    unsigned sessions = 1;
    std::uint64_t count = 0;  ///< 0: no limit
    double rate = 0;          ///< 0: no limit
};

class worker {
public:
    worker(const options& options, const share& part, live_counters& live);
    ~worker();

    /// Binds all sessions, then loads, then unbinds.
    void run();
    /// From another thread: ends the load early.
    void stop();

    [[nodiscard]] const figures& seen() const noexcept { return seen_; }
    /// From the first message to the last answer.
    [[nodiscard]] std::chrono::duration<double> took() const noexcept { return end_ - begin_; }

private:
    using clock = std::chrono::steady_clock;
    struct session;

    void connect(session& s);
    void on_ready(session& s, const std::string& failure);
    void begin();
    void tick();
    void send_due();
    void fill(session& s);
    void submit(session& s, clock::time_point due);
    void on_answer(session& s, clock::time_point due, smpp::error_code failed);
    void listen(session& s);
    void finish();
    [[nodiscard]] bool may_send() const noexcept;

    const options& options_;
    share share_;
    live_counters& live_;
    boost::asio::io_context context_{1};
    boost::asio::steady_timer ticker_;
    boost::asio::steady_timer over_;
    message_mix mix_;
    std::vector<std::unique_ptr<session>> sessions_;
    figures seen_;
    std::size_t ready_ = 0;  // sessions that are bound or have failed
    std::size_t next_session_ = 0;
    std::uint64_t outstanding_ = 0;
    bool loading_ = false;
    bool finished_ = false;
    clock::time_point begin_{};
    clock::time_point end_{};
};

}  // namespace smpp_load
