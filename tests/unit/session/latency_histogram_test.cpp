#include "smpp/session/latency_histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

TEST(latency_histogram, small_numbers_are_exact) {
    smpp::latency_histogram all;
    for (int i = 1; i <= 30; ++i) {
        all.add(i);
    }
    EXPECT_EQ(all.percentile(0.5), 15);
    EXPECT_EQ(all.percentile(0), 1);
    EXPECT_EQ(all.percentile(1), 30);
    EXPECT_EQ(all.max(), 30);
}

TEST(latency_histogram, percentiles_are_within_four_per_cent) {
    std::mt19937_64 random(7);
    std::lognormal_distribution<double> latency(13, 2);
    smpp::latency_histogram all;
    std::vector<std::int64_t> exact;
    for (int i = 0; i < 100'000; ++i) {
        const auto value = static_cast<std::int64_t>(latency(random));
        all.add(value);
        exact.push_back(value);
    }
    std::sort(exact.begin(), exact.end());
    for (const double fraction : {0.01, 0.5, 0.9, 0.99, 0.999}) {
        const auto at = static_cast<std::size_t>(fraction * static_cast<double>(exact.size()));
        const auto expected = static_cast<double>(exact[at]);
        EXPECT_NEAR(static_cast<double>(all.percentile(fraction)), expected, expected * 0.04);
    }
}

TEST(latency_histogram, sums_and_extremes) {
    smpp::latency_histogram one;
    smpp::latency_histogram other;
    one.add(5);
    other.add(INT64_MAX);
    other.add(-3);
    one.add_all(other);
    EXPECT_EQ(one.count(), 3U);
    EXPECT_EQ(one.max(), INT64_MAX);
    EXPECT_EQ(one.percentile(0), 0);
    EXPECT_EQ(smpp::latency_histogram().percentile(0.99), 0);
}

}  // namespace
