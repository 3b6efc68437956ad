#include "smpp/session/pace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>

namespace {

using namespace std::chrono_literals;
using smpp::command_status;
using smpp::pace;
using smpp::pace_options;

constexpr smpp::time_point start{1h};

/// A peer that takes so many a second, refuses the rest, and answers after 20 ms.
class throttling_peer {
public:
    explicit throttling_peer(double rate) : limiter_(rate, rate / 10, start) {}
    void set_rate(double rate, smpp::time_point now) { limiter_.set_rate(rate, now); }

    void take(smpp::time_point now) {
        answers_.emplace_back(
            now + 20ms, limiter_.try_take(now) ? command_status::ok : command_status::throttled);
    }
    /// Tells the pace what is due.
    void answer(pace& to, smpp::time_point now) {
        for (; !answers_.empty() && answers_.front().first <= now; answers_.pop_front()) {
            to.on_response(answers_.front().second, std::nullopt, now);
            ++(answers_.front().second == command_status::ok ? accepted : refused);
        }
    }
    [[nodiscard]] std::size_t in_flight() const { return answers_.size(); }

    int accepted = 0;
    int refused = 0;

private:
    smpp::rate_limiter limiter_;
    std::deque<std::pair<smpp::time_point, command_status>> answers_;
};

/// Sends all that pace and a window of 50 allow, for `time`.
void send_for(pace& pace, throttling_peer& peer, smpp::time_point& now, smpp::duration time) {
    for (const auto end = now + time; now < end; now += 1ms) {
        peer.answer(pace, now);
        while (peer.in_flight() < 50 && pace.try_send(now)) {
            peer.take(now);
        }
    }
}

TEST(pace, without_complaints_there_is_no_limit) {
    pace pace({}, start);
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_TRUE(pace.try_send(start));
        pace.on_response(command_status::ok, std::nullopt, start);
        pace.on_response(command_status::invalid_destination_address, 89, start);
    }
    EXPECT_EQ(pace.rate(), 0);
}

TEST(pace, finds_the_rate_of_its_peer_and_few_are_refused) {
    pace pace({}, start);
    throttling_peer peer(200);
    auto now = start;
    send_for(pace, peer, now, 10s);
    peer.accepted = peer.refused = 0;
    send_for(pace, peer, now, 60s);
    EXPECT_GT(peer.accepted, 60 * 200 * 7 / 10);
    EXPECT_LT(peer.refused, peer.accepted / 10);

    throttling_peer deaf(200);  // the same, met by a sender that does not listen
    pace_options options;
    options.adapt = false;
    smpp::pace stubborn(options, start);
    auto then = start;
    send_for(stubborn, deaf, then, 60s);
    EXPECT_GT(deaf.refused, deaf.accepted);
}

TEST(pace, grows_with_a_peer_that_grows) {
    pace pace({}, start);
    throttling_peer peer(50);
    auto now = start;
    send_for(pace, peer, now, 10s);
    peer.set_rate(2000, now);
    send_for(pace, peer, now, 60s);
    peer.accepted = peer.refused = 0;
    send_for(pace, peer, now, 10s);
    EXPECT_GT(peer.accepted, 10 * 900);
}

TEST(pace, each_complaint_halves_but_those_of_one_second_count_once) {
    pace_options options;
    options.max_rate = 100;
    pace pace(options, start);
    EXPECT_EQ(pace.rate(), 100);
    for (int i = 0; i < 10; ++i) {
        pace.on_response(command_status::throttled, std::nullopt, start + 10ms * i);
    }
    EXPECT_EQ(pace.rate(), 50);
    EXPECT_EQ(pace.complaints(), 10U);
    pace.on_response(command_status::message_queue_full, std::nullopt, start + 1s);
    EXPECT_EQ(pace.rate(), 25);
    pace.on_response(command_status::ok, 100, start + 2s);
    EXPECT_EQ(pace.rate(), 12.5);
    for (int i = 3; i < 100; ++i) {
        pace.on_response(command_status::throttled, std::nullopt, start + 1s * i);
    }
    EXPECT_EQ(pace.rate(), 1) << "min_rate";
}

TEST(pace, recovers_by_steps_up_to_the_limit) {
    pace_options options;
    options.max_rate = 100;
    pace pace(options, start);
    pace.on_response(command_status::throttled, std::nullopt, start);
    EXPECT_TRUE(pace.ready(start + 900ms));
    EXPECT_EQ(pace.rate(), 50);
    for (int second = 1; second <= 4; ++second) {
        EXPECT_TRUE(pace.ready(start + 1s * second));
        EXPECT_NEAR(pace.rate(), 50 + 10 * second, 1e-6);
    }
    EXPECT_TRUE(pace.ready(start + 5s));
    EXPECT_EQ(pace.rate(), 100);
    EXPECT_TRUE(pace.ready(start + 50s));
    EXPECT_EQ(pace.rate(), 100);
}

TEST(pace, what_is_not_used_does_not_grow_beyond_what_was_refused) {
    pace pace({}, start);
    for (int i = 0; i < 100; ++i) {
        pace.on_response(command_status::ok, std::nullopt, start + 20ms * i);
    }
    pace.on_response(command_status::throttled, std::nullopt, start + 2s);
    EXPECT_NEAR(pace.rate(), 25, 5);
    for (int minute = 1; minute < 60; ++minute) {
        EXPECT_TRUE(pace.try_send(start + 1min * minute));
    }
    EXPECT_NEAR(pace.rate(), 50, 10);
}

TEST(pace, near_congestion_it_keeps_its_rate) {
    pace_options options;
    options.max_rate = 100;
    pace pace(options, start);
    pace.on_response(command_status::ok, 100, start);
    pace.on_response(command_status::ok, 95, start + 1s);
    EXPECT_TRUE(pace.ready(start + 20s));
    EXPECT_EQ(pace.rate(), 50);
    pace.on_response(command_status::ok, 80, start + 20s);
    EXPECT_TRUE(pace.ready(start + 20s));
    EXPECT_EQ(pace.rate(), 100);
}

TEST(pace, when_told_not_to_adapt_only_the_limit_holds) {
    pace_options options;
    options.max_rate = 10;
    options.adapt = false;
    pace pace(options, start);
    pace.on_response(command_status::throttled, 100, start);
    EXPECT_EQ(pace.rate(), 10);
    EXPECT_TRUE(pace.try_send(start));
    EXPECT_FALSE(pace.try_send(start));
    EXPECT_EQ(pace.next(), start + 100ms);
}

}  // namespace
