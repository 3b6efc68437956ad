#include "smpp/session/backoff.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace std::chrono_literals;

TEST(backoff, doubles_up_to_its_cap_and_begins_anew_after_success) {
    smpp::backoff_options options;
    options.jitter = 0;
    smpp::backoff backoff(options, 1);
    for (const auto expected :
         {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 32000ms, 60000ms, 60000ms}) {
        EXPECT_EQ(backoff.next(), expected);
    }
    EXPECT_EQ(backoff.tries(), 9U);
    backoff.reset();
    EXPECT_EQ(backoff.tries(), 0U);
    EXPECT_EQ(backoff.next(), 500ms);
}

TEST(backoff, jitter_keeps_within_its_part_and_differs_by_seed) {
    std::set<smpp::duration> first;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        smpp::backoff backoff({}, seed);
        const auto wait = backoff.next();
        EXPECT_GT(wait, 249ms);
        EXPECT_LE(wait, 500ms);
        first.insert(wait);
    }
    EXPECT_GT(first.size(), 990U);
    EXPECT_LT(*first.begin(), 260ms);
    EXPECT_GT(*first.rbegin(), 490ms);
}

TEST(backoff, a_month_of_failures_and_odd_options_stay_within_the_cap) {
    smpp::backoff_options options;
    options.factor = 1e300;
    options.jitter = 7;
    smpp::backoff backoff(options, 3);
    for (int i = 0; i < 100'000; ++i) {
        const auto wait = backoff.next();
        ASSERT_GE(wait, 0s);
        ASSERT_LE(wait, 60s);
    }
}

}  // namespace
