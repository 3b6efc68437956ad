#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;
using smpp::session_errc;
using smpp::session_state;

TEST(bind, both_sides_are_bound_and_know_the_version) {
    virtual_pair pair;
    pair.bind();
    EXPECT_EQ(pair.esme.core.peer_version(), smpp::interface_version::v3_4);
    EXPECT_EQ(pair.mc.core.peer_version(), smpp::interface_version::v3_4);
}

TEST(bind, works_octet_by_octet) {
    virtual_pair pair;
    pair.chunk = 1;
    pair.bind();
    pair.submit(9);
    pair.run(1s);
    EXPECT_EQ(pair.esme.of(event_type::response).size(), 1U);
}

TEST(bind, refused_leaves_the_session_open_for_another_try) {
    virtual_pair pair;
    pair.mc.on_event = [&](const seen_event& e) {
        if (e.type == event_type::request) {
            EXPECT_FALSE(pair.mc.core.respond(e.header.sequence_number,
                                              smpp::command_status::invalid_password,
                                              smpp::bind_transceiver_resp()));
        }
    };
    ASSERT_TRUE(pair.esme.core.request(smpp::bind_transceiver(), 5, pair.now).has_value());
    pair.run(1s);
    ASSERT_EQ(pair.esme.events.size(), 1U);
    EXPECT_EQ(pair.esme.events[0].token, 5U);
    EXPECT_EQ(pair.esme.events[0].header.status, smpp::command_status::invalid_password);
    EXPECT_EQ(pair.esme.core.state(), session_state::open);
    EXPECT_EQ(pair.mc.core.state(), session_state::open);
}

TEST(bind, without_one_the_session_ends_after_session_init_timer) {
    virtual_pair pair;
    pair.run();
    const auto closed = pair.mc.of(event_type::closed);
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].error, session_errc::bind_timeout);
    EXPECT_EQ(closed[0].at - smpp::time_point{1h}, 10s);
}

TEST(bind, a_second_one_is_refused_and_the_session_stays) {
    virtual_pair pair;
    pair.bind();
    std::string again;
    ASSERT_FALSE(smpp::append(again, smpp::command_status::ok, 77, smpp::bind_transceiver()));
    pair.inject(pair.mc, again);
    pair.run(1s);
    EXPECT_EQ(pair.mc.core.state(), session_state::bound_trx);
    EXPECT_EQ(pair.esme.core.counters().unsolicited_responses, 1U);
    EXPECT_EQ(pair.mc.core.counters().violations, 1U);
}

TEST(bind, requests_before_it_are_not_sent) {
    virtual_pair pair;
    EXPECT_EQ(pair.esme.core.request(smpp::submit_sm(), 1, pair.now).error(),
              session_errc::not_bound);
    EXPECT_TRUE(pair.esme.core.tx().empty());
}

TEST(bind, a_peer_that_submits_before_it_is_answered_and_after_some_closed) {
    virtual_pair pair;
    std::string submit;
    ASSERT_FALSE(smpp::append(submit, smpp::command_status::ok, 3, smpp::submit_sm()));
    for (int i = 0; i < 5; ++i) {
        pair.inject(pair.mc, submit);
    }
    pair.run(1s);
    EXPECT_EQ(pair.mc.of(event_type::bad_pdu).size(), 5U);
    ASSERT_EQ(pair.mc.of(event_type::closed).size(), 1U);
    EXPECT_EQ(pair.mc.of(event_type::closed)[0].error, session_errc::protocol_error);
}

TEST(outbind, makes_the_esme_bind) {
    virtual_pair pair;
    ASSERT_FALSE(pair.mc.core.notify(smpp::outbind(), pair.now));
    EXPECT_EQ(pair.mc.core.state(), session_state::outbound);
    pair.esme.on_event = [&](const seen_event& e) {
        if (e.header.id == smpp::command_id::outbind) {
            ASSERT_TRUE(pair.esme.core.request(smpp::bind_transceiver(), 2, pair.now).has_value());
        }
    };
    pair.run(1s);
    EXPECT_EQ(pair.mc.core.state(), session_state::bound_trx);
}

}  // namespace
