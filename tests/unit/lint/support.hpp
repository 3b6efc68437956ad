// PDUs and courses of sessions to lint; and pairs of what a rule is about and what comes nearest to
// it without an offence.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "smpp/lint/pdu_lint.hpp"
#include "smpp/lint/session_lint.hpp"
#include "smpp/text/udh.hpp"

namespace lint_test {

using namespace smpp;
using namespace std::chrono_literals;
using lint::end;
using lint::rule;

using rules = std::vector<rule>;

/// The offence must have the finding, and may have others; what is good has none at all.
struct rule_case {
    rule which;
    std::function<rules()> offence;
    std::function<rules()> good;
};
using rule_cases = std::vector<rule_case>;

rule_cases framing_cases();
rule_cases address_cases();
rule_cases message_cases();
rule_cases long_message_cases();
rule_cases text_cases();
rule_cases tlv_cases();
rule_cases receipt_cases();
rule_cases session_state_cases();
rule_cases session_link_cases();
rule_cases session_message_cases();
rule_cases client_cases();

template <class P>
std::string frame_of(const P& pdu, std::uint32_t sequence_number = 1,
                     command_status status = command_status::ok) {
    std::string out;
    EXPECT_FALSE(append(out, status, sequence_number, pdu));
    return out;
}

inline rules rules_in(const std::string& frame, const lint::options& options = {}) {
    rules out;
    for (const auto& each : lint::check(as_octets(frame), options)) {
        out.push_back(each.rule);
    }
    return out;
}

template <class P>
rules rules_of(const P& pdu, const lint::options& options = {}) {
    return rules_in(frame_of(pdu), options);
}

inline submit_sm good_submit() {
    submit_sm out;
    out.source = address("12345", ton::network_specific, npi::unknown);
    out.destination = address("15551234567", ton::international, npi::isdn);
    out.short_message = "hello";
    return out;
}

using change = std::function<void(submit_sm&)>;

/// A case of two submits: `spoil` and `mend` change good ones.
inline rule_case of_submit(rule which, const change& spoil, const change& mend) {
    const auto changed = [](const change& how) {
        submit_sm sm = good_submit();
        how(sm);
        return rules_of(sm);
    };
    return {which, [=] { return changed(spoil); }, [=] { return changed(mend); }};
}

inline deliver_sm receipt_of(std::string text) {
    deliver_sm out;
    out.source = address("15551234567", ton::international, npi::isdn);
    out.destination = address("12345", ton::network_specific, npi::unknown);
    out.esm_class.set_message_type(esm_class::type::receipt);
    out.short_message = std::move(text);
    return out;
}

inline std::string ucs2(std::u16string_view text) {
    std::string out;
    for (const char16_t unit : text) {
        out += static_cast<char>(unit >> 8);
        out += static_cast<char>(unit & 0xFF);
    }
    return out;
}

inline void set_ucs2(submit_sm& sm, std::u16string_view text) {
    sm.data_coding = data_coding::ucs2;
    sm.short_message = ucs2(text);
}

template <class Body>
void set_udh(Body& sm, const udh::concat& part, const std::string& text) {
    sm.esm_class.set_udhi(true);
    sm.short_message = udh::writer().add(part).octets() + text;
}

template <class Body>
void set_sar(Body& sm, std::uint8_t number, std::uint8_t total, std::uint16_t reference = 1) {
    sm.tlvs.set(tlv::sar_msg_ref_num, reference);
    sm.tlvs.set(tlv::sar_total_segments, total);
    sm.tlvs.set(tlv::sar_segment_seqnum, number);
}

/// A session, PDU by PDU, a millisecond between them.
struct course {
    lint::session_lint lint;
    std::chrono::nanoseconds now{0};
    std::uint32_t last = 1;  // sequence number of the ESME
    std::uint32_t last_of_mc = 0;

    template <class P>
    void pass(end by, const P& pdu, std::uint32_t number,
              command_status status = command_status::ok) {
        const std::string frame = frame_of(pdu, number, status);
        lint.on_pdu(by, as_octets(frame), now);
        now += 1ms;
    }
    template <class Bind = bind_transceiver>
    void bind(interface_version version = interface_version::v3_4) {
        Bind pdu;
        pdu.interface_version = version;
        pass(end::esme, pdu, 1);
        pass(end::mc, typename Bind::response(), 1);
    }
    void unbind() {
        pass(end::esme, smpp::unbind(), ++last);
        pass(end::mc, unbind_resp(), last);
    }
    /// A request and its answer.
    template <class P>
    void ask(end by, const P& pdu) {
        answer(by, pdu, typename P::response());
    }
    template <class P, class R>
    void answer(end by, const P& pdu, const R& response,
                command_status status = command_status::ok) {
        const std::uint32_t number = by == end::esme ? ++last : ++last_of_mc;
        pass(by, pdu, number);
        pass(by == end::esme ? end::mc : end::esme, response, number, status);
    }
    void submit(const submit_sm& sm, const std::string& id = "7",
                command_status status = command_status::ok) {
        submit_sm_resp response;
        response.message_id = status == command_status::ok ? id : "";
        answer(end::esme, sm, response, status);
    }
    void deliver_receipt(const std::string& text, command_status status = command_status::ok) {
        answer(end::mc, receipt_of(text), deliver_sm_resp(), status);
    }
    /// What was found, when the ESME has closed the connection.
    rules found(std::optional<end> closed_by = end::esme) {
        lint.on_close(now, closed_by);
        rules out;
        for (const auto& each : lint.findings()) {
            out.push_back(each.finding.rule);
        }
        return out;
    }
};

using steps = std::function<void(course&)>;

/// A case of two sessions that begin with a bind and end with unbind.
inline rule_case of_session(rule which, const steps& offence, const steps& good) {
    const auto run = [](const steps& middle) {
        course of;
        of.bind();
        middle(of);
        of.unbind();
        return of.found();
    };
    return {which, [=] { return run(offence); }, [=] { return run(good); }};
}

/// A case of two courses as they are.
inline rule_case of_course(rule which, const steps& offence, const steps& good) {
    const auto run = [](const steps& all) {
        course of;
        all(of);
        return of.found();
    };
    return {which, [=] { return run(offence); }, [=] { return run(good); }};
}

inline submit_sm asking(std::uint8_t registered_delivery = 1) {
    submit_sm out = good_submit();
    out.registered_delivery.bits = registered_delivery;
    return out;
}

}  // namespace lint_test
