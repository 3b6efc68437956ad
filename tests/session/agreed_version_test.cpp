// What the version of a session does not have is not sent, unless that is wanted.
#include <gtest/gtest.h>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::codec_errc;
using smpp::event_type;
using version = smpp::interface_version;

struct agreed_version : testing::Test {
    std::optional<virtual_pair> pair;

    /// Binds as `esme`; the centre says that it is of `mc`, or nothing of it.
    void bind(version esme, std::optional<version> mc, const smpp::session_options& options = {}) {
        pair.emplace(options);
        pair->mc.on_event = [this, mc](const seen_event& e) {
            if (e.header.id == smpp::command_id::bind_transceiver) {
                smpp::bind_transceiver_resp resp;
                if (mc) {
                    resp.tlvs.set(smpp::tlv::sc_interface_version, static_cast<std::uint8_t>(*mc));
                }
                EXPECT_FALSE(pair->mc.core.respond(e.header.sequence_number,
                                                   smpp::command_status::ok, resp));
            }
        };
        smpp::bind_transceiver pdu;
        pdu.interface_version = esme;
        ASSERT_TRUE(pair->esme.core.request(pdu, 1, pair->now));
        pair->run(100ms);
        ASSERT_EQ(pair->esme.core.state(), smpp::session_state::bound_trx);
        ASSERT_EQ(pair->mc.core.state(), smpp::session_state::bound_trx);
    }
    template <class P>
    smpp::error_code ask(virtual_pair::side& from, const P& body) {
        const auto number = from.core.request(body, 2, pair->now);
        return number ? smpp::error_code() : number.error();
    }
};

smpp::broadcast_sm good_broadcast() {
    smpp::broadcast_sm out;
    out.tlvs.set(smpp::tlv::broadcast_area_identifier, "x");
    out.tlvs.set(smpp::tlv::broadcast_content_type, std::string_view("\0\0\0", 3));
    out.tlvs.set(smpp::tlv::broadcast_rep_num, 1);
    out.tlvs.set(smpp::tlv::broadcast_frequency_interval, std::string_view("\0\0\1", 3));
    return out;
}

TEST_F(agreed_version, is_the_lower_of_both_and_3_4_where_the_centre_says_nothing) {
    const struct {
        version esme;
        std::optional<version> mc;
        version agreed;
    } cases[] = {
        {version::v5_0, version::v5_0, version::v5_0},
        {version::v5_0, version::v3_4, version::v3_4},
        {version::v3_4, version::v5_0, version::v3_4},
        {version::v3_4, version::v3_3, version::v3_3},
        {version::v3_3, version::v3_4, version::v3_3},
        {version::v5_0, std::nullopt, version::v3_4},
        {version::v3_4, std::nullopt, version::v3_4},
        {version::v3_3, std::nullopt, version::v3_3},
    };
    for (const auto& each : cases) {
        bind(each.esme, each.mc);
        EXPECT_EQ(pair->esme.core.agreed_version(), each.agreed)
            << name(each.esme) << " with " << (each.mc ? name(*each.mc) : "nothing");
        EXPECT_EQ(pair->mc.core.agreed_version(), each.esme);
    }
}

TEST_F(agreed_version, a_command_of_a_later_one_is_refused_by_name_and_never_sent) {
    bind(version::v5_0, version::v3_4);
    const auto pdus = pair->esme.core.counters().pdus_out;
    EXPECT_EQ(ask(pair->esme, good_broadcast()), codec_errc::not_in_version);
    EXPECT_EQ(to_string(pair->esme.core.refusal()),
              "broadcast_sm at octet 4: not part of the SMPP version that the session speaks");
    EXPECT_EQ(ask(pair->esme, smpp::cancel_broadcast_sm()), codec_errc::not_in_version);
    EXPECT_EQ(pair->esme.core.counters().pdus_out, pdus);
    EXPECT_EQ(pair->esme.core.in_flight(), 0U);
    bind(version::v5_0, version::v5_0);
    EXPECT_FALSE(ask(pair->esme, good_broadcast()));
}

