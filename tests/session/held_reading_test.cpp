// An owner that reads nothing for a while, and a peer without a response timer to judge it by.
#include <gtest/gtest.h>

#include "support/lone_core.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;
using smpp::session_errc;

TEST(held_reading, a_peer_that_is_not_listened_to_is_not_dead) {
    lone_core one(smpp::role::esme, smpp::session_state::bound_trx);
    one.core.hold_reading(true, one.now);
    for (int i = 0; i < 600; ++i) {
        one.pass(1s);
        EXPECT_TRUE(one.sent().empty());
        EXPECT_TRUE(one.events().empty());
        ASSERT_FALSE(one.core.wants_close());
    }
    one.core.hold_reading(false, one.now);
    one.pass(30s);
    EXPECT_EQ(one.sent().size(), 1U) << "asked for life, as from now";
    one.pass(10s);
    EXPECT_TRUE(one.core.wants_close());
}

TEST(held_reading, an_enquire_link_on_its_way_is_forgiven) {
    lone_core one(smpp::role::esme, smpp::session_state::bound_trx);
    one.pass(30s);
    EXPECT_EQ(one.sent().size(), 1U);
    one.core.hold_reading(true, one.now);
    one.pass(10s);
    EXPECT_FALSE(one.core.wants_close());
}

TEST(held_reading, half_a_pdu_has_all_its_time_from_when_reading_goes_on) {
    lone_core one(smpp::role::mc, smpp::session_state::bound_trx);
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 2, smpp::submit_sm()));
    one.feed_octets(octets.substr(0, 20));
    EXPECT_TRUE(one.events().empty());
    one.core.hold_reading(true, one.now);
    one.pass(60s);
    EXPECT_TRUE(one.events().empty());
    one.core.hold_reading(false, one.now);
    one.pass(9s);
    EXPECT_FALSE(one.core.wants_close());
    one.feed_octets(octets.substr(20));
    EXPECT_EQ(one.events().size(), 1U);
    one.feed_octets(octets.substr(0, 20));
    EXPECT_TRUE(one.events().empty());
    one.pass(10s);
    EXPECT_TRUE(one.core.wants_close());
}

TEST(held_reading, own_requests_still_time_out) {
    lone_core one(smpp::role::esme, smpp::session_state::bound_trx);
    ASSERT_TRUE(one.core.request(smpp::submit_sm(), 5, one.now).has_value());
    one.core.hold_reading(true, one.now);
    one.pass(10s);
    const auto events = one.events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].error, session_errc::response_timeout);
}

TEST(dead_link, is_found_without_a_response_timer_too) {
    smpp::session_options options;
    options.response_timer = 0s;
    options.enquire_link_timer = 20s;
    lone_core one(smpp::role::esme, smpp::session_state::bound_trx, options);
    one.pass(20s);
    EXPECT_EQ(one.sent().size(), 1U);
    one.pass(20s);
    ASSERT_TRUE(one.core.wants_close());
    one.core.on_closed({});
    EXPECT_EQ(one.events().back().error, session_errc::link_dead);
}

}  // namespace
