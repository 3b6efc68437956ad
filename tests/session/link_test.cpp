// enquire_link, inactivity, unbind and bad peers, in virtual time.
#include <gtest/gtest.h>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;
using smpp::session_errc;
using smpp::session_state;

std::string octets(std::string_view hex) { return smpp::from_hex(hex).value(); }

TEST(link, silence_is_broken_by_enquire_link_and_the_session_lives_on) {
    virtual_pair pair;
    pair.bind();
    pair.run(10min);
    EXPECT_EQ(pair.esme.core.state(), session_state::bound_trx);
    EXPECT_GE(pair.esme.core.counters().pdus_out, 15U);
    EXPECT_TRUE(pair.esme.events.empty());
}

TEST(link, a_peer_that_gives_no_sign_of_life_is_dead) {
    smpp::session_options mute;
    mute.enquire_link_timer = 0s;
    virtual_pair pair({}, mute);
    pair.bind();
    const auto start = pair.now;
    pair.mc.deaf = true;
    pair.run(2min);
    ASSERT_EQ(pair.esme.of(event_type::closed).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::closed)[0].error, session_errc::link_dead);
    EXPECT_LE(pair.esme.of(event_type::closed)[0].at - start, 41s);
}

TEST(link, any_traffic_is_a_sign_of_life) {
    virtual_pair pair;
    pair.bind();
    const auto before = pair.esme.core.counters().pdus_out;
    for (int i = 0; i < 20; ++i) {
        pair.submit(1);
        pair.run(20s);
    }
    // The submits, and no enquire_link: 20 s of silence are less than 30.
    EXPECT_EQ(pair.esme.core.counters().pdus_out - before, 20U);
}

TEST(link, inactivity_unbinds) {
    smpp::session_options options;
    options.inactivity_timer = 1min;
    virtual_pair pair(options);
    pair.bind();
    pair.run(10min);
    ASSERT_EQ(pair.esme.of(event_type::closed).size(), 1U);
}

TEST(unbind, ends_both_sides_in_order) {
    virtual_pair pair;
    pair.bind();
    pair.esme.core.shutdown(pair.now);
    pair.run(1s);
    EXPECT_EQ(pair.mc.of(event_type::peer_unbind).size(), 1U);
    ASSERT_EQ(pair.esme.of(event_type::closed).size(), 1U);
    EXPECT_FALSE(pair.esme.of(event_type::closed)[0].error);
    ASSERT_EQ(pair.mc.of(event_type::closed).size(), 1U);
    EXPECT_FALSE(pair.mc.of(event_type::closed)[0].error);
}

TEST(unbind, waits_for_what_is_outstanding) {
    virtual_pair pair;
    pair.bind();
    pair.mc_answers = false;
    const auto number = pair.submit(1);
    pair.esme.core.shutdown(pair.now, 5s);
    EXPECT_EQ(pair.esme.core.request(smpp::submit_sm(), 2, pair.now).error(), session_errc::closed);
    pair.run(1s);
    EXPECT_TRUE(pair.mc.of(event_type::peer_unbind).empty());
    EXPECT_FALSE(pair.mc.core.respond(number, smpp::command_status::ok, smpp::submit_sm_resp()));
    pair.run(1s);
    EXPECT_EQ(pair.esme.of(event_type::response).size(), 1U);
    EXPECT_EQ(pair.mc.of(event_type::peer_unbind).size(), 1U);
}

TEST(unbind, without_an_answer_the_timer_ends_it_and_it_is_no_error) {
    virtual_pair pair;
    pair.bind();
    pair.mc.deaf = true;
    pair.esme.core.shutdown(pair.now);
    pair.run(10s);
    ASSERT_EQ(pair.esme.of(event_type::closed).size(), 1U);
    EXPECT_FALSE(pair.esme.of(event_type::closed)[0].error);
}

TEST(unbind, from_both_sides_at_once_ends_in_order) {
    virtual_pair pair;
    pair.bind();
    pair.esme.core.shutdown(pair.now);
    pair.mc.core.shutdown(pair.now);
    pair.run(10s);
    for (const auto* side : {&pair.esme, &pair.mc}) {
        ASSERT_EQ(side->of(event_type::closed).size(), 1U);
        EXPECT_FALSE(side->of(event_type::closed)[0].error);
    }
}

