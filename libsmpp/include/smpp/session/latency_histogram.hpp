// Latencies in buckets of about 3 %: any number of them in a few kilobytes.
//
//     smpp::latency_histogram all;
//     all.add(1'200'000);                    // nanoseconds
//     auto p99 = all.percentile(0.99);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace smpp {

class latency_histogram {
public:
    void add(std::int64_t nanoseconds) noexcept;
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    [[nodiscard]] std::int64_t max() const noexcept { return max_; }
    /// `fraction` of 0.99: 99 % took at most that long.
    [[nodiscard]] std::int64_t percentile(double fraction) const noexcept;
    void add_all(const latency_histogram& other) noexcept;

private:
    static constexpr unsigned sub_bits = 5;
    [[nodiscard]] static std::size_t bucket_of(std::uint64_t value) noexcept;
    [[nodiscard]] static std::uint64_t top_of(std::size_t bucket) noexcept;

    std::array<std::uint64_t, (64 - sub_bits + 1) << sub_bits> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t max_ = 0;
};

}  // namespace smpp
