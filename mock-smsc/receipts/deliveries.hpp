// Brings messages into their final state when the time has come.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "mock-smsc/receipts/delivery_plan.hpp"

namespace mock_smsc {

class deliveries {
public:
    deliveries(boost::asio::any_io_executor executor, message_store& store,
               session_registry& sessions);

    /// At plan.at the message gets plan.outcome, if it still waits for one.
    void start(message_number id, const delivery_plan& plan);
    /// The same, and what was started before does not count any more.
    void restart(message_number id, const delivery_plan& plan);
    /// Now. False: there is no such message, or it has its final state.
    bool finish(message_number id, smpp::message_state outcome, bool silent = false,
                bool unasked = false);

    [[nodiscard]] std::size_t waiting() const noexcept { return due_.size(); }

    /// The message is in its final state; record::receipts_due is set.
    std::function<void(message_number)> on_finished;
    /// The message has that state on its way.
    std::function<void(message_number, smpp::message_state)> on_step;
    /// A round of those is over.
    std::function<void()> on_round_end;

private:
    struct due {
        microseconds_utc at = 0;
        message_number id = 0;
        std::uint64_t order = 0;
        smpp::message_state outcome{};
        bool last = true;
        bool silent = false;
        bool unasked = false;

        bool operator<(const due& other) const noexcept {  // earliest first
            return at != other.at ? at > other.at : order > other.order;
        }
    };

    void arm_timer();
    void run_due();
    void take_step(const due& what);
    void forget_dropped();

    message_store& store_;
    session_registry& sessions_;
    boost::asio::steady_timer timer_;
    std::priority_queue<due> due_;
    std::unordered_map<message_number, std::uint64_t>
        restarted_;  // what has a lesser order is void
    std::uint64_t order_ = 0;
    microseconds_utc armed_for_ = 0;  // 0: not armed
    std::size_t forget_at_ = 1U << 16U;
};

}  // namespace mock_smsc
