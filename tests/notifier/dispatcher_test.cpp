#include "notifier/dispatcher.hpp"

#include <gtest/gtest.h>

#include <map>

namespace {

using namespace std::chrono_literals;
using notifier::dispatch_limits;
using notifier::outcome_state;
using notifier::submit_token;
using smpp::command_status;

/// A dispatcher over some recipients, with virtual time and the outcomes by recipient.
class campaign {
public:
    campaign(std::size_t recipients, std::size_t parts, const dispatch_limits& limits)
        : dispatcher(
              limits, [this](notifier::work& next) { return give(next); },
              [this](std::uint64_t id, notifier::outcome&& result) {
                  outcomes[id] = std::move(result);
              }),
          left_(recipients) {
        auto message = std::make_shared<notifier::prepared_message>();
        message->parts.resize(parts);
        message_ = std::move(message);
    }

    /// Everything that may be sent now.
    std::vector<submit_token> send() {
        std::vector<submit_token> out;
        while (const auto submit = dispatcher.next(now)) {
            out.push_back(submit->token);
        }
        return out;
    }

    void answer(submit_token token, command_status status = command_status::ok) {
        dispatcher.on_answer(token, status,
                             std::to_string(token.work) + '.' + std::to_string(token.part), now);
    }

    std::map<std::uint64_t, notifier::outcome> outcomes;
    notifier::time_point now{1000h};
    notifier::dispatcher dispatcher;

private:
    bool give(notifier::work& next) {
        if (left_ == 0) {
            return false;
        }
        --left_;
        next.id = next_id_++;
        next.to.addr = "1555000" + std::to_string(next.id);
        next.message = message_;
        return true;
    }

    std::size_t left_;
    std::uint64_t next_id_ = 0;
    std::shared_ptr<const notifier::prepared_message> message_;
};

dispatch_limits limits(std::uint32_t window, std::uint32_t retry = 0) {
    dispatch_limits out;
    out.window = window;
    out.retry = retry;
    return out;
}

TEST(dispatcher, keeps_the_window_full_and_never_over) {
    campaign c(5, 1, limits(2));
    const auto first = c.send();
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(c.dispatcher.in_flight(), 2U);
    c.answer(first[1]);
    EXPECT_EQ(c.send().size(), 1U);
    EXPECT_FALSE(c.dispatcher.wake_up(c.now));
    EXPECT_FALSE(c.dispatcher.finished());
}

TEST(dispatcher, accepts_only_after_every_part_was_answered) {
    campaign c(1, 3, limits(10));
    const auto parts = c.send();
    ASSERT_EQ(parts.size(), 3U);
    c.answer(parts[2]);
    c.answer(parts[0]);
    EXPECT_TRUE(c.outcomes.empty());
    c.now += 12ms;
    c.answer(parts[1]);
    ASSERT_EQ(c.outcomes.size(), 1U);
    EXPECT_EQ(c.outcomes[0].state, outcome_state::accepted);
    EXPECT_EQ(c.outcomes[0].message_ids, (std::vector<std::string>{"0.0", "0.1", "0.2"}));
    EXPECT_DOUBLE_EQ(c.outcomes[0].latency->count(), 12);
    EXPECT_TRUE(c.dispatcher.finished());
}

TEST(dispatcher, a_refused_part_stops_the_rest_of_its_message) {
    campaign c(2, 3, limits(2));
    const auto parts = c.send();
    ASSERT_EQ(parts.size(), 2U);
    c.answer(parts[0]);
    c.answer(parts[1], command_status::invalid_destination_address);
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::rejected);
    EXPECT_EQ(c.outcomes[0].status, command_status::invalid_destination_address);
    EXPECT_NE(c.outcomes[0].error.find("ESME_RINVDSTADR"), std::string::npos);
    EXPECT_NE(c.outcomes[0].error.find("1 of 3 parts accepted"), std::string::npos);
    EXPECT_EQ(c.send().at(0).work, 1U);  // on with the next recipient
}

