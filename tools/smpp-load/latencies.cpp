#include "smpp-load/latencies.hpp"

#include <algorithm>
#include <cmath>

namespace smpp_load {

void latencies::add(nanoseconds taken, std::uint64_t times) noexcept {
    buckets_.add(taken.count(), times);
    const auto value = static_cast<double>(std::max<std::int64_t>(taken.count(), 0));
    const double weighted = value * static_cast<double>(times);
    sum_ += weighted;
    squares_ += weighted * value;
}

void latencies::add_all(const latencies& other) noexcept {
    buckets_.add_all(other.buckets_);
    sum_ += other.sum_;
    squares_ += other.squares_;
}

latencies::nanoseconds latencies::mean() const noexcept {
    return nanoseconds(count() > 0 ? std::llround(sum_ / static_cast<double>(count())) : 0);
}

latencies::nanoseconds latencies::deviation() const noexcept {
    if (count() == 0) {
        return nanoseconds(0);
    }
    const auto n = static_cast<double>(count());
    const double mean = sum_ / n;
    return nanoseconds(std::llround(std::sqrt(std::max(squares_ / n - mean * mean, 0.0))));
}

}  // namespace smpp_load
