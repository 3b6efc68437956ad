#include "smpp-load/schedule.hpp"

#include <algorithm>
#include <cmath>

namespace smpp_load {

void schedule::start(clock::time_point begin, std::uint64_t planned) noexcept {
    begin_ = begin;
    planned_ = planned;
    taken_ = 0;
    take(0);
}

void schedule::take(std::uint64_t count) noexcept {
    taken_ += count;
    const std::chrono::duration<double> after((static_cast<double>(taken_) + offset_) / rate_);
    next_ = taken_ < planned_ ? begin_ + std::chrono::duration_cast<clock::duration>(after) : never;
}

std::uint64_t schedule::within(std::chrono::duration<double> time) const noexcept {
    // 0.3 s at 200 a second are 60, whatever 0.3 is in binary.
    const double most = std::ceil(time.count() * rate_ - offset_ - 1e-6);
    return most > 0 ? static_cast<std::uint64_t>(most) : 0;
}

std::uint64_t schedule::overdue(clock::time_point now) const noexcept {
    if (next_ > now) {
        return 0;
    }
    const double since = std::chrono::duration<double>(now - next_).count();
    return std::min(planned_ - taken_, static_cast<std::uint64_t>(since * rate_) + 1);
}

}  // namespace smpp_load
