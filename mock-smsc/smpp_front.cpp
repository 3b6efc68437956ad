#include "mock-smsc/smpp_front.hpp"

#include <algorithm>

#include "mock-smsc/lint/session_watch.hpp"

namespace mock_smsc {
namespace {

constexpr auto own_version = smpp::interface_version::v5_0;

session_info& info_of(const smpp::server_session& session) {
    return *static_cast<session_info*>(session.attachment.get());
}

}  // namespace

void smpp_front::on_open(smpp::server_session& session) {
    session_info& info = sessions_.open();
    info.peer = session.peer();
    info.security = session.security();
    info.live = session.weak_from_this();
    if (lint_pdus_ != 0) {
        info.watch = std::make_shared<session_watch>(
            lint_pdus_, [this, &info](const smpp::lint::session_finding& found) {
                if (on_lint) {
                    on_lint(info, found);
                }
            });
    }
    if (sessions_.on_change) {
        sessions_.on_change(info);
    }
    // The registry keeps live sessions where they are.
    session.attachment = std::shared_ptr<void>(std::shared_ptr<void>(), &info);
}

void smpp_front::on_request(smpp::server_session& session, const smpp::header& head,
                            const smpp::body_view& body, smpp::octet_span frame) {
    if (info_of(session).stalled) {
        return;
    }
    if (const auto fields = fields_of(body)) {
        recorder_.submit(session, info_of(session), head, *fields, frame);
    } else if (const auto* transmitter = std::get_if<smpp::bind_transmitter_view>(&body)) {
        bind(session, head, *transmitter, bind_kind::transmitter);
    } else if (const auto* receiver = std::get_if<smpp::bind_receiver_view>(&body)) {
        bind(session, head, *receiver, bind_kind::receiver);
    } else if (const auto* transceiver = std::get_if<smpp::bind_transceiver_view>(&body)) {
        bind(session, head, *transceiver, bind_kind::transceiver);
    } else {
        operate(session, head, body, frame);
    }
}

void smpp_front::operate(smpp::server_session& session, const smpp::header& head,
                         const smpp::body_view& body, smpp::octet_span frame) {
    const auto said = rules_.empty() ? verdict()
                                     : rules_.judge_command(info_of(session).system_id, head.id,
                                                            info_of(session).scope);
    if (said.faults.empty()) {
        answer_operation(session, head, body);
        return;
    }
    auto answer = [this, keep = session.shared_from_this(), said,
                   octets = std::vector<std::uint8_t>(frame.begin(), frame.end())] {
        smpp::pdu_view pdu;
        std::ignore = smpp::decode(octets, smpp::decode_mode::lenient, pdu);
        const bool open = keep->state() != smpp::session_state::closed;
        if (open && !said.no_response && said.status != smpp::command_status::ok) {
            refuse(*keep, pdu.header, said.status);
        } else if (open && !said.no_response) {
            answer_operation(*keep, pdu.header, pdu.body);
        }
        end_session(*keep, said.close);
    };
    if (said.delay.count() == 0) {
        answer();
    } else {
        faults_.after(said.delay, std::move(answer));
    }
}

void smpp_front::answer_operation(smpp::server_session& session, const smpp::header& head,
                                  const smpp::body_view& body) {
    if (!operations_.handle(session, info_of(session), head, body)) {
        std::ignore = session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
    }
}

/// Its own response, without a body.
void smpp_front::refuse(smpp::server_session& session, const smpp::header& head,
                        smpp::command_status status) {
    std::uint8_t octets[smpp::header_size];
    smpp::store_be(octets, static_cast<std::uint32_t>(sizeof octets));
    smpp::store_be(octets + 4, static_cast<std::uint32_t>(smpp::response_of(head.id)));
    smpp::store_be(octets + 8, static_cast<std::uint32_t>(status));
    smpp::store_be(octets + 12, head.sequence_number);
    session.send_raw(octets);
}

template <class Bind>
void smpp_front::bind(smpp::server_session& session, const smpp::header& head, const Bind& body,
                      bind_kind kind) {
    session_info& info = info_of(session);
    pending_bind what{session.shared_from_this(),  head.sequence_number,
                      body.interface_version,      kind,
                      std::string(body.system_id), head.id};
    if (info.binding) {
        answer_bind<Bind>(what, smpp::command_status::already_bound, nullptr);
        return;
    }
    info.binding = true;
    info.system_id = body.system_id;
    info.system_type = body.system_type;
    info.interface_version = static_cast<std::uint8_t>(body.interface_version);
    accounts_.check({what.system_id, std::string(body.password), what.version, kind, info.peer},
                    [this, what](const admission& said) { judge_bind<Bind>(what, said); });
}

/// Rules have the last word about binds that accounts let pass.
template <class Bind>
void smpp_front::judge_bind(const pending_bind& what, const admission& said) {
    const auto verdict = rules_.empty() ? mock_smsc::verdict()
                                        : rules_.judge_command(what.system_id, what.command,
                                                               accounts_.scope_of(what.system_id));
    const auto status = said.status == smpp::command_status::ok ? verdict.status : said.status;
    auto answer = [this, what, verdict, status, use = said.use] {
        if (what.session->state() == smpp::session_state::closed) {
            return;  // while the answer waited
        }
        info_of(*what.session).binding = false;
        if (!verdict.no_response) {
            answer_bind<Bind>(what, status, use);
        }
        end_session(*what.session, verdict.close);
    };
    if (verdict.delay.count() == 0) {
        answer();
    } else {
        faults_.after(verdict.delay, std::move(answer));
    }
}

template <class Bind>
void smpp_front::answer_bind(const pending_bind& what, smpp::command_status status,
                             std::shared_ptr<account_use> use) {
    smpp::server_session& session = *what.session;
    session_info& info = info_of(session);
    smpp::basic_bind_resp<smpp::owned, smpp::response_of(Bind::id)> response;
    if (status == smpp::command_status::ok) {
        info.bind = bind_word(what.kind);
        info.bound = utc_now();
        info.account = std::move(use);
        info.scope = info.account ? info.account->get().settings().scope : std::string();
        response.system_id = "mock-smsc";
        if (what.version >= smpp::interface_version::v3_4) {
            response.tlvs.set(smpp::tlv::sc_interface_version,
                              static_cast<std::uint8_t>(std::min(own_version, what.version)));
        }
    }
    if (info.watch) {
        clients_.on_bind(info, Bind::id, status == smpp::command_status::ok);
    }
    const auto failed = session.respond(what.sequence_number, status, response);
    if (!failed && status == smpp::command_status::ok) {
        recorder_.bound(info);
        if (sessions_.on_change) {
            sessions_.on_change(info);
        }
        if (what.kind != bind_kind::transmitter) {
            receipts_.on_bound(session, info);
            receipts_.pump();
        }
    }
}

void smpp_front::on_response(smpp::server_session&, std::uint64_t token, const smpp::header& head,
                             const smpp::body_view&) {
    receipts_.on_response(token, head.status);
}

void smpp_front::on_request_failed(smpp::server_session&, std::uint64_t token,
                                   smpp::error_code why) {
    receipts_.on_failed(token, why);
}

void smpp_front::on_bad_pdu(smpp::server_session& session, const smpp::event& what) {
    session_info& info = info_of(session);
    ++info.bad_pdus;
    if (info.watch) {
        info.watch->on_bad(what.frame);
    }
}

void smpp_front::on_turn_end(smpp::server_session& session) {
    info_of(session).traffic.on_turn_end();
    recorder_.turn_end();
}

void smpp_front::on_close(smpp::server_session& session, smpp::error_code why) {
    if (info_of(session).watch) {
        // Errors of a session are our own decisions; others come from a connection that has gone.
        const bool client_left = why && why.category() != smpp::session_category();
        info_of(session).watch->finish(client_left ? smpp::lint::end::esme : smpp::lint::end::mc);
        clients_.on_end(info_of(session));
    }
    receipts_.on_closed(session, info_of(session));
    receipts_.pump();
    sessions_.close(info_of(session), why ? why.message() : std::string("unbound"));
}

}  // namespace mock_smsc
