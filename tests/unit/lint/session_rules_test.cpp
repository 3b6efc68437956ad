// The cases of the rules about the course of a session.
#include "support.hpp"

namespace lint_test {
namespace {

data_sm data() {
    data_sm out;
    out.source = good_submit().source;
    out.destination = good_submit().destination;
    out.tlvs.set(tlv::message_payload, "hello");
    return out;
}

submit_sm part(const udh::concat& place, const std::string& text) {
    submit_sm out = good_submit();
    set_udh(out, place, text);
    return out;
}

submit_sm sar_part(std::uint8_t number, std::uint8_t total) {
    submit_sm out = good_submit();
    set_sar(out, number, total);
    return out;
}

/// As `Bind`, and with that version.
template <class Bind>
rules bound(interface_version version, const steps& middle) {
    course of;
    of.bind<Bind>(version);
    middle(of);
    of.unbind();
    return of.found();
}

template <class Bind, class Good>
rule_case of_binds(rule which, const steps& middle,
                   interface_version version = interface_version::v3_4) {
    return {which, [=] { return bound<Bind>(version, middle); },
            [=] { return bound<Good>(version, middle); }};
}

rule_case of_versions(rule which, interface_version offence, interface_version good,
                      const steps& middle) {
    return {which, [=] { return bound<bind_transmitter>(offence, middle); },
            [=] { return bound<bind_transmitter>(good, middle); }};
}

steps ask_with(const std::function<void(submit_sm&)>& how) {
    return [=](course& of) {
        submit_sm sm = good_submit();
        how(sm);
        of.ask(end::esme, sm);
    };
}

}  // namespace

rule_cases session_state_cases() {
    const auto submits = [](course& of) { of.ask(end::esme, good_submit()); };
    const auto nothing = [](course&) {};
    return {
        of_course(
            rule::session_before_bind,
            [](course& of) {
                of.pass(end::esme, bind_transmitter(), 1);
                of.pass(end::esme, good_submit(), 2);
                of.pass(end::mc, bind_transmitter_resp(), 1);
                of.pass(end::mc, submit_sm_resp(), 2);
                of.last = 2;
                of.unbind();
            },
            [](course& of) {
                of.pass(end::esme, enquire_link(), 1);  // any state may ask
                of.pass(end::mc, enquire_link_resp(), 1);
            }),
        of_session(
            rule::session_second_bind,
            [](course& of) {
                of.answer(end::esme, bind_transceiver(), bind_transceiver_resp(),
                          command_status::already_bound);
            },
            nothing),
        of_course(
            rule::session_second_bind,
            [](course& of) {
                of.pass(end::esme, bind_transmitter(), 1);
                of.pass(end::esme, bind_transmitter(), 2);
            },
            [](course& of) {  // one after a refusal, and one after unbind
                of.answer(end::esme, bind_transmitter(), bind_transmitter_resp(),
                          command_status::bind_failed);
                of.ask(end::esme, bind_transmitter());
                of.unbind();
                of.ask(end::esme, bind_transceiver());
                of.unbind();
            }),
        of_binds<bind_receiver, bind_transmitter>(rule::session_wrong_role, submits),
        of_binds<bind_receiver, bind_transceiver>(
            rule::session_wrong_role, [](course& of) { of.ask(end::esme, query_sm()); }),
        of_binds<bind_receiver, bind_transmitter>(rule::session_wrong_role,
                                                  [](course& of) {
                                                      cancel_sm pdu;
                                                      pdu.destination = good_submit().destination;
                                                      of.ask(end::esme, pdu);
                                                  }),
        of_binds<bind_receiver, bind_transmitter>(
            rule::session_wrong_role, [](course& of) { of.ask(end::esme, data()); },
            interface_version::v5_0),
        {rule::session_wrong_role,
         [] {
             return bound<bind_transceiver>(interface_version::v3_4, [](course& of) {
                 of.pass(end::esme, alert_notification(), ++of.last);
             });
         },
         [] {
             return bound<bind_receiver>(interface_version::v3_4, [](course& of) {
                 of.ask(end::esme, data());  // 3.4 allows it in any session
                 of.pass(end::mc, alert_notification(), ++of.last_of_mc);
             });
         }},
        of_session(
            rule::session_after_unbind,
            [](course& of) {
                of.unbind();
                of.ask(end::esme, good_submit());
            },
            [](course& of) {
                // What crosses the unbind of the other is no fault.
                of.pass(end::esme, unbind(), ++of.last);
                of.ask(end::mc, deliver_sm());
                of.pass(end::mc, unbind_resp(), of.last);
                of.ask(end::esme, bind_transceiver());
            }),
        of_versions(rule::session_tlv_on_3_3, interface_version::v3_3, interface_version::v3_4,
                    ask_with([](auto& sm) { sm.tlvs.set(tlv::source_port, 1); })),
        of_binds<bind_transceiver, bind_transmitter>(rule::session_version, nothing,
                                                     interface_version::v3_3),
        of_versions(rule::session_version, interface_version::v3_3, interface_version::v3_4,
                    [](course& of) { of.ask(end::esme, data()); }),
        of_versions(rule::session_version, interface_version::v3_4, interface_version::v5_0,
                    [](course& of) { of.ask(end::esme, cancel_broadcast_sm()); }),
        of_versions(rule::session_version, interface_version::v3_4, interface_version::v3_3,
                    [](course& of) { of.ask(end::esme, param_retrieve()); }),
    };
}

rule_cases session_link_cases() {
    using namespace std::string_literals;
    const auto other = [](const std::string& octets) {
        return [=](course& of) { of.lint.on_other_octets(end::esme, as_octets(octets), of.now); };
    };
    const auto enquire = [](course& of) { of.ask(end::esme, enquire_link()); };
    const auto enquires = [=](std::chrono::nanoseconds gap, bool busy) {
        return [=](course& of) {
            for (int i = 0; i < 6; ++i) {
                if (busy) {
                    of.ask(end::esme, good_submit());
                }
                enquire(of);
                of.now += gap;
            }
        };
    };
    const auto throttled = [](std::chrono::nanoseconds pause) {
        return [=](course& of) {
            for (int i = 0; i < 38; ++i) {
                of.submit(good_submit(), "", command_status::throttled);
                of.now += pause;
            }
        };
    };
    const auto windowed = [](std::uint32_t submits) {
        return [=](course& of) {
            of.lint.set_window(3);
            for (std::uint32_t i = 0; i < submits; ++i) {
                of.pass(end::esme, good_submit(), 10 + i);
            }
            of.pass(end::esme, enquire_link(), 100);  // that is no message
            for (std::uint32_t i = 0; i < submits; ++i) {
                of.pass(end::mc, submit_sm_resp(), 10 + i);
            }
            of.pass(end::mc, enquire_link_resp(), 100);
        };
    };
    return {
        of_course(rule::session_other_protocol, other("GET / HTTP/1.1"), [](course&) {}),
        of_course(rule::session_other_protocol, other("\x16\x03\x01\x02\0\1\0\1"s), other("\x16")),
        of_course(rule::framing_length, other("\0\0\0\x05\0\0\0\0"s), other("\0"s)),
        of_session(
            rule::session_sequence_reused,
            [](course& of) {
                of.pass(end::esme, good_submit(), 2);
                of.pass(end::esme, good_submit(), 2);
            },
            [](course& of) {
                of.pass(end::esme, good_submit(), 2);
                of.pass(end::mc, deliver_sm(), 2);  // the numbers of the two are their own
                of.pass(end::esme, deliver_sm_resp(), 2);
                of.pass(end::mc, submit_sm_resp(), 2);
                of.last = 2;
            }),
        of_session(
            rule::session_sequence_wrap,
            [=](course& of) {
                of.last = 0x7FFFFFFE;
                enquire(of);
                of.last = 5;
            },
            [=](course& of) {
                of.last = 0x7FFFFFFE;
                enquire(of);
                of.last = 0;
            }),
        of_session(rule::session_over_window, windowed(4), windowed(3)),
        of_session(
            rule::session_unsolicited, [](course& of) { of.pass(end::mc, submit_sm_resp(), 99); },
            [](course& of) {
                of.pass(end::mc, generic_nack(), 0, command_status::invalid_command_length);
            }),
        of_session(
            rule::session_wrong_response,
            [](course& of) { of.answer(end::esme, good_submit(), data_sm_resp()); },
            [](course& of) {
                of.answer(end::esme, good_submit(), generic_nack(),
                          command_status::invalid_command_id);
            }),
        of_session(
            rule::session_answered_nack,
            [](course& of) {
                of.pass(end::mc, generic_nack(), 50, command_status::invalid_command_id);
                of.pass(end::esme, generic_nack(), 50, command_status::invalid_command_id);
            },
            [](course& of) {
                of.answer(end::esme, good_submit(), generic_nack(),
                          command_status::invalid_command_id);
            }),
        of_session(
            rule::session_unanswered,
            [](course& of) {
                of.pass(end::mc, deliver_sm(), 1);
                of.now += 11s;
            },
            [](course& of) {
                of.pass(end::mc, deliver_sm(), 1);
                of.now += 9s;
            }),
        of_session(
            rule::session_unanswered,
            [](course& of) {
                of.pass(end::mc, enquire_link(), 1);
                of.now += 11s;
            },
            [](course& of) { of.ask(end::mc, enquire_link()); }),
        of_session(
            rule::session_late_response,
            [](course& of) {
                of.pass(end::mc, deliver_sm(), 1);
                of.now += 11s;
                of.pass(end::esme, deliver_sm_resp(), 1);
            },
            [](course& of) {
                of.pass(end::mc, deliver_sm(), 1);
                of.now += 9s;
                of.pass(end::esme, deliver_sm_resp(), 1);
            }),
        of_course(
            rule::session_no_unbind, [](course& of) { of.bind(); },
            [](course& of) {
                of.bind();
                of.ask(end::mc, unbind());
            }),
        of_course(
            rule::session_unbind_not_awaited,
            [](course& of) {
                of.bind();
                of.pass(end::esme, unbind(), 2);
            },
            [](course& of) {
                of.bind();
                of.pass(end::esme, unbind(), 2);
                of.now += 2s;  // that is long enough
            }),
        of_session(rule::session_throttling_ignored, throttled(0ms), throttled(150ms)),
        of_session(
            rule::session_silence,
            [=](course& of) {
                of.now += 10min;
                enquire(of);
            },
            [=](course& of) {
                for (int i = 0; i < 10; ++i) {
                    of.now += 1min;
                    enquire(of);
                }
            }),
        of_course(
            rule::session_silence,
            [](course& of) {
                of.bind();
                of.now += 10min;
            },
            [](course& of) {
                of.bind();
                of.now += 1min;
                of.unbind();
                of.now += 10min;  // unbound, and only the connection is left
            }),
        of_session(rule::session_enquire_often, enquires(1s, false), enquires(30s, false)),
        of_session(rule::session_enquire_often, enquires(9s, true), enquires(9s, false)),
        of_session(rule::session_enquire_often, enquires(9s, true), enquires(30s, true)),
    };
}

rule_cases session_message_cases() {
    const auto id_in_response = [](const char* id) {
        return [=](course& of) {
            deliver_sm_resp response;
            response.message_id = id;
            of.answer(end::mc, deliver_sm(), response);
        };
    };
    const auto asks = [](course& of) { of.ask(end::esme, asking()); };
    const auto two = [](const submit_sm& a, const submit_sm& b) {
        return [=](course& of) {
            of.ask(end::esme, a);
            of.ask(end::esme, b);
        };
    };
    const auto receipts = [](std::uint8_t wanted, const std::vector<std::string>& texts,
                             command_status status = command_status::ok) {
        return [=](course& of) {
            of.submit(asking(wanted));
            for (const auto& text : texts) {
                of.deliver_receipt(text, status);
            }
        };
    };
    const std::string delivered = "id:7 stat:DELIVRD";
    const std::string enroute = "id:7 stat:ENROUTE";
    return {
        of_session(rule::session_deliver_resp_id, id_in_response("7"), id_in_response("")),
        of_binds<bind_transmitter, bind_transceiver>(rule::session_receipt_to_nobody, asks),
        of_session(rule::session_concat_total, two(part({7, 2, 1}, "a"), part({7, 3, 2}, "b")),
                   two(part({7, 2, 1}, "a"), part({7, 2, 2}, "b"))),
        of_session(rule::session_concat_total, two(sar_part(1, 2), sar_part(2, 3)),
                   two(sar_part(1, 2), sar_part(2, 2))),
        of_session(rule::session_concat_collision,
                   two(part({7, 2, 1}, "one message"), part({7, 2, 1}, "another one")),
                   two(part({7, 2, 1}, "one message"), part({7, 2, 1}, "one message"))),
        of_session(rule::session_concat_collision,
                   two(part({7, 2, 1}, "one message"), part({7, 2, 1}, "another one")),
                   two(part({7, 2, 1, true}, "one message"), part({7, 2, 1, true}, "another"))),
        of_session(rule::session_receipt_unknown_id, receipts(1, {"id:8 stat:DELIVRD"}),
                   receipts(1, {"id:0007 stat:DELIVRD"})),
        of_session(rule::session_receipt_not_asked, receipts(0, {delivered}),
                   receipts(1, {delivered})),
        of_session(rule::session_receipt_not_asked, receipts(2, {delivered}),
                   receipts(2, {"id:7 stat:UNDELIV"})),
        of_session(rule::session_receipt_after_final, receipts(1, {delivered, "id:7 stat:EXPIRED"}),
                   receipts(1, {enroute, delivered})),
        of_session(rule::session_receipt_after_final, receipts(1, {delivered, delivered}),
                   receipts(1, {delivered, delivered}, command_status::receiver_temporary_error)),
        of_session(rule::session_receipt_repeated, receipts(1, {enroute, enroute}),
                   receipts(1, {"id:7 stat:ACCEPTD", enroute})),
    };
}

}  // namespace lint_test
