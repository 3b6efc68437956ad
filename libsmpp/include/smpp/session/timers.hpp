// Timers of a session: a table of deadlines, no clock. The owner asks for the next one and comes
// back when it has passed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "smpp/session/options.hpp"

namespace smpp {

enum class timer : std::uint8_t {
    session_init,       ///< connected, and not bound
    enquire_link,       ///< silence
    enquire_link_resp,  ///< asked, and no sign of life
    inactivity,
    unbind,       ///< unbind was sent
    drain,        ///< shutting down: outstanding requests may finish until then
    partial_pdu,  ///< a PDU has begun and is not whole
};
inline constexpr std::size_t timer_count = 7;

class timers {
public:
    static constexpr time_point never = time_point::max();

    timers() noexcept { at_.fill(never); }

    /// A zero duration switches the timer off.
    void start(timer which, time_point now, duration after) noexcept {
        at(which) = after == duration::zero() ? never : now + after;
    }
    void stop(timer which) noexcept { at(which) = never; }
    void stop_all() noexcept { at_.fill(never); }
    [[nodiscard]] bool running(timer which) const noexcept { return at_[index(which)] != never; }
    [[nodiscard]] bool expired(timer which, time_point now) const noexcept {
        return at_[index(which)] <= now;
    }
    [[nodiscard]] time_point next() const noexcept {
        return *std::min_element(at_.begin(), at_.end());
    }

private:
    static constexpr std::size_t index(timer which) noexcept {
        return static_cast<std::size_t>(which);
    }
    time_point& at(timer which) noexcept { return at_[index(which)]; }

    std::array<time_point, timer_count> at_;
};

}  // namespace smpp
