#include "mock-smsc/receipts/deliveries.hpp"

#include <algorithm>

#include "smpp/text/receipt.hpp"

namespace mock_smsc {

deliveries::deliveries(boost::asio::any_io_executor executor, message_store& store,
                       session_registry& sessions)
    : store_(store), sessions_(sessions), timer_(std::move(executor)) {}

void deliveries::start(message_number id, const delivery_plan& plan) {
    microseconds_utc earliest = plan.at;
    if (plan.steps) {
        for (const delivery_step& each : *plan.steps) {
            due_.push({each.at, id, ++order_, each.state, false});
            earliest = std::min(earliest, each.at);
        }
    }
    due_.push({plan.at, id, ++order_, plan.outcome, true, plan.silent, plan.unasked});
    if (due_.size() > forget_at_) {
        forget_dropped();
    }
    if (armed_for_ == 0 || earliest < armed_for_) {
        arm_timer();
    }
}

void deliveries::restart(message_number id, const delivery_plan& plan) {
    restarted_[id] = order_ + 1;
    start(id, plan);
}

void deliveries::forget_dropped() {
    std::priority_queue<due> kept;
    for (; !due_.empty(); due_.pop()) {
        if (store_.find_any(due_.top().id) != nullptr) {
            kept.push(due_.top());
        }
    }
    due_ = std::move(kept);
    std::erase_if(restarted_,
                  [&](const auto& each) { return store_.find_any(each.first) == nullptr; });
    forget_at_ = std::max<std::size_t>(1U << 16U, due_.size() * 2);
}

void deliveries::arm_timer() {
    if (due_.empty()) {
        armed_for_ = 0;
        return;
    }
    armed_for_ = due_.top().at;
    timer_.expires_after(
        std::chrono::microseconds(std::max<microseconds_utc>(0, armed_for_ - utc_now())));
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            run_due();
        }
    });
}

void deliveries::run_due() {
    // Others must have their turn when very many are due at once.
    constexpr int at_a_time = 1000;
    const auto now = utc_now();
    for (int i = 0; i < at_a_time && !due_.empty() && due_.top().at <= now; ++i) {
        const due next = due_.top();
        due_.pop();
        if (const auto moved = restarted_.find(next.id); moved != restarted_.end()) {
            if (next.order < moved->second) {
                continue;
            }
            if (next.last) {
                restarted_.erase(moved);
            }
        }
        if (next.last) {
            finish(next.id, next.outcome, next.silent, next.unasked);
        } else {
            take_step(next);
        }
    }
    if (on_round_end) {
        on_round_end();
    }
    arm_timer();
}

void deliveries::take_step(const due& what) {
    record* r = store_.find_any(what.id);
    if (r != nullptr && r->done == 0) {
        r->state = what.outcome;
        if (on_step) {
            on_step(what.id, what.outcome);
        }
    }
}

bool deliveries::finish(message_number id, smpp::message_state outcome, bool silent, bool unasked) {
    record* r = store_.find_any(id);
    if (r == nullptr || r->done != 0) {
        return false;
    }
    message_reader message(store_, sessions_, id, true);
    r->state = outcome;
    r->done = utc_now();
    r->receipts_due = silent ? std::uint8_t{0} : receipts_of(message.fields(), outcome, unasked);
    if (on_finished) {
        on_finished(id);
    }
    store_.settled(id);
    return true;
}

}  // namespace mock_smsc
