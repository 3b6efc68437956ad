// What only several PDUs together show; the rules one by one are in session_rules_test.cpp.
#include "smpp/lint/session_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "smpp/lint/client_lint.hpp"
#include "support.hpp"
#include "support/vendor_status.hpp"

namespace {

using namespace lint_test;
using testing::ElementsAre;
using testing::IsEmpty;

struct session_lint : testing::Test, course {
    /// Bound to transmit; `all` are the sessions of the client.
    void transmit_beside(const std::shared_ptr<smpp::lint::client_sessions>& all) {
        lint.belongs_to(all);
        bind<bind_transmitter>();
    }
};

TEST_F(session_lint, an_orderly_session_has_no_findings) {
    bind();
    submit(asking());
    deliver_receipt("id:7 stat:DELIVRD");
    ask(end::esme, enquire_link());
    unbind();
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(lint.version(), interface_version::v3_4);
}

TEST_F(session_lint, numbers_and_responses) {
    bind();
    pass(end::esme, good_submit(), 2);
    pass(end::esme, good_submit(), 2);
    pass(end::mc, enquire_link_resp(), 2);
    pass(end::mc, submit_sm_resp(), 99);
    unbind();
    EXPECT_THAT(found(), ElementsAre(rule::session_sequence_reused, rule::session_wrong_response,
                                     rule::session_unsolicited));
}

TEST_F(session_lint, a_vendor_s_command_is_one_like_others_and_shown_by_its_number) {
    pass(end::esme, smpp_test::vendor_status(), 7);
    bind();
    ask(end::esme, smpp_test::vendor_status());
    pass(end::esme, smpp_test::vendor_status(), 9);
    pass(end::mc, submit_sm_resp(), 9);
    pass(end::mc, smpp_test::vendor_status_resp(), 99);
    last = 9;
    unbind();
    EXPECT_THAT(found(), ElementsAre(rule::session_before_bind, rule::session_wrong_response,
                                     rule::session_unsolicited));
    EXPECT_EQ(lint.findings()[0].finding.detail, "0x00010203");
    EXPECT_EQ(lint.findings()[1].finding.detail, "submit_sm_resp to 0x00010203");
    EXPECT_EQ(lint.findings()[2].finding.detail, "0x80010203");
}

TEST_F(session_lint, answers_that_are_late_or_missing) {
    bind();
    pass(end::esme, good_submit(), 2);
    pass(end::esme, good_submit(), 3);
    now += 11s;
    pass(end::mc, submit_sm_resp(), 2);
    last = 3;
    unbind();
    EXPECT_THAT(found(), ElementsAre(rule::session_late_response, rule::session_unanswered));
    EXPECT_EQ(lint.findings()[1].sequence_number, 3U);
    EXPECT_EQ(lint.findings()[1].by, end::mc);
}

TEST_F(session_lint, versions) {
    bind<bind_transmitter>(interface_version::v3_3);
    submit_sm with_tlv = good_submit();
    with_tlv.tlvs.set(tlv::source_port, 1);
    ask(end::esme, with_tlv);
    ask(end::esme, cancel_broadcast_sm());
    unbind();
    EXPECT_THAT(found(), ElementsAre(rule::session_tlv_on_3_3, rule::session_version));
}

TEST_F(session_lint, receipts_of_a_session) {
    bind();
    submit(asking(0));
    deliver_receipt("id:8 stat:DELIVRD");
    deliver_receipt("id:7 stat:DELIVRD");
    deliver_receipt("id:7 stat:EXPIRED");
    unbind();
    EXPECT_THAT(found(),
                ElementsAre(rule::session_receipt_unknown_id, rule::session_receipt_not_asked,
                            rule::session_receipt_not_asked, rule::session_receipt_after_final));
}

TEST_F(session_lint, a_receipt_under_data_coding_0_is_ascii) {
    bind();
    submit(asking(), "AB_C");
    deliver_receipt("id:AB_C stat:DELIVRD");
    unbind();
    EXPECT_THAT(found(), IsEmpty()) << "no unknown id";
}

TEST_F(session_lint, findings_are_bounded) {
    for (int i = 0; i < 5000; ++i) {
        submit(good_submit());
    }
    EXPECT_EQ(found().size(), 10U);
}

TEST_F(session_lint, a_reference_may_be_used_again_after_minutes) {
    bind();
    submit_sm part = good_submit();
    set_udh(part, {7, 2, 1}, "one message");
    submit(part);
    for (int i = 0; i < 6; ++i) {
        now += 1min;
        ask(end::esme, enquire_link());
    }
    set_udh(part, {7, 3, 1}, "another one");
    submit(part);
    set_udh(part, {7, 3, 2}, "its second part");
    submit(part);
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(session_lint, receipts_of_submit_multi_are_one_for_each_destination) {
    bind();
    submit_multi to_two;
    to_two.source = good_submit().source;
    to_two.registered_delivery.bits = 1;
    to_two.dest_address.resize(2);
    submit_multi_resp accepted;
    accepted.message_id = "77";
    answer(end::esme, to_two, accepted);
    deliver_receipt("id:77 stat:DELIVRD");
    deliver_receipt("id:77 stat:DELIVRD");
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(session_lint, receipts_of_data_sm_and_in_data_sm) {
    bind();
    data_sm asks;
    asks.destination = good_submit().destination;
    asks.registered_delivery.bits = 1;
    asks.tlvs.set(tlv::message_payload, "hello");
    data_sm_resp accepted;
    accepted.message_id = "77";
    answer(end::esme, asks, accepted);
    data_sm tells;
    tells.esm_class.set_message_type(esm_class::type::receipt);
    tells.tlvs.set(tlv::receipted_message_id, "77");
    tells.tlvs.set(tlv::message_state, 2);
    ask(end::mc, tells);
    ask(end::mc, tells);
    unbind();
    EXPECT_THAT(found(), ElementsAre(rule::session_receipt_after_final));
}

TEST_F(session_lint, ids_that_cannot_be_known_are_no_finding) {
    bind<bind_receiver>();
    deliver_receipt("id:8 stat:DELIVRD");  // of what a transmitter has submitted
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(session_lint, a_receipt_may_come_before_the_response) {
    bind();
    pass(end::esme, asking(), 2);
    deliver_receipt("id:7 stat:DELIVRD");
    pass(end::mc, submit_sm_resp(), 2);
    last = 2;
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(session_lint, a_transceiver_among_others_gets_receipts_of_theirs) {
    const auto all = std::make_shared<lint::client_sessions>();
    all->ever = 2;
    lint.belongs_to(all);
    bind();
    deliver_receipt("id:8 stat:DELIVRD");
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(session_lint, a_transmitter_beside_a_receiver_may_ask_for_receipts) {
    const auto all = std::make_shared<lint::client_sessions>();
    all->receivers = 1;
    transmit_beside(all);
    submit(asking());
    all->receivers = 0;
    EXPECT_THAT(found(std::nullopt), IsEmpty());
    submit(asking());
    unbind();
    EXPECT_THAT(found(), ElementsAre(rule::session_receipt_to_nobody));
}

TEST_F(session_lint, who_closes_is_to_blame) {
    bind();
    EXPECT_THAT(found(end::mc), ElementsAre(rule::session_no_unbind));
    EXPECT_EQ(lint.findings()[0].by, end::mc);
}

TEST_F(session_lint, a_capture_that_ends_is_no_close) {
    bind();
    EXPECT_THAT(found(std::nullopt), IsEmpty());
}

TEST_F(session_lint, what_was_not_seen_is_no_finding) {
    lint.on_gap();  // a capture that begins in the middle
    submit(asking());
    pass(end::mc, submit_sm_resp(), 99);
    deliver_receipt("id:8 stat:DELIVRD");
    now += 10min;
    EXPECT_THAT(found(), IsEmpty());
    bind();
    submit(good_submit());
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(session_lint, unanswered_requests_are_forgotten_at_a_gap) {
    bind();
    pass(end::esme, good_submit(), 2);
    lint.on_gap();
    now += 11s;
    pass(end::mc, submit_sm_resp(), 3);
    pass(end::esme, good_submit(), 2);
    pass(end::mc, submit_sm_resp(), 2);
    unbind();
    EXPECT_THAT(found(), IsEmpty());
}

}  // namespace
