#include "smpp-load/latencies.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using smpp_load::latencies;
using std::chrono::nanoseconds;

TEST(latencies, none_are_zero) {
    const latencies none;
    EXPECT_EQ(none.count(), 0U);
    EXPECT_EQ(none.min().count(), 0);
    EXPECT_EQ(none.mean().count(), 0);
    EXPECT_EQ(none.deviation().count(), 0);
    EXPECT_EQ(none.percentile(0.99).count(), 0);
}

TEST(latencies, small_ones_are_exact) {
    latencies all;
    for (int i = 1; i <= 100; ++i) {
        all.add(nanoseconds(i));
    }
    EXPECT_EQ(all.min().count(), 1);
    EXPECT_EQ(all.percentile(0).count(), 1);
    EXPECT_EQ(all.percentile(0.5).count(), 50);
    EXPECT_EQ(all.percentile(0.99).count(), 99);
    EXPECT_EQ(all.percentile(1).count(), 100);
    EXPECT_EQ(all.max().count(), 100);
}

TEST(latencies, percentiles_are_within_one_per_cent) {
    latencies all;
    for (int i = 1; i <= 100'000; ++i) {
        all.add(nanoseconds(i * 1'000));
    }
    for (const double fraction : {0.1, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
        const double exact = fraction * 1e8;
        EXPECT_NEAR(static_cast<double>(all.percentile(fraction).count()), exact, exact / 100);
    }
    EXPECT_NEAR(static_cast<double>(all.mean().count()), 50'000'500, 1);
    EXPECT_NEAR(static_cast<double>(all.deviation().count()), 1e8 / std::sqrt(12.0), 1000);
}

TEST(latencies, sums_of_several_are_as_of_one) {
    latencies one;
    latencies other;
    latencies both;
    for (int i = 0; i < 1'000; ++i) {
        (i % 3 == 0 ? one : other).add(nanoseconds(i * i));
        both.add(nanoseconds(i * i));
    }
    one.add_all(other);
    EXPECT_EQ(one.count(), both.count());
    EXPECT_EQ(one.min(), both.min());
    EXPECT_EQ(one.max(), both.max());
    EXPECT_EQ(one.percentile(0.9), both.percentile(0.9));
    EXPECT_NEAR(static_cast<double>(one.deviation().count()),
                static_cast<double>(both.deviation().count()), 1);
}

TEST(latencies, buckets_hold_all_and_ascend) {
    latencies all;
    all.add(nanoseconds(0));
    all.add(nanoseconds(1'000'000), 41);
    all.add(nanoseconds(INT64_MAX / 2));
    std::vector<std::pair<std::int64_t, std::uint64_t>> seen;
    all.each_bucket(
        [&](nanoseconds most, std::uint64_t count) { seen.emplace_back(most.count(), count); });
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[0], std::pair(std::int64_t{0}, std::uint64_t{1}));
    EXPECT_EQ(seen[1].second, 41U);
    EXPECT_GE(seen[1].first, 1'000'000);
    EXPECT_LT(seen[1].first, 1'010'000);
    EXPECT_GE(seen[2].first, INT64_MAX / 2);
}

}  // namespace
