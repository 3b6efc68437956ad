// Latencies in buckets: any number of them in a few kilobytes, with a known error.
//
//     smpp::latency_histogram all;           // about 3 %
//     all.add(1'200'000);                    // nanoseconds
//     auto p99 = all.percentile(0.99);
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace smpp {

/// Values below 2^SubBits have a bucket each; from there on each power of two has 2^SubBits: the
/// error is below 1 in 2^SubBits.
template <unsigned SubBits>
class latency_buckets {
public:
    /// What is negative counts as 0.
    void add(std::int64_t nanoseconds, std::uint64_t times = 1) noexcept {
        const std::int64_t value = std::max<std::int64_t>(nanoseconds, 0);
        buckets_[bucket_of(static_cast<std::uint64_t>(value))] += times;
        count_ += times;
        min_ = std::min(min_, value);
        max_ = std::max(max_, value);
    }
    void add_all(const latency_buckets& other) noexcept {
        for (std::size_t i = 0; i < buckets_.size(); ++i) {
            buckets_[i] += other.buckets_[i];
        }
        count_ += other.count_;
        min_ = std::min(min_, other.min_);
        max_ = std::max(max_, other.max_);
    }

    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    /// Both exact; zero when there is none.
    [[nodiscard]] std::int64_t min() const noexcept { return count_ > 0 ? min_ : 0; }
    [[nodiscard]] std::int64_t max() const noexcept { return max_; }
    /// `fraction` of 0.99: 99 % took at most that long.
    [[nodiscard]] std::int64_t percentile(double fraction) const noexcept {
        const double rank = std::ceil(fraction * static_cast<double>(count_));
        const auto wanted = std::max<std::uint64_t>(static_cast<std::uint64_t>(rank), 1);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < buckets_.size() && count_ > 0; ++i) {
            seen += buckets_[i];
            if (seen >= wanted) {
                return std::clamp(top_of(i), min_, max_);
            }
        }
        return max_;
    }

    /// Calls `use(most, count)` for each bucket that is not empty, in order: so many took at most
    /// `most`, and longer than the bucket before.
    template <class F>
    void each_bucket(F use) const {
        for (std::size_t i = 0; i < buckets_.size(); ++i) {
            if (buckets_[i] > 0) {
                use(top_of(i), buckets_[i]);
            }
        }
    }

private:
    [[nodiscard]] static std::size_t bucket_of(std::uint64_t value) noexcept {
        const auto width = static_cast<unsigned>(std::bit_width(value));
        if (width <= SubBits) {
            return static_cast<std::size_t>(value);
        }
        const unsigned shift = width - SubBits - 1;
        return (static_cast<std::size_t>(shift + 1) << SubBits) +
               static_cast<std::size_t>((value >> shift) - (1U << SubBits));
    }
    [[nodiscard]] static std::int64_t top_of(std::size_t bucket) noexcept {
        const std::size_t group = bucket >> SubBits;
        if (group == 0) {
            return static_cast<std::int64_t>(bucket);
        }
        const std::uint64_t base = (1U << SubBits) + (bucket & ((1U << SubBits) - 1));
        return static_cast<std::int64_t>(((base + 1) << (group - 1)) - 1);
    }

    std::array<std::uint64_t, (64 - SubBits + 1) << SubBits> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t min_ = INT64_MAX;
    std::int64_t max_ = 0;
};

/// What statistics keep of each command.
using latency_histogram = latency_buckets<5>;

}  // namespace smpp
