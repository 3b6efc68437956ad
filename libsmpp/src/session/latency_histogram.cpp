#include "smpp/session/latency_histogram.hpp"

#include <algorithm>
#include <bit>

namespace smpp {

std::size_t latency_histogram::bucket_of(std::uint64_t value) noexcept {
    const auto width = static_cast<unsigned>(std::bit_width(value));
    if (width <= sub_bits) {
        return static_cast<std::size_t>(value);
    }
    const unsigned shift = width - sub_bits - 1;
    return (static_cast<std::size_t>(shift + 1) << sub_bits) +
           static_cast<std::size_t>((value >> shift) - (1U << sub_bits));
}

std::uint64_t latency_histogram::top_of(std::size_t bucket) noexcept {
    const std::size_t group = bucket >> sub_bits;
    if (group == 0) {
        return bucket;
    }
    const std::uint64_t base = (1U << sub_bits) + (bucket & ((1U << sub_bits) - 1));
    return ((base + 1) << (group - 1)) - 1;
}

void latency_histogram::add(std::int64_t nanoseconds) noexcept {
    const std::int64_t value = std::max<std::int64_t>(nanoseconds, 0);
    ++buckets_[bucket_of(static_cast<std::uint64_t>(value))];
    ++count_;
    max_ = std::max(max_, value);
}

void latency_histogram::add_all(const latency_histogram& other) noexcept {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        buckets_[i] += other.buckets_[i];
    }
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
}

std::int64_t latency_histogram::percentile(double fraction) const noexcept {
    const auto wanted = static_cast<std::uint64_t>(fraction * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen > wanted) {
            return std::min(max_, static_cast<std::int64_t>(top_of(i)));
        }
    }
    return max_;
}

}  // namespace smpp
