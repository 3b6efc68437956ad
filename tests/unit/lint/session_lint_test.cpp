#include "smpp/lint/session_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace smpp;
using namespace std::chrono_literals;
using lint::end;
using lint::rule;
using testing::ElementsAre;
using testing::IsEmpty;

struct session_lint : testing::Test {
    lint::session_lint lint;
    std::chrono::nanoseconds now{0};

    template <class P>
    void pass(end by, const P& pdu, std::uint32_t number,
              command_status status = command_status::ok) {
        std::string frame;
        ASSERT_FALSE(append(frame, status, number, pdu));
        lint.on_pdu(by, as_octets(frame), now);
        now += 1ms;
    }
    void bind(interface_version version = interface_version::v3_4) {
        bind_transceiver pdu;
        pdu.interface_version = version;
        pass(end::esme, pdu, 1);
        pass(end::mc, bind_transceiver_resp(), 1);
    }
    static submit_sm message() {
        submit_sm out;
        out.destination.digits = "15551234567";
        out.short_message = "hello";
        return out;
    }
    void submit(std::uint32_t number, command_status status = command_status::ok,
                const std::string& id = "7") {
        pass(end::esme, message(), number);
        submit_sm_resp answer;
        answer.message_id = status == command_status::ok ? id : "";
        pass(end::mc, answer, number, status);
    }
    void receipt(std::uint32_t number, const std::string& text) {
        deliver_sm pdu;
        pdu.esm_class.set_message_type(esm_class::type::receipt);
        pdu.short_message = text;
        pass(end::mc, pdu, number);
        pass(end::esme, deliver_sm_resp(), number);
    }
    [[nodiscard]] std::vector<rule> rules() {
        lint.on_close(now);
        std::vector<rule> out;
        for (const auto& each : lint.findings()) {
            out.push_back(each.finding.rule);
        }
        return out;
    }
    void unbind() {
        pass(end::esme, smpp::unbind(), 0x7FFFFFFF);
        pass(end::mc, unbind_resp(), 0x7FFFFFFF);
    }
};

TEST_F(session_lint, an_orderly_session_has_no_findings) {
    bind();
    submit_sm asks = message();
    asks.registered_delivery.bits = 1;
    pass(end::esme, asks, 2);
    submit_sm_resp answer;
    answer.message_id = "7";
    pass(end::mc, answer, 2);
    receipt(1, "id:7 stat:DELIVRD");
    pass(end::esme, enquire_link(), 3);
    pass(end::mc, enquire_link_resp(), 3);
    unbind();
    EXPECT_THAT(rules(), IsEmpty());
}

TEST_F(session_lint, sent_before_the_bind) {
    submit(1);
    EXPECT_THAT(rules(), ElementsAre(rule::session_before_bind));
}

TEST_F(session_lint, a_second_bind) {
    bind();
    pass(end::esme, bind_transceiver(), 2);
    pass(end::mc, bind_transceiver_resp(), 2, command_status::already_bound);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_second_bind));
}

TEST_F(session_lint, a_submit_on_a_receiver) {
    pass(end::esme, bind_receiver(), 1);
    pass(end::mc, bind_receiver_resp(), 1);
    submit(2);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_wrong_role));
}

TEST_F(session_lint, numbers_and_responses) {
    bind();
    pass(end::esme, message(), 2);
    pass(end::esme, message(), 2);
    pass(end::mc, enquire_link_resp(), 2);
    pass(end::mc, submit_sm_resp(), 99);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_sequence_reused, rule::session_wrong_response,
                                     rule::session_unsolicited));
}

TEST_F(session_lint, answers_that_are_late_or_missing) {
    bind();
    pass(end::esme, message(), 2);
    pass(end::esme, message(), 3);
    now += 11s;
    pass(end::mc, submit_sm_resp(), 2);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_late_response, rule::session_unanswered));
    EXPECT_EQ(lint.findings()[1].sequence_number, 3U);
    EXPECT_EQ(lint.findings()[1].by, end::mc);
}

TEST_F(session_lint, a_nack_that_is_answered) {
    bind();
    pass(end::mc, generic_nack(), 50, command_status::invalid_command_id);
    pass(end::esme, generic_nack(), 50, command_status::invalid_command_id);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_unsolicited, rule::session_answered_nack));
}

TEST_F(session_lint, closed_without_unbind) {
    bind();
    submit(2);
    EXPECT_THAT(rules(), ElementsAre(rule::session_no_unbind));
}

TEST_F(session_lint, throttling_that_is_ignored) {
    bind();
    submit(2, command_status::throttled);
    for (std::uint32_t i = 3; i < 9; ++i) {
        pass(end::esme, message(), i);
    }
    for (std::uint32_t i = 3; i < 9; ++i) {
        pass(end::mc, submit_sm_resp(), i);
    }
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_throttling_ignored));
}

TEST_F(session_lint, throttling_that_is_heeded) {
    bind();
    submit(2, command_status::throttled);
    now += 1s;
    for (std::uint32_t i = 3; i < 12; ++i) {
        submit(i);
    }
    unbind();
    EXPECT_THAT(rules(), IsEmpty());
}

