// What peers get wrong in a session's course, and what a session makes of it.
#include <gtest/gtest.h>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;

TEST(pitfalls_session, limits_and_timers_are_on_by_default) {
    const smpp::session_options options;
    EXPECT_EQ(options.window, 10U);
    EXPECT_GT(options.response_timer, smpp::duration::zero());
    EXPECT_GT(options.session_init_timer, smpp::duration::zero());
    EXPECT_GT(options.partial_pdu_timer, smpp::duration::zero());
    EXPECT_LE(options.max_unbound_pdu_size, 1024U);
    EXPECT_TRUE(smpp::session_clock::is_steady);
}

TEST(pitfalls_session, a_bind_resp_without_a_version_is_3_3) {
    virtual_pair pair;
    pair.mc.on_event = [&](const seen_event& e) {
        if (e.type == event_type::request) {
            EXPECT_FALSE(pair.mc.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                              smpp::bind_transceiver_resp()));
        }
    };
    pair.bind();
    EXPECT_EQ(pair.esme.core.peer_version(), smpp::interface_version::v3_3);
}

TEST(pitfalls_session, any_version_that_a_peer_tells_is_taken) {
    for (const unsigned version : {0x00U, 0x03U, 0x34U, 0x50U, 0xFFU}) {
        virtual_pair pair;
        smpp::bind_transceiver bind;
        bind.interface_version = smpp::interface_version(version);
        ASSERT_TRUE(pair.esme.core.request(bind, 1, pair.now));
        pair.run(100ms);
        EXPECT_EQ(pair.mc.core.state(), smpp::session_state::bound_trx);
        EXPECT_EQ(pair.mc.core.peer_version(), smpp::interface_version(version));
    }
}

TEST(pitfalls_session, any_sequence_number_is_echoed) {
    virtual_pair pair;
    pair.bind();
    for (const std::uint32_t number : {0U, 0x80000000U, 0xFFFFFFFFU}) {
        std::string octets;
        ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, number, smpp::submit_sm()));
        pair.inject(pair.mc, octets);
        pair.run(10ms);
        ASSERT_FALSE(pair.mc.events.empty());
        EXPECT_EQ(pair.mc.events.back().header.sequence_number, number);
    }
    EXPECT_EQ(pair.esme.core.counters().unsolicited_responses, 3U);
}

TEST(pitfalls_session, both_sides_use_the_same_numbers) {
    virtual_pair pair;
    pair.bind();
    pair.esme.on_event = [&](const seen_event& e) {
        if (e.type == event_type::request) {
            EXPECT_FALSE(pair.esme.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                                smpp::deliver_sm_resp()));
        }
    };
    pair.esme.core.set_next_sequence_number(5);
    pair.mc.core.set_next_sequence_number(5);
    EXPECT_EQ(pair.submit(1), 5U);
    EXPECT_EQ(pair.mc.core.request(smpp::deliver_sm(), 2, pair.now).value(), 5U);
    pair.run(100ms);
    ASSERT_EQ(pair.esme.of(event_type::response).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::response)[0].header.id, smpp::command_id::submit_sm_resp);
    ASSERT_EQ(pair.mc.of(event_type::response).size(), 1U);
    EXPECT_EQ(pair.mc.of(event_type::response)[0].header.id, smpp::command_id::deliver_sm_resp);
}

TEST(pitfalls_session, a_bind_resp_and_a_message_in_one_segment_are_two_pdus) {
    virtual_pair pair;
    pair.mc.on_event = [&](const seen_event& e) {
        if (e.type == event_type::request) {
            EXPECT_FALSE(pair.mc.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                              smpp::bind_transceiver_resp()));
            EXPECT_TRUE(pair.mc.core.request(smpp::deliver_sm(), 3, pair.now));
        }
    };
    smpp::bind_transceiver bind;
    ASSERT_TRUE(pair.esme.core.request(bind, 1, pair.now));
    pair.run(100ms);
    EXPECT_EQ(pair.esme.of(event_type::response).size(), 1U);
    ASSERT_EQ(pair.esme.of(event_type::request).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::request)[0].header.id, smpp::command_id::deliver_sm);
    EXPECT_EQ(pair.esme.core.counters().violations, 0U);
}

}  // namespace
