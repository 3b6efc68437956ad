// Every timer: nothing a moment before its time, its effect at that time, and nothing ever when it
// is off.
#include <gtest/gtest.h>

#include "support/lone_core.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;
using smpp::role;
using smpp::session_errc;
using smpp::session_options;
using smpp::session_state;

constexpr auto moment = 1ns;

/// Everything off but what a test switches on.
session_options quiet() {
    session_options options;
    options.response_timer = options.session_init_timer = options.enquire_link_timer = 0s;
    options.unbind_timer = options.partial_pdu_timer = 0s;
    return options;
}

/// Nothing happens a moment before `after`; then the core asks for that very time.
void expect_deadline(lone_core& one, smpp::duration after) {
    ASSERT_EQ(one.core.deadline(), one.now + after);
    one.pass(after - moment);
    EXPECT_TRUE(one.events().empty());
    EXPECT_FALSE(one.core.wants_close());
    EXPECT_TRUE(one.sent().empty());
    ASSERT_EQ(one.core.deadline(), one.now + moment);
    one.pass(moment);
}

/// The core wants its transport closed, for this reason.
void expect_end(lone_core& one, smpp::error_code why) {
    EXPECT_TRUE(one.core.wants_close());
    EXPECT_EQ(one.core.deadline(), std::nullopt);
    one.core.on_closed({});
    const auto events = one.events();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events.back().type, event_type::closed);
    EXPECT_EQ(events.back().error, why);
}

TEST(timers, none_running_asks_for_nothing_and_spurious_calls_do_nothing) {
    for (const auto role : {role::esme, role::mc}) {
        for (const auto state : {session_state::open, session_state::bound_trx}) {
            lone_core one(role, state, quiet());
            EXPECT_EQ(one.core.deadline(), std::nullopt);
            one.pass(1000h);
            EXPECT_TRUE(one.events().empty());
            EXPECT_TRUE(one.sent().empty());
            EXPECT_EQ(one.core.state(), state);
        }
    }
}

TEST(timers, spurious_calls_before_every_deadline_do_nothing) {
    lone_core one(role::esme, session_state::bound_trx);
    for (int i = 0; i < 29; ++i) {
        one.pass(1s);
        EXPECT_TRUE(one.sent().empty());
    }
    one.pass(1s);
    EXPECT_EQ(one.sent().size(), 1U);
}

TEST(timers, session_init_ends_a_session_without_a_bind_on_either_side) {
    for (const auto role : {role::esme, role::mc}) {
        for (const auto state : {session_state::open, session_state::outbound}) {
            auto options = quiet();
            options.session_init_timer = 7s;
            lone_core one(role, state, options);
            expect_deadline(one, 7s);
            expect_end(one, session_errc::bind_timeout);
        }
    }
}

TEST(timers, session_init_runs_on_through_a_refused_bind_and_stops_with_an_accepted_one) {
    auto options = quiet();
    options.session_init_timer = 7s;
    lone_core refused(role::mc, session_state::open, options);
    refused.feed(smpp::bind_receiver(), 1);
    ASSERT_EQ(refused.events().size(), 1U);
    EXPECT_FALSE(refused.core.respond(1, smpp::command_status::invalid_password,
                                      smpp::bind_receiver_resp()));
    std::ignore = refused.sent();
    expect_deadline(refused, 7s);
    expect_end(refused, session_errc::bind_timeout);

    lone_core bound(role::mc, session_state::bound_rx, options);
    EXPECT_EQ(bound.core.deadline(), std::nullopt);
}

TEST(timers, response_fails_each_request_in_its_turn_and_the_session_goes_on) {
    auto options = quiet();
    options.response_timer = 5s;
    lone_core one(role::esme, session_state::bound_trx, options);
    const auto start = one.now;
    for (std::uint64_t token = 1; token <= 3; ++token) {
        ASSERT_TRUE(one.core.request(smpp::submit_sm(), token, one.now).has_value());
        one.pass(1s);
    }
    std::ignore = one.sent();
    for (std::uint64_t token = 1; token <= 3; ++token) {
        expect_deadline(one, start + 5s + (token - 1) * 1s - one.now);
        const auto events = one.events();
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(events[0].type, event_type::request_failed);
        EXPECT_EQ(events[0].token, token);
        EXPECT_EQ(events[0].error, session_errc::response_timeout);
    }
    EXPECT_EQ(one.core.deadline(), std::nullopt);
    EXPECT_EQ(one.core.counters().timeouts, 3U);
    EXPECT_EQ(one.core.state(), session_state::bound_trx);
}

TEST(timers, response_covers_the_bind) {
    auto options = quiet();
    options.response_timer = 5s;
    lone_core one(role::esme, session_state::open, options);
    ASSERT_TRUE(one.core.request(smpp::bind_transceiver(), 4, one.now).has_value());
    std::ignore = one.sent();
    expect_deadline(one, 5s);
    const auto events = one.events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].token, 4U);
    EXPECT_EQ(events[0].error, session_errc::response_timeout);
}

TEST(timers, enquire_link_asks_after_silence_and_again_after_an_answer) {
    auto options = quiet();
    options.enquire_link_timer = 30s;
    for (const auto role : {role::esme, role::mc}) {
        lone_core one(role, session_state::bound_rx, options);
        for (int i = 0; i < 3; ++i) {
            expect_deadline(one, 30s);
            const auto sent = one.sent();
            ASSERT_EQ(sent.size(), 1U);
            EXPECT_EQ(sent[0].id, smpp::command_id::enquire_link);
            one.feed(smpp::enquire_link_resp(), sent[0].sequence_number);
            EXPECT_TRUE(one.events().empty());
        }
    }
}