TEST(bad_peer, unknown_command_is_nacked_and_the_session_stays) {
    virtual_pair pair;
    pair.bind();
    pair.inject(pair.mc, octets("00000012 00000777 00000000 00000009 0102"));
    pair.run(1s);
    ASSERT_EQ(pair.esme.of(event_type::nacked).size(), 1U);
    EXPECT_EQ(pair.esme.of(event_type::nacked)[0].header.status,
              smpp::command_status::invalid_command_id);
    EXPECT_EQ(pair.esme.of(event_type::nacked)[0].header.sequence_number, 9U);
    EXPECT_EQ(pair.mc.core.state(), session_state::bound_trx);
}

TEST(bad_peer, a_bad_body_is_answered_and_the_session_stays) {
    virtual_pair pair;
    pair.bind();
    pair.inject(pair.mc, octets("00000011 00000004 00000000 00000009 00"));
    pair.run(1s);
    ASSERT_EQ(pair.mc.of(event_type::bad_pdu).size(), 1U);
    EXPECT_EQ(pair.esme.core.counters().unsolicited_responses, 1U);
    EXPECT_EQ(pair.mc.core.state(), session_state::bound_trx);
}

TEST(bad_peer, a_bad_length_is_nacked_and_closes) {
    for (const auto* bad :
         {"00000004 00000004 00000000 00000009", "7fffffff 00000004 00000000 00000009"}) {
        virtual_pair pair;
        pair.bind();
        pair.inject(pair.mc, octets(bad));
        pair.run(1s);
        ASSERT_EQ(pair.esme.of(event_type::nacked).size(), 1U);
        EXPECT_EQ(pair.esme.of(event_type::nacked)[0].header.status,
                  smpp::command_status::invalid_command_length);
        ASSERT_EQ(pair.mc.of(event_type::closed).size(), 1U);
        EXPECT_EQ(pair.mc.of(event_type::closed)[0].error, session_errc::protocol_error);
    }
}

TEST(bad_peer, another_protocol_is_told_apart_and_gets_no_answer) {
    virtual_pair pair;
    pair.inject(pair.mc, "GET / HTTP/1.1\r\n\r\n");
    pair.run(1s);
    ASSERT_EQ(pair.mc.of(event_type::closed).size(), 1U);
    EXPECT_EQ(pair.mc.of(event_type::closed)[0].error, session_errc::not_smpp);
    EXPECT_EQ(pair.mc.core.counters().pdus_out, 0U);
}

TEST(bad_peer, a_pdu_that_never_becomes_whole_ends_the_session) {
    virtual_pair pair;
    pair.bind();
    pair.inject(pair.mc, octets("00000040 00000004"));
    pair.run(20s);
    ASSERT_EQ(pair.mc.of(event_type::closed).size(), 1U);
    EXPECT_EQ(pair.mc.of(event_type::closed)[0].error, session_errc::protocol_error);
}

TEST(bad_peer, a_response_is_never_answered) {
    virtual_pair pair;
    pair.bind();
    const auto before = pair.mc.core.counters().pdus_out;
    pair.inject(pair.mc,
                octets("00000010 80000777 00000000 00000009 00000010 80000000 00000003 00000000"));
    pair.run(1s);
    EXPECT_EQ(pair.mc.core.counters().pdus_out, before);
}

TEST(bad_peer, status_in_a_request_is_ignored_and_any_number_is_echoed) {
    virtual_pair pair;
    pair.bind();
    pair.inject(pair.mc, octets("00000010 00000015 00000058 ffffffff"));
    pair.run(1s);
    EXPECT_EQ(pair.esme.core.counters().unsolicited_responses, 1U);
    EXPECT_EQ(pair.mc.core.counters().bad_pdus, 0U);
}

TEST(cancel, leaves_the_number_behind) {
    virtual_pair pair;
    pair.bind();
    const auto number = pair.submit(1);
    EXPECT_TRUE(pair.esme.core.cancel(number));
    EXPECT_FALSE(pair.esme.core.cancel(number));
    pair.run(1min);
    EXPECT_TRUE(pair.esme.of(event_type::response).empty());
    EXPECT_EQ(pair.esme.core.counters().late_responses, 1U);
}

}  // namespace
