// Rate limiter: a token bucket without a clock. Tokens come at a steady rate, up to `burst` of them
// are kept.
//
//     smpp::rate_limiter limiter(100, 10, now);        // 100 a second, 10 at once
//     if (limiter.try_take(now)) { send(); } else { sleep_until(limiter.next()); }
#pragma once

#include <cstdint>

#include "smpp/session/options.hpp"

namespace smpp {

class rate_limiter {
public:
    /// `per_second` of 0: no limit. `burst` is 1 at least.
    rate_limiter(double per_second, double burst, time_point now) noexcept
        : burst_(burst < 1 ? 1 : burst), full_at_(now) {
        set_rate(per_second, now);
    }

    [[nodiscard]] bool limited() const noexcept { return interval_ != duration::zero(); }
    [[nodiscard]] bool ready(time_point now) const noexcept { return !limited() || next() <= now; }
    bool try_take(time_point now) noexcept;
    /// When the next token is there; REQUIRES: limited().
    [[nodiscard]] time_point next() const noexcept { return full_at_ - slack(); }

    /// From now on; tokens that are there stay.
    void set_rate(double per_second, time_point now) noexcept;
    [[nodiscard]] double rate() const noexcept { return rate_; }

private:
    /// How far before it is full the bucket holds one token.
    [[nodiscard]] duration slack() const noexcept {
        return duration(
            static_cast<duration::rep>(static_cast<double>(interval_.count()) * (burst_ - 1)));
    }

    double rate_ = 0;
    double burst_;
    duration interval_{};  ///< from token to token
    time_point full_at_;   ///< when the bucket is full, if nothing is taken (GCRA)
};

}  // namespace smpp