TEST(timers, enquire_link_waits_while_the_peer_is_heard) {
    auto options = quiet();
    options.enquire_link_timer = 30s;
    lone_core one(role::mc, session_state::bound_trx, options);
    for (int i = 0; i < 10; ++i) {
        one.pass(29s);
        EXPECT_TRUE(one.sent().empty());
        one.feed(smpp::generic_nack(), 99);
        std::ignore = one.events();
    }
    one.pass(30s);
    EXPECT_EQ(one.sent().size(), 1U);
}

TEST(timers, enquire_link_without_any_sign_of_life_ends_the_session_after_the_response_timer) {
    auto options = quiet();
    options.enquire_link_timer = 30s;
    options.response_timer = 5s;
    lone_core one(role::esme, session_state::bound_trx, options);
    expect_deadline(one, 30s);
    ASSERT_EQ(one.sent().size(), 1U);
    expect_deadline(one, 5s);
    expect_end(one, session_errc::link_dead);
}

TEST(timers, enquire_link_is_satisfied_by_any_octet) {
    auto options = quiet();
    options.enquire_link_timer = 30s;
    options.response_timer = 5s;
    lone_core one(role::esme, session_state::bound_trx, options);
    one.pass(30s);
    one.pass(2s);
    one.feed_octets(std::string(1, '\0'));
    EXPECT_TRUE(one.events().empty());
    one.pass(3s);
    EXPECT_TRUE(one.events().empty());
    EXPECT_FALSE(one.core.wants_close());
}

TEST(timers, inactivity_unbinds_and_enquire_link_is_no_activity) {
    auto options = quiet();
    options.inactivity_timer = 60s;
    for (const auto role : {role::esme, role::mc}) {
        lone_core one(role, session_state::bound_trx, options);
        one.pass(30s);
        one.feed(smpp::enquire_link(), 5);
        EXPECT_TRUE(one.events().empty());
        std::ignore = one.sent();
        expect_deadline(one, 30s);
        const auto sent = one.sent();
        ASSERT_EQ(sent.size(), 1U);
        EXPECT_EQ(sent[0].id, smpp::command_id::unbind);
        one.feed(smpp::unbind_resp(), sent[0].sequence_number);
        EXPECT_TRUE(one.events().empty());
        expect_end(one, session_errc::inactivity);
    }
}

TEST(timers, inactivity_begins_anew_with_each_message_of_either_side) {
    auto options = quiet();
    options.inactivity_timer = 60s;
    lone_core one(role::esme, session_state::bound_trx, options);
    one.pass(59s);
    ASSERT_TRUE(one.core.request(smpp::submit_sm(), 1, one.now).has_value());
    one.pass(59s);
    one.feed(smpp::deliver_sm(), 5);
    EXPECT_EQ(one.events().size(), 1U);
    one.pass(59s);
    for (const auto& each : one.sent()) {
        EXPECT_NE(each.id, smpp::command_id::unbind);
    }
    one.pass(1s);
    EXPECT_EQ(one.sent().size(), 1U);
}

TEST(timers, unbind_ends_a_session_whose_peer_does_not_answer_and_that_is_no_error) {
    auto options = quiet();
    options.unbind_timer = 3s;
    for (const auto role : {role::esme, role::mc}) {
        lone_core one(role, session_state::bound_tx, options);
        one.core.shutdown(one.now);
        EXPECT_EQ(one.sent().size(), 1U);
        expect_deadline(one, 3s);
        expect_end(one, {});
    }
}

TEST(timers, drain_unbinds_although_requests_are_outstanding) {
    lone_core one(role::esme, session_state::bound_trx, quiet());
    ASSERT_TRUE(one.core.request(smpp::submit_sm(), 1, one.now).has_value());
    std::ignore = one.sent();
    one.core.shutdown(one.now, 4s);
    EXPECT_TRUE(one.sent().empty());
    expect_deadline(one, 4s);
    const auto sent = one.sent();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].id, smpp::command_id::unbind);
    one.feed(smpp::unbind_resp(), sent[0].sequence_number);
    EXPECT_TRUE(one.events().empty());
    one.core.on_closed({});
    const auto events = one.events();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].token, 1U);
    EXPECT_EQ(events[0].error, session_errc::connection_lost);
    EXPECT_EQ(events[1].type, event_type::closed);
}

TEST(timers, partial_pdu_ends_a_session_however_slowly_octets_trickle) {
    auto options = quiet();
    options.partial_pdu_timer = 10s;
    for (const auto state : {session_state::open, session_state::bound_trx}) {
        lone_core one(role::mc, state, options);
        one.feed_octets(std::string("\0\0\0\x40", 4));
        EXPECT_TRUE(one.events().empty());
        for (int i = 0; i < 9; ++i) {
            one.pass(1s);
            one.feed_octets(std::string(1, '\0'));
            EXPECT_TRUE(one.events().empty());
        }
        expect_deadline(one, 1s);
        expect_end(one, session_errc::protocol_error);
    }
}

TEST(timers, partial_pdu_begins_anew_with_each_pdu) {
    auto options = quiet();
    options.partial_pdu_timer = 10s;
    lone_core one(role::mc, session_state::bound_trx, options);
    std::string pdu;
    ASSERT_FALSE(smpp::append(pdu, smpp::command_status::ok, 1, smpp::submit_sm()));
    one.feed_octets(pdu.substr(0, 5));
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(one.events().empty());
        one.pass(9s);
        one.feed_octets(pdu.substr(5) + pdu.substr(0, 5));
        EXPECT_EQ(one.events().size(), 1U);
    }
    expect_deadline(one, 10s);
    expect_end(one, session_errc::protocol_error);
}

}  // namespace
