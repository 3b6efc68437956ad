#include "smpp/session/window.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;
using smpp::session_errc;

constexpr auto submit_sm = smpp::command_id::submit_sm;

TEST(window, numbers_wrap_after_the_greatest_and_skip_those_still_pending) {
    smpp::window window(10);
    const smpp::time_point now{};
    const auto first = window.add(submit_sm, 1, true, now);
    EXPECT_EQ(first, 1U);
    window.set_next(smpp::max_sequence_number);
    EXPECT_EQ(window.add(submit_sm, 2, true, now), smpp::max_sequence_number);
    EXPECT_NE(window.add(submit_sm, 3, true, now), 1U);
}

TEST(window, matches_in_any_order_and_knows_the_abandoned) {
    std::mt19937 random(2);
    smpp::window window(200);
    std::map<std::uint32_t, std::uint64_t> model;
    std::map<std::uint32_t, bool> gone;
    smpp::window::pending out;
    for (std::uint64_t i = 0; i < 20000; ++i) {
        if (!window.full() && random() % 2 == 0) {
            const auto number = window.add(submit_sm, i, true, smpp::time_point{});
            ASSERT_TRUE(model.emplace(number, i).second);
            gone.erase(number);
        } else if (!model.empty()) {
            auto at =
                std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size()));
            if (random() % 8 == 0) {
                ASSERT_TRUE(window.abandon(at->first, out));
            } else {
                ASSERT_EQ(window.take(at->first, out), smpp::window::match::pending);
            }
            ASSERT_EQ(out.token, at->second);
            ASSERT_NE(window.take(at->first, out), smpp::window::match::pending);
            model.erase(at);
        }
        ASSERT_EQ(window.in_flight(), model.size());
        ASSERT_EQ(window.oldest() == nullptr, model.empty());
        if (!model.empty()) {
            ASSERT_EQ(window.oldest()->token,
                      std::min_element(model.begin(), model.end(), [](auto& a, auto& b) {
                          return a.second < b.second;
                      })->second);
        }
    }
}

TEST(window, limits_the_requests_but_not_enquire_link) {
    smpp::session_options options;
    options.window = 2;
    virtual_pair pair(options);
    pair.bind();
    pair.mc_answers = false;
    pair.submit(1);
    pair.submit(2);
    EXPECT_EQ(pair.esme.core.request(smpp::submit_sm(), 3, pair.now).error(),
              session_errc::window_full);
    EXPECT_TRUE(pair.esme.core.request(smpp::enquire_link(), 4, pair.now).has_value());
    pair.run(1s);
    ASSERT_EQ(pair.esme.of(event_type::response).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::response)[0].token, 4U);
}

TEST(window, an_unanswered_request_times_out_and_its_late_response_is_known) {
    virtual_pair pair;
    pair.bind();
    pair.mc_answers = false;
    const auto number = pair.submit(7);
    pair.run(11s);
    const auto failed = pair.esme.of(event_type::request_failed);
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed[0].token, 7U);
    EXPECT_EQ(failed[0].error, session_errc::response_timeout);
    EXPECT_EQ(pair.esme.core.in_flight(), 0U);
    EXPECT_FALSE(pair.mc.core.respond(number, smpp::command_status::ok, smpp::submit_sm_resp()));
    pair.run(1s);
    EXPECT_EQ(pair.esme.core.counters().late_responses, 1U);
    EXPECT_TRUE(pair.esme.of(event_type::response).empty());
}

