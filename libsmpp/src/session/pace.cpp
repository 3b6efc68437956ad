#include "smpp/session/pace.hpp"

#include <algorithm>

namespace smpp {
namespace {

constexpr duration second = std::chrono::seconds(1);
constexpr std::uint8_t congested = 100;
constexpr std::uint8_t nearing_congestion = 90;

double seconds(duration time) noexcept { return std::chrono::duration<double>(time).count(); }

}  // namespace

void pace::count_accepted(time_point now) noexcept {
    if (now - second_began_ >= second) {
        measured_ = accepted_ / seconds(now - second_began_);
        accepted_ = 0;
        second_began_ = now;
    }
    accepted_ += 1;
}

void pace::on_response(command_status status, std::optional<std::uint8_t> congestion_state,
                       time_point now) noexcept {
    const bool complains = status == command_status::throttled ||
                           status == command_status::message_queue_full ||
                           congestion_state.value_or(0) >= congested;
    if (congestion_state) {
        near_congestion_ = *congestion_state >= nearing_congestion;
    }
    if (complains) {
        ++complaints_;
        complained_ = now;
        if (options_.adapt) {
            slow_down(now);
        }
    } else {
        count_accepted(now);
    }
}

void pace::slow_down(time_point now) noexcept {
    // What was in flight at the first complaint will be refused, too: that is one complaint.
    if (slowed_ && now - slowed_at_ < options_.reaction) {
        return;
    }
    const double accepted_now = accepted_ / std::max(seconds(now - second_began_), 0.1);
    const double before = limiter_.limited() ? limiter_.rate() : std::max(measured_, accepted_now);
    goal_ = options_.max_rate > 0 ? options_.max_rate : std::max(before, options_.min_rate);
    slowed_ = true;
    slowed_at_ = changed_ = now;
    limiter_.set_rate(std::max(before * options_.decrease, options_.min_rate), now);
}

void pace::recover(time_point now) noexcept {
    const time_point since = std::max(changed_, complained_);
    if (!slowed_ || now - since < options_.reaction || near_congestion_) {
        return;
    }
    double faster =
        limiter_.rate() + goal_ * options_.increase * std::min(seconds(now - since), 60.0);
    if (options_.max_rate > 0 && faster >= options_.max_rate) {
        slowed_ = false;
        faster = options_.max_rate;
    }
    // Time alone leads back to where the peer complained; beyond, only what is used may grow.
    faster = held_back_ ? faster : std::min(faster, std::max(goal_, limiter_.rate()));
    goal_ = std::max(goal_, faster);
    changed_ = now;
    held_back_ = false;
    limiter_.set_rate(faster, now);
}

bool pace::try_send(time_point now) noexcept {
    recover(now);
    const bool may = limiter_.try_take(now);
    held_back_ = held_back_ || !may;
    return may;
}

}  // namespace smpp
