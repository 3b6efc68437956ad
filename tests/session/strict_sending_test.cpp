// What the specification forbids is not sent, unless that is wanted.
#include <gtest/gtest.h>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::codec_errc;
using smpp::event_type;

smpp::submit_sm with_two_texts() {
    smpp::submit_sm sm;
    sm.short_message = "one";
    sm.tlvs.set(smpp::tlv::message_payload, "two");
    return sm;
}

TEST(strict_sending, a_forbidden_request_is_refused_with_its_field_and_takes_no_slot) {
    virtual_pair pair;
    pair.bind();
    const auto refused = pair.esme.core.request(with_two_texts(), 5, pair.now);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error(), codec_errc::both_texts);
    EXPECT_STREQ(refused.error().category().name(), "smpp.codec");
    EXPECT_STREQ(pair.esme.core.refusal().field, "message_payload");
    EXPECT_EQ(pair.esme.core.in_flight(), 0U);
    EXPECT_EQ(pair.esme.core.tx().size(), 0U);
}

TEST(strict_sending, a_text_of_255_octets_goes_to_peers_of_5_0_alone) {
    for (const auto version : {smpp::interface_version::v3_4, smpp::interface_version::v5_0}) {
        virtual_pair pair;
        smpp::bind_transceiver bind;
        bind.interface_version = version;
        ASSERT_TRUE(pair.esme.core.request(bind, 1, pair.now));
        pair.run(100ms);
        smpp::deliver_sm sm;
        sm.short_message.assign(255, 'a');
        EXPECT_EQ(pair.mc.core.request(sm, 2, pair.now).has_value(),
                  version == smpp::interface_version::v5_0);
    }
}

TEST(strict_sending, answers_and_notices_are_held_to_it_too) {
    virtual_pair pair;
    pair.mc.on_event = [&](const seen_event& e) {
        if (e.header.id == smpp::command_id::query_broadcast_sm) {
            EXPECT_EQ(pair.mc.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                           smpp::query_broadcast_sm_resp()),
                      codec_errc::missing_tlv);
            EXPECT_FALSE(pair.mc.core.respond(e.header.sequence_number,
                                              smpp::command_status::query_failed,
                                              smpp::query_broadcast_sm_resp()));
        } else {
            smpp::bind_transceiver_resp resp;
            resp.tlvs.set(smpp::tlv::sc_interface_version, 0x50);
            EXPECT_FALSE(
                pair.mc.core.respond(e.header.sequence_number, smpp::command_status::ok, resp));
        }
    };
    smpp::bind_transceiver bind;
    bind.interface_version = smpp::interface_version::v5_0;
    ASSERT_TRUE(pair.esme.core.request(bind, 1, pair.now));
    pair.run(100ms);
    ASSERT_TRUE(pair.esme.core.request(smpp::query_broadcast_sm(), 5, pair.now));
    pair.run(100ms);
    EXPECT_EQ(pair.esme.events.back().header.status, smpp::command_status::query_failed);
    smpp::alert_notification alert;
    alert.source.digits = "M\xFCller";
    EXPECT_EQ(pair.mc.core.notify(alert, pair.now), codec_errc::not_ascii);
}

TEST(strict_sending, a_peer_that_is_to_misbehave_sends_whatever_has_octets) {
    smpp::session_options options;
    options.strict_sending = false;
    virtual_pair pair(options);
    pair.bind();
    EXPECT_TRUE(pair.esme.core.request(with_two_texts(), 5, pair.now));
    smpp::submit_sm endless;
    endless.service_type = "toolong";
    EXPECT_EQ(pair.esme.core.request(endless, 6, pair.now).error(), codec_errc::too_long);
}

}  // namespace