TEST(dispatcher, a_lost_answer_is_unknown_and_not_sent_again) {
    campaign c(1, 1, limits(1, 5));
    c.dispatcher.on_unanswered(c.send().at(0), "connection lost", c.now);
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::unknown);
    EXPECT_EQ(c.outcomes[0].error, "connection lost");
    EXPECT_TRUE(c.dispatcher.finished());
}

TEST(dispatcher, a_lost_answer_is_sent_again_when_that_is_allowed) {
    auto l = limits(1, 0);
    l.resend_unknown = true;
    campaign c(1, 1, l);
    c.dispatcher.on_unanswered(c.send().at(0), "connection lost", c.now);
    EXPECT_TRUE(c.outcomes.empty());
    c.dispatcher.on_unanswered(c.send().at(0), "connection lost", c.now);
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::unknown);
}

TEST(dispatcher, throttling_slows_down_and_is_retried) {
    campaign c(3, 1, limits(10));
    auto sent = c.send();
    ASSERT_EQ(sent.size(), 3U);
    c.answer(sent[0], command_status::throttled);
    EXPECT_TRUE(c.send().empty());
    EXPECT_EQ(c.dispatcher.wake_up(c.now), c.now + 500ms);
    c.now += 500ms;
    sent = c.send();
    ASSERT_EQ(sent.size(), 1U);
    c.answer(sent[0], command_status::message_queue_full);
    EXPECT_EQ(c.dispatcher.wake_up(c.now), c.now + 1s);  // twice as long
    c.now += 1s;
    c.answer(c.send().at(0));
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::accepted);
}

TEST(dispatcher, endless_throttling_fails_in_the_end) {
    campaign c(1, 1, limits(1));
    unsigned attempts = 0;
    while (c.outcomes.empty()) {
        ASSERT_LT(++attempts, 100U);
        c.answer(c.send().at(0), command_status::throttled);
        c.now = c.dispatcher.wake_up(c.now).value_or(c.now);
    }
    EXPECT_EQ(attempts, 1 + notifier::busy_attempts);
    EXPECT_EQ(c.outcomes[0].state, outcome_state::rejected);
    EXPECT_EQ(c.outcomes[0].status, command_status::throttled);
}

TEST(dispatcher, what_was_on_its_way_together_is_one_complaint) {
    campaign c(50, 1, limits(20));
    for (const auto token : c.send()) {
        c.answer(token, command_status::throttled);
    }
    EXPECT_EQ(c.dispatcher.pauses(), 1U);
    EXPECT_EQ(c.dispatcher.wake_up(c.now), c.now + 500ms);
}

/// What a carrier's account allows in virtual time: `rate` a second, as many at once.
TEST(dispatcher, a_limit_that_it_must_find_itself_costs_neither_messages_nor_much_time) {
    for (const double rate : {5.0, 100.0, 2000.0}) {
        const auto recipients = static_cast<std::size_t>(rate * 21);
        campaign c(recipients, 1, limits(100));
        smpp::rate_limiter account(rate, rate, c.now);
        const auto start = c.now;
        while (!c.dispatcher.finished()) {
            const auto sent = c.send();
            c.now += 100us;
            for (const auto token : sent) {
                c.answer(token,
                         account.try_take(c.now) ? command_status::ok : command_status::throttled);
            }
            if (sent.empty()) {
                c.now = c.dispatcher.wake_up(c.now).value_or(c.now);
            }
        }
        for (const auto& [id, outcome] : c.outcomes) {
            ASSERT_EQ(outcome.state, outcome_state::accepted) << outcome.error;
        }
        EXPECT_EQ(c.outcomes.size(), recipients);
        EXPECT_LT(c.now - start, 30s) << "20 s at " << rate << " a second are enough";
    }
}

TEST(dispatcher, temporary_errors_use_the_retry_budget_and_permanent_ones_do_not) {
    campaign c(2, 1, limits(2, 1));
    const auto sent = c.send();
    c.answer(sent[0], command_status::system_error);
    c.answer(sent[1], command_status::invalid_source_address);
    EXPECT_EQ(c.outcomes.at(1).state, outcome_state::rejected);
    c.now += 500ms;
    c.answer(c.send().at(0), command_status::system_error);
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::rejected);
}

