// Pace: how fast requests may leave, learnt from what the peer answers. ESME_RTHROTTLED,
// ESME_RMSGQFUL and a congestion_state of 100 make it slower by a factor, time without them faster
// by a step (AIMD, as TCP does).
//
//     smpp::pace pace({}, now);
//     if (pace.try_send(now)) { send(); } else { sleep_until(pace.next()); }
//     pace.on_response(status, congestion_state, now);
#pragma once

#include <cstdint>
#include <optional>

#include "smpp/command_status.hpp"
#include "smpp/session/rate_limiter.hpp"

namespace smpp {

struct pace_options {
    double max_rate = 0;    ///< requests a second; 0: no limit until the peer complains
    double burst = 1;       ///< that may leave at once after a rest
    bool adapt = true;      ///< false: the peer's complaints change nothing
    double min_rate = 1;    ///< complaints bring it down to this at most
    double decrease = 0.5;  ///< a complaint: the rate times this
    double increase =
        0.1;  ///< each second without one: this part of the rate that was refused is added
    duration reaction = std::chrono::seconds(1);  ///< complaints of so long count as one
};

class pace {
public:
    pace(const pace_options& options, time_point now) noexcept
        : options_(options),
          limiter_(options.max_rate, options.burst, now),
          second_began_(now),
          changed_(now),
          slowed_at_(now),
          complained_(now) {}

    [[nodiscard]] bool ready(time_point now) noexcept {
        recover(now);
        return limiter_.ready(now);
    }
    bool try_send(time_point now) noexcept;
    /// When to try again after try_send() or ready() said no.
    [[nodiscard]] time_point next() const noexcept { return limiter_.next(); }

    /// An answer of the peer. `congestion_state`: its TLV, where it had one (5.0: 4.8.4.18).
    void on_response(command_status status, std::optional<std::uint8_t> congestion_state,
                     time_point now) noexcept;

    /// Requests a second now; 0: no limit.
    [[nodiscard]] double rate() const noexcept { return limiter_.rate(); }
    [[nodiscard]] std::uint64_t complaints() const noexcept { return complaints_; }

private:
    void slow_down(time_point now) noexcept;
    void recover(time_point now) noexcept;
    void count_accepted(time_point now) noexcept;

    pace_options options_;
    rate_limiter limiter_;
    time_point second_began_;  ///< of the second that is being counted
    double accepted_ = 0;      ///< in it
    double measured_ = 0;      ///< in the one before
    double goal_ = 0;          ///< where the peer complained last, or what went well since
    time_point changed_;       ///< when the rate was changed last
    time_point slowed_at_;
    time_point complained_;
    bool slowed_ = false;
    bool held_back_ = false;        ///< more was wanted since the rate was changed
    bool near_congestion_ = false;  ///< 90 to 99: no faster
    std::uint64_t complaints_ = 0;
};

}  // namespace smpp
