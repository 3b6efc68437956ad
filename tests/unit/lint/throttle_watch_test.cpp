#include "smpp/lint/throttle_watch.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using smpp::lint::throttle_watch;

struct sender {
    throttle_watch watch;
    throttle_watch::time now{0};
    unsigned told = 0;

    void submit(throttle_watch::time gap) {
        told += watch.on_submission(now) ? 1U : 0U;
        now += gap;
    }
    void refused(unsigned times, throttle_watch::time gap) {
        for (unsigned i = 0; i < times; ++i) {
            submit(gap);
            watch.on_refusal(now);
        }
    }
    void accepted(unsigned times, throttle_watch::time gap) {
        for (unsigned i = 0; i < times; ++i) {
            submit(gap);
        }
    }
};

TEST(throttle_watch, one_after_the_other_as_if_nothing_were_said) {
    sender of;
    of.refused(38, 2ms);
    EXPECT_EQ(of.told, 1U);
}

TEST(throttle_watch, at_full_rate_as_long_as_it_is_refused) {
    sender of;
    of.accepted(2000, 1ms);
    EXPECT_EQ(of.told, 0U);
    of.refused(2900, 1ms);
    EXPECT_EQ(of.told, 3U);
}

TEST(throttle_watch, what_was_on_its_way_does_not_count) {
    sender of;
    of.accepted(1, 0ms);
    of.watch.on_refusal(of.now);
    of.accepted(200, 200us);
    EXPECT_EQ(of.told, 0U);
}

TEST(throttle_watch, a_pause_is_enough) {
    sender of;
    for (int i = 0; i < 100; ++i) {
        of.refused(4, 1ms);
        of.now += 150ms;
    }
    EXPECT_EQ(of.told, 0U);
}

TEST(throttle_watch, half_the_rate_each_second_is_heeding_it) {
    sender of;
    of.accepted(2000, 1ms);
    for (auto gap = 2ms; gap < 100ms; gap *= 2) {
        of.refused(static_cast<unsigned>(1000ms / gap), gap);
    }
    EXPECT_EQ(of.told, 0U);
}

}  // namespace