TEST(window, reordered_and_duplicated_responses_complete_each_request_once) {
    virtual_pair pair;
    pair.bind();
    pair.mc_answers = false;
    std::vector<std::uint32_t> numbers;
    for (std::uint64_t token = 1; token <= 10; ++token) {
        numbers.push_back(pair.submit(token));
    }
    pair.run(10ms);
    for (auto at = numbers.rbegin(); at != numbers.rend(); ++at) {
        EXPECT_FALSE(pair.mc.core.respond(*at, smpp::command_status::ok, smpp::submit_sm_resp()));
        EXPECT_FALSE(pair.mc.core.respond(*at, smpp::command_status::ok, smpp::submit_sm_resp()));
    }
    pair.run(1s);
    const auto responses = pair.esme.of(event_type::response);
    ASSERT_EQ(responses.size(), 10U);
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_EQ(responses[i].token, 10 - i);
    }
    EXPECT_EQ(pair.esme.core.counters().unsolicited_responses, 10U);
}

TEST(window, generic_nack_completes_the_request_with_its_number) {
    virtual_pair pair;
    pair.bind();
    pair.mc_answers = false;
    const auto number = pair.submit(3);
    std::string nack;
    ASSERT_FALSE(
        smpp::append(nack, smpp::command_status::invalid_command_id, number, smpp::generic_nack()));
    pair.inject(pair.esme, nack);
    pair.run(1s);
    ASSERT_EQ(pair.esme.of(event_type::response).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::response)[0].header.status,
              smpp::command_status::invalid_command_id);
}

TEST(window, a_response_of_another_operation_fails_the_request) {
    virtual_pair pair;
    pair.bind();
    pair.mc_answers = false;
    const auto number = pair.submit(3);
    std::string wrong;
    ASSERT_FALSE(smpp::append(wrong, smpp::command_status::ok, number, smpp::query_sm_resp()));
    pair.inject(pair.esme, wrong);
    pair.run(1s);
    ASSERT_EQ(pair.esme.of(event_type::request_failed).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::request_failed)[0].error, session_errc::unexpected_response);
}

TEST(window, a_lost_connection_fails_what_is_pending_in_order_then_closes) {
    virtual_pair pair;
    pair.bind();
    pair.mc_answers = false;
    for (std::uint64_t token = 1; token <= 3; ++token) {
        pair.submit(token);
    }
    pair.esme.closed = true;
    pair.esme.core.on_closed({});
    pair.run(1s);
    ASSERT_EQ(pair.esme.events.size(), 4U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(pair.esme.events[i].token, i + 1);
        EXPECT_EQ(pair.esme.events[i].error, session_errc::connection_lost);
    }
    EXPECT_EQ(pair.esme.events[3].type, event_type::closed);
    EXPECT_EQ(pair.esme.events[3].error, session_errc::connection_lost);
    EXPECT_EQ(pair.esme.core.poll(), nullptr);
}

TEST(window, ten_thousand_requests_through_a_wrapping_number) {
    smpp::session_options options;
    options.window = 100;
    virtual_pair pair(options);
    pair.bind();
    pair.esme.core.set_next_sequence_number(smpp::max_sequence_number - 5000);
    std::uint64_t token = 0;
    pair.esme.on_event = [&](const seen_event&) {
        if (token < 10000) {
            pair.submit(++token);
        }
    };
    while (token < 100) {
        pair.submit(++token);
    }
    pair.run(1h);
    EXPECT_EQ(pair.esme.of(event_type::response).size(), 10000U);
}

TEST(window, after_0x7fffffff_comes_1_on_the_wire_and_both_are_answered) {
    virtual_pair pair;
    pair.bind();
    pair.esme.core.set_next_sequence_number(smpp::max_sequence_number - 1);
    std::vector<std::uint32_t> numbers;
    for (std::uint64_t token = 1; token <= 4; ++token) {
        numbers.push_back(pair.submit(token));
    }
    EXPECT_EQ(numbers, (std::vector<std::uint32_t>{0x7FFFFFFE, 0x7FFFFFFF, 1, 2}));
    pair.run(1s);
    std::vector<std::uint32_t> arrived;
    for (const auto& e : pair.mc.of(event_type::request)) {
        arrived.push_back(e.header.sequence_number);
    }
    EXPECT_EQ(arrived, numbers);
    EXPECT_EQ(pair.esme.of(event_type::response).size(), 4U);
}

}  // namespace
