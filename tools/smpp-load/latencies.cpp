#include "smpp-load/latencies.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace smpp_load {

/// Values below 2^sub_bits have a bucket each; from there on each power of two has 2^sub_bits.
std::size_t latencies::bucket_of(std::uint64_t value) noexcept {
    const auto width = static_cast<unsigned>(std::bit_width(value));
    if (width <= sub_bits) {
        return static_cast<std::size_t>(value);
    }
    const unsigned shift = width - sub_bits - 1;
    return (static_cast<std::size_t>(shift + 1) << sub_bits) +
           static_cast<std::size_t>((value >> shift) - (1U << sub_bits));
}

std::int64_t latencies::top_of(std::size_t bucket) noexcept {
    const std::size_t group = bucket >> sub_bits;
    if (group == 0) {
        return static_cast<std::int64_t>(bucket);
    }
    const std::uint64_t base = (1U << sub_bits) + (bucket & ((1U << sub_bits) - 1));
    return static_cast<std::int64_t>(((base + 1) << (group - 1)) - 1);
}

void latencies::add(nanoseconds taken, std::uint64_t times) noexcept {
    const std::int64_t value = std::max<std::int64_t>(taken.count(), 0);
    buckets_[bucket_of(static_cast<std::uint64_t>(value))] += times;
    count_ += times;
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
    const auto weighted = static_cast<double>(value) * static_cast<double>(times);
    sum_ += weighted;
    squares_ += weighted * static_cast<double>(value);
}

void latencies::add_all(const latencies& other) noexcept {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        buckets_[i] += other.buckets_[i];
    }
    count_ += other.count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
    sum_ += other.sum_;
    squares_ += other.squares_;
}

latencies::nanoseconds latencies::mean() const noexcept {
    return nanoseconds(count_ > 0 ? std::llround(sum_ / static_cast<double>(count_)) : 0);
}

latencies::nanoseconds latencies::deviation() const noexcept {
    if (count_ == 0) {
        return nanoseconds(0);
    }
    const auto n = static_cast<double>(count_);
    const double mean = sum_ / n;
    return nanoseconds(std::llround(std::sqrt(std::max(squares_ / n - mean * mean, 0.0))));
}

latencies::nanoseconds latencies::percentile(double fraction) const noexcept {
    const auto rank = static_cast<std::uint64_t>(std::ceil(fraction * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size() && count_ > 0; ++i) {
        seen += buckets_[i];
        if (seen >= std::max<std::uint64_t>(rank, 1)) {
            return nanoseconds(std::clamp(top_of(i), min_, max_));
        }
    }
    return max();
}

}  // namespace smpp_load
