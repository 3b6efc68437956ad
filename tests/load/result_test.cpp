#include "smpp-load/result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "smpp-load/progress.hpp"
#include "smpp-load/report.hpp"

namespace {

using smpp_load::result;
using ::testing::HasSubstr;
using ::testing::Not;

class load_result : public ::testing::Test {
protected:
    load_result() {
        got.all.sessions.bound = 1;
        got.all.sessions.loading = got.all.sessions.threads_loading = std::chrono::seconds(1);
        answer(1'000);
    }
    void answer(std::uint64_t count) {
        got.all.messages.sent = got.all.messages.accepted = count;
        got.all.messages.latency.add(std::chrono::milliseconds(2), count);
    }

    smpp_load::options wanted{};
    result got{wanted, {}};
};

TEST_F(load_result, the_rate_that_was_asked_for_limits_only_what_reached_it) {
    wanted.rate = 1'000;
    EXPECT_EQ(got.limit(), "the rate that was asked for");
    got.all.messages.unsent = 1;
    EXPECT_THAT(got.limit(), Not(HasSubstr("asked for")));
    got.all.messages.unsent = 0;
    wanted.rate = 2'000;
    EXPECT_THAT(got.limit(), HasSubstr("the other side or the network"));
}

TEST_F(load_result, messages_without_an_answer_limit_it) {
    wanted.rate = 1'000;
    got.all.messages.sent += 40;
    got.all.messages.failed["no response in time"] = 40;
    EXPECT_THAT(got.limit(), HasSubstr("left 40 of 1040 messages without an answer"));
    EXPECT_FALSE(got.good());
}

TEST_F(load_result, the_processor_limits_when_little_of_it_is_left) {
    got.all.sessions.cpu = std::chrono::milliseconds(950);
    EXPECT_THAT(got.limit(), HasSubstr("the processor of smpp-load (95 % of 1 thread)"));
    EXPECT_DOUBLE_EQ(got.cpu_us_of_each(), 950);
}

TEST_F(load_result, it_is_good_when_all_that_was_due_is_answered) {
    EXPECT_TRUE(got.good());
    got.all.messages.unsent = 1;
    EXPECT_FALSE(got.good());
    got.all.messages.unsent = 0;
    got.all.sessions.lost = 1;
    EXPECT_FALSE(got.good());
    got.all.sessions.lost = 0;
    got.all.messages = {};
    EXPECT_FALSE(got.good());
}

TEST_F(load_result, the_text_tells_no_latency_where_none_was_measured) {
    got.all.sessions.bound = 0;
    got.all.sessions.failed = 2;
    got.all.sessions.first_failure = "connection refused";
    got.all.messages = {};
    EXPECT_EQ(report_text(got), "no session was bound\n  2 failed; first: connection refused\n");
    EXPECT_THAT(report_json(got), HasSubstr(R"("latency_ms":null)"));
}

TEST_F(load_result, nothing_limits_what_was_never_measured) {
    got.all.messages = {};
    EXPECT_EQ(got.limit(), "its end, before there was anything to measure");
    got.all.sessions.bound = 0;
    EXPECT_EQ(report_text(got), "no session was bound\n");
}

TEST_F(load_result, the_text_tells_what_was_never_sent_and_how_long_it_waited) {
    wanted.rate = 1'000;
    got.all.messages.unsent = 500;
    got.all.messages.latency.add(std::chrono::seconds(1), 500);
    const std::string text = report_text(got);
    EXPECT_THAT(text, HasSubstr("500 due and never sent"));
    EXPECT_THAT(text, HasSubstr("500 of them without an answer: as long as they waited"));
    EXPECT_THAT(text, HasSubstr("max 1000.000 ms, from when each was due"));
}

TEST(progress_line, tells_of_binding_loading_and_the_end) {
    using phase = smpp_load::live_counters::phase;
    smpp_load::options wanted;
    wanted.sessions = 10'000;
    smpp_load::live_sum now;
    now.now = phase::binding;
    now.bound = 640;
    EXPECT_EQ(progress_line(now, {}, wanted), "binding: 640 of 10000 sessions bound");
    now.not_bound = 3;
    EXPECT_EQ(progress_line(now, {}, wanted), "binding: 640 of 10000 sessions bound, 3 failed");
    now.now = phase::loading;
    now.sent = 1'050;
    now.answered = 1'000;
    now.failed = 10;
    smpp_load::live_sum before;
    before.answered = 400;
    EXPECT_EQ(progress_line(now, before, wanted),
              "600 answered a second, 1000 in all, 40 outstanding, 10 failed");
    now.now = phase::ending;
    EXPECT_EQ(progress_line(now, before, wanted), "ending: 40 outstanding");
}

TEST(live_sum, is_at_what_the_slowest_thread_is_at) {
    using phase = smpp_load::live_counters::phase;
    smpp_load::live_counters one;
    smpp_load::live_counters other;
    one.now = phase::loading;
    one.bound = 2;
    other.bound = 3;
    smpp_load::live_sum sum;
    sum.add(one);
    sum.add(other);
    EXPECT_EQ(sum.now, phase::binding);
    EXPECT_EQ(sum.bound, 5U);
}

}  // namespace