TEST(dispatcher, a_rate_spreads_the_submits) {
    auto l = limits(100);
    l.rate = 10;
    campaign c(50, 1, l);
    std::size_t sent = 0;
    const auto start = c.now;
    while (sent < 30) {
        const auto now_sent = c.send().size();
        sent += now_sent;
        ASSERT_LE(now_sent, 1U);
        c.now = c.dispatcher.wake_up(c.now).value();
    }
    EXPECT_NEAR(std::chrono::duration<double>(c.now - start).count(), 3.0, 0.1);
}

TEST(dispatcher, what_was_never_sent_goes_back) {
    campaign c(1, 1, limits(1));
    c.dispatcher.on_unsent(c.send().at(0));
    EXPECT_EQ(c.dispatcher.in_flight(), 0U);
    c.answer(c.send().at(0));
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::accepted);
}

TEST(dispatcher, what_cannot_be_sent_is_rejected) {
    campaign c(1, 2, limits(2));
    const auto sent = c.send();
    c.dispatcher.on_impossible(sent[0], "service_type too long", c.now);
    EXPECT_TRUE(c.outcomes.empty());  // the other part is on its way
    c.answer(sent[1]);
    EXPECT_EQ(c.outcomes.at(0).state, outcome_state::rejected);
    EXPECT_NE(c.outcomes[0].error.find("service_type too long"), std::string::npos);
}

TEST(dispatcher, giving_up_leaves_nobody_without_a_verdict) {
    campaign c(4, 2, limits(3));
    const auto sent = c.send();  // both parts of 0, the first of 1
    c.answer(sent[0]);
    c.dispatcher.give_up("host unreachable", c.now);
    ASSERT_EQ(c.outcomes.size(), 4U);
    EXPECT_EQ(c.outcomes[0].state, outcome_state::unknown);
    EXPECT_EQ(c.outcomes[1].state, outcome_state::unknown);
    EXPECT_EQ(c.outcomes[2].state, outcome_state::rejected);
    EXPECT_EQ(c.outcomes[3].state, outcome_state::rejected);
    EXPECT_TRUE(c.outcomes[3].error.starts_with("host unreachable"));
    EXPECT_TRUE(c.dispatcher.finished());
}

TEST(dispatcher, giving_up_names_the_last_refusal) {
    campaign job(2, 1, {.window = 2});
    const auto sent = job.send();
    job.answer(sent[0], command_status::throttled);
    job.answer(sent[1]);
    job.dispatcher.give_up("interrupted", job.now);
    EXPECT_EQ(job.outcomes[0].state, outcome_state::rejected);
    EXPECT_EQ(job.outcomes[0].status, command_status::throttled);
    EXPECT_EQ(job.outcomes[0].error.find("interrupted; the last answer was ESME_RTHROTTLED ("), 0U)
        << job.outcomes[0].error;
    EXPECT_TRUE(job.outcomes[0].untouched);
    EXPECT_EQ(job.outcomes[1].status, command_status::ok);
}

TEST(dispatcher, a_refusal_that_passed_is_forgotten) {
    campaign job(1, 1, {.window = 1});
    job.answer(job.send().front(), command_status::throttled);
    job.now += 1min;
    job.answer(job.send().front());
    EXPECT_EQ(job.outcomes[0].state, outcome_state::accepted);
    EXPECT_EQ(job.outcomes[0].status, command_status::ok);
}

TEST(dispatcher, a_late_answer_after_giving_up_changes_nothing) {
    campaign c(1, 1, limits(1));
    const auto sent = c.send();
    c.dispatcher.on_unanswered(sent[0], "lost", c.now);
    EXPECT_EQ(c.dispatcher.in_flight(), 0U);
    c.dispatcher.give_up("over", c.now);
    EXPECT_EQ(c.outcomes.size(), 1U);
}

}  // namespace
