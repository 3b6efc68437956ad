// Latencies in buckets of less than 1 %, with what the library's histogram leaves out: mean and
// deviation.
//
//     smpp_load::latencies all;
//     all.add(std::chrono::microseconds(120));
//     auto p99 = all.percentile(0.99);
#pragma once

#include <chrono>
#include <cstdint>

#include "smpp/session/latency_histogram.hpp"

namespace smpp_load {

class latencies {
public:
    using nanoseconds = std::chrono::nanoseconds;

    void add(nanoseconds taken, std::uint64_t times = 1) noexcept;
    void add_all(const latencies& other) noexcept;

    [[nodiscard]] std::uint64_t count() const noexcept { return buckets_.count(); }
    /// Zero when there is none.
    [[nodiscard]] nanoseconds min() const noexcept { return nanoseconds(buckets_.min()); }
    [[nodiscard]] nanoseconds max() const noexcept { return nanoseconds(buckets_.max()); }
    [[nodiscard]] nanoseconds mean() const noexcept;
    [[nodiscard]] nanoseconds deviation() const noexcept;
    /// `fraction` of 0.99: 99 % took at most that long.
    [[nodiscard]] nanoseconds percentile(double fraction) const noexcept {
        return nanoseconds(buckets_.percentile(fraction));
    }

    /// Calls `use(most, count)` for each bucket that is not empty, in order: so many took at most
    /// `most`, and longer than the bucket before.
    template <class F>
    void each_bucket(F use) const {
        buckets_.each_bucket(
            [&](std::int64_t most, std::uint64_t count) { use(nanoseconds(most), count); });
    }

private:
    smpp::latency_buckets<7> buckets_;
    double sum_ = 0;
    double squares_ = 0;
};

}  // namespace smpp_load
