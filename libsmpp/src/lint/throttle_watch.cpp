#include "smpp/lint/throttle_watch.hpp"

#include <algorithm>
#include <utility>

namespace smpp::lint {
namespace {

double seconds(throttle_watch::time duration) noexcept {
    return std::chrono::duration<double>(duration).count();
}

}  // namespace

void throttle_watch::count(time now) noexcept {
    if (counted_from_ < time::zero() || now - counted_from_ >= second) {
        const bool recent = counted_from_ >= time::zero() && now - counted_from_ < 2 * second;
        earlier_from_ = recent ? counted_from_ : time(-1);
        earlier_ = recent ? counted_ : 0;
        counted_from_ = now;
        counted_ = 0;
    }
    ++counted_;
}

double throttle_watch::rate_before(time now) const noexcept {
    if (counted_from_ < time::zero()) {
        return 0;
    }
    const time from = earlier_from_ >= time::zero() ? earlier_from_ : counted_from_;
    return static_cast<double>(earlier_ + counted_) / seconds(std::max(now - from, on_the_way));
}

void throttle_watch::begin(time now, double rate) noexcept {
    began_ = now;
    before_ = rate;
    after_ = 0;
    told_ = false;
}

void throttle_watch::on_refusal(time now) noexcept {
    if (began_ < time::zero()) {
        begin(now, rate_before(now));
    }
    last_refusal_ = now;
}

bool throttle_watch::on_submission(time now) noexcept {
    count(now);
    const time last = std::exchange(last_submission_, now);
    if (began_ < time::zero()) {
        return false;
    }
    if (now - last >= pause || now - last_refusal_ >= pause) {
        began_ = time(-1);  // it has waited, or is not refused any more
        return false;
    }
    const time since = now - began_ - on_the_way;
    if (since < time::zero()) {
        return false;
    }
    ++after_;
    const double rate = static_cast<double>(after_) / seconds(std::max(since, on_the_way));
    if (since >= second) {
        begin(now, rate);  // one that is slower now shall not become faster again
        return false;
    }
    constexpr double as_before = 0.8;
    if (told_ || after_ < many || rate < before_ * as_before) {
        return false;
    }
    told_ = true;
    return true;
}

}  // namespace smpp::lint