TEST_F(session_lint, silence_and_too_many_questions) {
    bind();
    now += 3min;
    submit(2);
    for (std::uint32_t i = 3; i < 8; ++i) {
        pass(end::esme, enquire_link(), i);
        pass(end::mc, enquire_link_resp(), i);
    }
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_silence, rule::session_enquire_often));
}

TEST_F(session_lint, versions) {
    bind(interface_version::v3_3);
    submit_sm with_tlv = message();
    with_tlv.tlvs.set(tlv::source_port, 1);
    pass(end::esme, with_tlv, 2);
    pass(end::mc, submit_sm_resp(), 2);
    pass(end::esme, cancel_broadcast_sm(), 3);
    pass(end::mc, cancel_broadcast_sm_resp(), 3);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_tlv_on_3_3, rule::session_version));
}

TEST_F(session_lint, a_receipt_nobody_can_get) {
    pass(end::esme, bind_transmitter(), 1);
    pass(end::mc, bind_transmitter_resp(), 1);
    submit_sm asks = message();
    asks.registered_delivery.bits = 1;
    pass(end::esme, asks, 2);
    pass(end::mc, submit_sm_resp(), 2);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_receipt_to_nobody));
}

TEST_F(session_lint, receipts_of_a_session) {
    bind();
    submit(2);
    receipt(1, "id:8 stat:DELIVRD");
    receipt(2, "id:7 stat:DELIVRD");
    receipt(3, "id:7 stat:EXPIRED");
    unbind();
    EXPECT_THAT(rules(),
                ElementsAre(rule::session_receipt_unknown_id, rule::session_receipt_not_asked,
                            rule::session_receipt_not_asked, rule::session_receipt_after_final));
}

TEST_F(session_lint, an_id_in_deliver_sm_resp) {
    bind();
    deliver_sm pdu;
    pdu.short_message = "hi";
    pass(end::mc, pdu, 1);
    deliver_sm_resp answer;
    answer.message_id = "7";
    pass(end::esme, answer, 1);
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_deliver_resp_id));
}

TEST_F(session_lint, a_total_that_changes) {
    bind();
    for (std::uint8_t number = 1; number <= 2; ++number) {
        submit_sm part = message();
        part.esm_class.set_udhi(true);
        part.short_message = std::string("\x05\x00\x03\x07", 4);
        part.short_message += static_cast<char>(number + 1);
        part.short_message += static_cast<char>(number);
        part.short_message += "x";
        pass(end::esme, part, 10U + number);
        pass(end::mc, submit_sm_resp(), 10U + number);
    }
    unbind();
    EXPECT_THAT(rules(), ElementsAre(rule::session_concat_total));
}

TEST_F(session_lint, findings_are_bounded) {
    for (std::uint32_t i = 1; i < 5000; ++i) {
        submit(i);
    }
    EXPECT_EQ(rules().size(), 10U);
}

TEST_F(session_lint, numbers_that_do_not_begin_again_with_1) {
    bind();
    submit(0x7FFFFFFF);
    submit(2);
    submit(3);
    EXPECT_THAT(rules(), ElementsAre(rule::session_sequence_wrap, rule::session_no_unbind));
}

TEST_F(session_lint, more_outstanding_than_the_window) {
    lint = lint::session_lint(3);
    bind();
    for (std::uint32_t number = 2; number < 8; ++number) {
        pass(end::esme, message(), number);
    }
    EXPECT_THAT(rules(), ElementsAre(rule::session_over_window, rule::session_no_unbind));
}

TEST_F(session_lint, unbind_that_is_not_awaited) {
    bind();
    pass(end::esme, smpp::unbind(), 2);
    EXPECT_THAT(rules(), ElementsAre(rule::session_unbind_not_awaited));
}

TEST_F(session_lint, another_protocol) {
    const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01", 8);
    lint.on_other_octets(end::esme, as_octets(hello), now);
    lint.on_other_octets(end::esme, as_octets(std::string_view("GET / HTTP/1.1")), now);
    EXPECT_THAT(rules(), ElementsAre(rule::session_other_protocol, rule::session_other_protocol));
}

TEST_F(session_lint, a_reference_used_again_too_soon) {
    bind();
    const auto part = [&](std::uint32_t number, std::string header, const char* text) {
        submit_sm out = message();
        out.esm_class.set_udhi(true);
        out.short_message = std::move(header) + text;
        pass(end::esme, out, number);
        pass(end::mc, submit_sm_resp(), number, command_status::system_error);
    };
    const std::string narrow("\x05\x00\x03\x07\x02\x01", 6);
    const std::string wide("\x06\x08\x04\x00\x07\x02\x01", 7);
    part(2, narrow, "one message");
    part(3, narrow, "one message");  // sent again
    part(4, wide, "one message");
    part(5, wide, "another one");
    now += 6min;
    pass(end::esme, enquire_link(), 6);
    pass(end::mc, enquire_link_resp(), 6);
    part(7, narrow, "another one");
    part(8, narrow, "a third one");
    EXPECT_THAT(rules(), ElementsAre(rule::session_concat_collision, rule::session_no_unbind));
}

}  // namespace
