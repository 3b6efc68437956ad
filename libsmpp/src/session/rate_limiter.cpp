#include "smpp/session/rate_limiter.hpp"

#include <algorithm>

namespace smpp {

bool rate_limiter::try_take(time_point now) noexcept {
    if (!limited()) {
        return true;
    }
    if (next() > now) {
        return false;
    }
    full_at_ = std::max(full_at_, now) + interval_;
    return true;
}

void rate_limiter::set_rate(double per_second, time_point now) noexcept {
    rate_ = std::max(per_second, 0.0);
    duration interval{};
    if (rate_ > 0) {
        // Slower than one an hour is one an hour: sums of times must not overflow.
        const double nanoseconds = std::min(1e9 / rate_, 3600e9);
        interval = std::max(duration(static_cast<duration::rep>(nanoseconds)), duration(1));
    }
    if (full_at_ > now && interval_ != duration::zero()) {
        const double missing =
            static_cast<double>((full_at_ - now).count()) / static_cast<double>(interval_.count());
        full_at_ =
            now +
            duration(static_cast<duration::rep>(missing * static_cast<double>(interval.count())));
    } else {
        full_at_ = now;
    }
    interval_ = interval;
}

}  // namespace smpp