TEST_F(agreed_version, a_command_that_went_is_refused) {
    const auto try_it = [&](version of) {
        pair.emplace();
        pair->mc.on_event = [&](const seen_event& e) {
            if (e.header.id == smpp::command_id::bind_transmitter) {
                std::ignore =
                    pair->mc.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                          smpp::bind_transmitter_resp());
            }
        };
        smpp::bind_transmitter pdu;
        pdu.interface_version = of;
        EXPECT_TRUE(pair->esme.core.request(pdu, 1, pair->now));
        pair->run(100ms);
        return ask(pair->esme, smpp::param_retrieve());
    };
    EXPECT_EQ(try_it(version::v3_4), codec_errc::not_in_version);
    EXPECT_FALSE(try_it(version::v3_3));
}

TEST_F(agreed_version, tlvs_are_those_of_the_version_and_a_vendor_s) {
    smpp::submit_sm later;
    later.tlvs.set(smpp::tlv::billing_identification, "x");
    smpp::submit_sm known;
    known.tlvs.set(smpp::tlv::user_message_reference, 7);
    smpp::submit_sm of_a_vendor;
    of_a_vendor.tlvs.set(smpp::vendor_tlv(0x1400), "x");
    bind(version::v3_4, version::v5_0);
    EXPECT_EQ(ask(pair->esme, later), codec_errc::not_in_version);
    EXPECT_STREQ(pair->esme.core.refusal().field, "billing_identification");
    EXPECT_FALSE(ask(pair->esme, known));
    EXPECT_FALSE(ask(pair->esme, of_a_vendor));
    bind(version::v3_4, version::v3_3);
    for (const auto& each : {later, known, of_a_vendor}) {
        EXPECT_EQ(ask(pair->esme, each), codec_errc::not_in_version);
    }
    EXPECT_FALSE(ask(pair->esme, smpp::submit_sm()));
    bind(version::v5_0, version::v5_0);
    EXPECT_FALSE(ask(pair->esme, later));
}

TEST_F(agreed_version, the_centre_holds_to_it_too) {
    bind(version::v3_3, version::v5_0);
    smpp::deliver_sm with_tlv;
    with_tlv.tlvs.set(smpp::tlv::receipted_message_id, "7");
    EXPECT_EQ(ask(pair->mc, with_tlv), codec_errc::not_in_version);
    EXPECT_EQ(ask(pair->mc, smpp::data_sm()), codec_errc::not_in_version);
    EXPECT_EQ(pair->mc.core.notify(smpp::alert_notification(), pair->now),
              codec_errc::not_in_version);
    EXPECT_STREQ(pair->mc.core.refusal().field, "alert_notification");
    EXPECT_FALSE(ask(pair->mc, smpp::deliver_sm()));
}

TEST_F(agreed_version, answers_to_3_3_go_without_tlvs) {
    bind(version::v3_3, version::v5_0);
    const auto answers = pair->esme.of(event_type::response);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(std::get<smpp::bind_transceiver_resp>(answers[0].pdu.body).tlvs.empty());
    EXPECT_EQ(answers[0].header.command_length, smpp::header_size + 1);
    bind(version::v3_4, version::v5_0);
    const auto later = pair->esme.of(event_type::response);
    ASSERT_EQ(later.size(), 1U);
    EXPECT_FALSE(std::get<smpp::bind_transceiver_resp>(later[0].pdu.body).tlvs.empty());
}

TEST_F(agreed_version, does_not_bind_who_does_not_send_strictly) {
    smpp::session_options lax;
    lax.strict_sending = false;
    bind(version::v3_3, version::v3_3, lax);
    EXPECT_FALSE(ask(pair->esme, good_broadcast()));
    smpp::submit_sm with_tlv;
    with_tlv.tlvs.set(smpp::tlv::user_message_reference, 7);
    EXPECT_FALSE(ask(pair->esme, with_tlv));
    const auto answers = pair->esme.of(event_type::response);
    EXPECT_FALSE(std::get<smpp::bind_transceiver_resp>(answers.at(0).pdu.body).tlvs.empty());
}

}  // namespace
