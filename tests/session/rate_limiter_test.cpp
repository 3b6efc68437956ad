#include "smpp/session/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace {

using namespace std::chrono_literals;
using smpp::rate_limiter;

constexpr smpp::time_point start{1h};

/// Takes all it can for `time`, coming back when told.
int take_for(rate_limiter& limiter, smpp::time_point& now, smpp::duration time) {
    int taken = 0;
    for (const auto end = now + time; now < end; now = limiter.next()) {
        while (limiter.try_take(now)) {
            ++taken;
        }
    }
    return taken;
}

TEST(rate_limiter, without_a_rate_never_says_no) {
    rate_limiter limiter(0, 1, start);
    for (int i = 0; i < 1'000'000; ++i) {
        ASSERT_TRUE(limiter.try_take(start));
    }
    EXPECT_FALSE(limiter.limited());
}

TEST(rate_limiter, gives_its_rate_evenly) {
    rate_limiter limiter(100, 1, start);
    EXPECT_TRUE(limiter.try_take(start));
    EXPECT_FALSE(limiter.try_take(start));
    EXPECT_EQ(limiter.next(), start + 10ms);
    EXPECT_FALSE(limiter.try_take(start + 9'999'999ns));
    EXPECT_TRUE(limiter.ready(start + 10ms));
    EXPECT_TRUE(limiter.try_take(start + 10ms));
    auto now = start + 20ms;
    EXPECT_EQ(take_for(limiter, now, 10s), 1000);
}

TEST(rate_limiter, after_a_rest_gives_a_burst_and_no_more) {
    rate_limiter limiter(10, 5, start);
    auto now = start + 1h;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(limiter.try_take(now));
    }
    EXPECT_FALSE(limiter.try_take(now));
    EXPECT_EQ(limiter.next(), now + 100ms);
}

TEST(rate_limiter, in_any_span_gives_no_more_than_burst_and_rate) {
    std::mt19937 random(5);
    rate_limiter limiter(50, 8, start);
    std::vector<smpp::time_point> taken;
    auto now = start;
    for (int i = 0; i < 5000; ++i) {
        now += std::chrono::microseconds(random() % 40'000);
        for (auto n = random() % 5; n > 0; --n) {
            if (limiter.try_take(now)) {
                taken.push_back(now);
            }
        }
    }
    ASSERT_GT(taken.size(), 4000U);
    for (std::size_t from = 0; from + 100 < taken.size(); from += 7) {
        const std::chrono::duration<double> span = taken[from + 100] - taken[from];
        EXPECT_GE(span.count(), (101 - 8) / 50.0 - 1e-6);
    }
}

TEST(rate_limiter, a_new_rate_holds_at_once) {
    rate_limiter limiter(1, 1, start);
    EXPECT_TRUE(limiter.try_take(start));
    EXPECT_EQ(limiter.next(), start + 1s);
    limiter.set_rate(100, start + 500ms);  // half a token is missing still
    EXPECT_EQ(limiter.next(), start + 505ms);
    limiter.set_rate(0, start + 500ms);
    EXPECT_TRUE(limiter.try_take(start + 500ms));
    limiter.set_rate(1e-12, start + 500ms);
    EXPECT_TRUE(limiter.try_take(start + 500ms));
    EXPECT_EQ(limiter.next(), start + 500ms + 1h);
}

}  // namespace
