// Latencies in buckets of less than 1 %, with what the library's histogram for counters leaves out:
// the least, mean and deviation, and the buckets themselves.
//
//     smpp_load::latencies all;
//     all.add(std::chrono::microseconds(120));
//     auto p99 = all.percentile(0.99);
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace smpp_load {

class latencies {
public:
    using nanoseconds = std::chrono::nanoseconds;

    void add(nanoseconds taken, std::uint64_t times = 1) noexcept;
    void add_all(const latencies& other) noexcept;

    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    /// Zero when there is none.
    [[nodiscard]] nanoseconds min() const noexcept { return nanoseconds(count_ > 0 ? min_ : 0); }
    [[nodiscard]] nanoseconds max() const noexcept { return nanoseconds(max_); }
    [[nodiscard]] nanoseconds mean() const noexcept;
    [[nodiscard]] nanoseconds deviation() const noexcept;
    /// `fraction` of 0.99: 99 % took at most that long.
    [[nodiscard]] nanoseconds percentile(double fraction) const noexcept;

    /// Calls `use(most, count)` for each bucket that is not empty, in order: so many took at most
    /// `most`, and longer than the bucket before.
    template <class F>
    void each_bucket(F use) const {
        for (std::size_t i = 0; i < buckets_.size(); ++i) {
            if (buckets_[i] > 0) {
                use(nanoseconds(top_of(i)), buckets_[i]);
            }
        }
    }

private:
    static constexpr unsigned sub_bits = 7;
    [[nodiscard]] static std::size_t bucket_of(std::uint64_t value) noexcept;
    [[nodiscard]] static std::int64_t top_of(std::size_t bucket) noexcept;

    std::array<std::uint64_t, (64 - sub_bits + 1) << sub_bits> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t min_ = INT64_MAX;
    std::int64_t max_ = 0;
    double sum_ = 0;
    double squares_ = 0;
};

}  // namespace smpp_load
