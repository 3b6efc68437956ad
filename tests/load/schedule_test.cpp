#include "smpp-load/schedule.hpp"

#include <gtest/gtest.h>

namespace {

using smpp_load::schedule;
using namespace std::chrono_literals;

const schedule::clock::time_point zero{1h};

TEST(schedule, each_is_due_at_its_time_and_not_at_a_tick) {
    schedule due(4'000, 0);
    due.start(zero, 3);
    EXPECT_EQ(due.next(), zero);
    due.take();
    EXPECT_EQ(due.next(), zero + 250us);
    due.take();
    EXPECT_EQ(due.next(), zero + 500us);
    due.take();
    EXPECT_EQ(due.next(), schedule::never);
}

TEST(schedule, those_of_threads_interleave) {
    schedule first(500, 0);
    schedule second(500, 0.5);
    first.start(zero, 2);
    second.start(zero, 2);
    EXPECT_EQ(first.next(), zero);
    EXPECT_EQ(second.next(), zero + 1ms);
    first.take();
    EXPECT_EQ(first.next(), zero + 2ms);
}

TEST(schedule, a_duration_holds_what_is_due_before_its_end) {
    EXPECT_EQ(schedule(1'000, 0).within(2s), 2'000U);
    EXPECT_EQ(schedule(200, 0).within(std::chrono::duration<double>(0.3)), 60U);
    EXPECT_EQ(schedule(0.1, 0).within(1s), 1U);
    EXPECT_EQ(schedule(0.1, 0.5).within(1s), 0U);
}

TEST(schedule, overdue_is_what_was_due_and_not_taken) {
    schedule due(1'000, 0);
    due.start(zero, 5);
    EXPECT_EQ(due.overdue(zero - 1us), 0U);
    EXPECT_EQ(due.overdue(zero), 1U);
    EXPECT_EQ(due.overdue(zero + 1500us), 2U);
    due.take(2);
    EXPECT_EQ(due.overdue(zero + 1500us), 0U);
    EXPECT_EQ(due.overdue(zero + 1h), 3U);
    due.take(3);
    EXPECT_EQ(due.overdue(zero + 1h), 0U);
    EXPECT_EQ(due.filled(), 5ms);
}

TEST(schedule, nothing_is_due_before_it_starts) {
    EXPECT_EQ(schedule(1'000, 0).next(), schedule::never);
    EXPECT_EQ(schedule(0, 0).next(), schedule::never);
}

}  // namespace
