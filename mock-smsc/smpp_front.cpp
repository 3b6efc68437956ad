#include "mock-smsc/smpp_front.hpp"

#include <algorithm>

#include "mock-smsc/lint/session_watch.hpp"
#include "mock-smsc/submit_form.hpp"

namespace mock_smsc {
namespace {

constexpr auto own_version = smpp::interface_version::v5_0;

session_info& info_of(const smpp::server_session& session) {
    return *static_cast<session_info*>(session.attachment.get());
}

/// What is left of it when the delay is over.
verdict at_once(verdict said) {
    said.delay = std::chrono::microseconds(0);
    return said;
}

/// The request's own response, without a body.
std::string status_only(const smpp::header& head, smpp::command_status status) {
    std::string octets(smpp::header_size, '\0');
    smpp::encode_header(
        reinterpret_cast<std::uint8_t*>(octets.data()),
        {smpp::header_size, smpp::response_of(head.id), status, head.sequence_number});
    return octets;
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
    session.core().set_control_hook(
        [this, &session](const smpp::header& head) { return take_control(session, head); });
    if (!rules_.empty()) {
        welcome(session);
    }
}

void smpp_front::welcome(smpp::server_session& session) {
    const auto said = rules_.judge_connection();
    counts_.faults(said.faults);
    if (said.stall) {
        stall_session(session);
    }
    if (said.close != ending::none) {
        // Not from inside: the session has not begun.
        const auto soon = std::max(said.delay, std::chrono::microseconds(1));
        faults_.after(soon, [keep = session.weak_from_this(), how = said.close] {
            if (const auto still = keep.lock()) {
                end_session(*still, how);
            }
        });
    }
}

void smpp_front::on_request(smpp::server_session& session, const smpp::header& head,
                            const smpp::body_view& body, smpp::octet_span frame) {
    if (info_of(session).stalled) {
        return;
    }
    if (auto fields = fields_of(body)) {
        fields->malformed = status_of_form(body, *fields, session.core().peer_version());
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

void smpp_front::later(std::chrono::microseconds delay, std::function<void()> what) {
    if (delay.count() == 0) {
        what();
    } else {
        faults_.after(delay, std::move(what));
    }
}

void smpp_front::spoil_answer(smpp::server_session& session, std::uint32_t sequence_number,
                              const verdict& how) {
    spoilt_[{session.id(), sequence_number}] = how;
    session.answer_filter = [this, &session](std::uint32_t number, smpp::octet_span answer) {
        const auto found = spoilt_.find({session.id(), number});
        if (found == spoilt_.end()) {
            return false;
        }
        const verdict wanted = std::move(found->second);
        spoilt_.erase(found);
        faults_.play(session.shared_from_this(), std::string(smpp::as_text(answer)), wanted);
        return true;
    };
}

bool smpp_front::take_control(smpp::server_session& session, const smpp::header& head) {
    const session_info& info = info_of(session);
    if (info.stalled || rules_.empty()) {
        return info.stalled;
    }
    const auto said = rules_.judge_command(info.system_id, head.id, info.scope);
    if (said.faults.empty()) {
        return false;
    }
    counts_.faults(said.faults);
    later(said.delay, [this, keep = session.shared_from_this(), how = at_once(said), head] {
        if (keep->state() == smpp::session_state::closed) {
            return;
        }
        faults_.play(keep, status_only(head, how.status), how);
        const bool answered = !how.stall && !how.no_response;
        if (head.id == smpp::command_id::unbind && answered && how.close == ending::none &&
            how.status == smpp::command_status::ok) {
            keep->when_written([keep] { keep->abort(); });
        }
    });
    return true;
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
    counts_.faults(said.faults);
    later(said.delay, [this, keep = session.shared_from_this(), how = at_once(said),
                       octets = std::vector<std::uint8_t>(frame.begin(), frame.end())] {
        if (keep->state() == smpp::session_state::closed) {
            return;
        }
        smpp::pdu_view pdu;
        std::ignore = smpp::decode(octets, smpp::decode_mode::lenient, pdu);
        if (how.stall || how.no_response || how.status != smpp::command_status::ok) {
            faults_.play(keep, status_only(pdu.header, how.status), how);
            return;
        }
        if (!how.plain_answer()) {
            spoil_answer(*keep, pdu.header.sequence_number, how);
        }
        answer_operation(*keep, pdu.header, pdu.body);
    });
}

void smpp_front::answer_operation(smpp::server_session& session, const smpp::header& head,
                                  const smpp::body_view& body) {
    if (!operations_.handle(session, info_of(session), head, body)) {
        std::ignore = session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
    }
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
    counts_.faults(verdict.faults);
    later(verdict.delay, [this, what, how = at_once(verdict), status, use = said.use] {
        if (what.session->state() == smpp::session_state::closed) {
            return;  // while the answer waited
        }
        info_of(*what.session).binding = false;
        if (how.stall || how.no_response) {
            faults_.play(what.session, std::string(), how);
            return;
        }
        if (!how.plain_answer()) {
            spoil_answer(*what.session, what.sequence_number, how);
        }
        answer_bind<Bind>(what, status, use);
    });
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
    counts_.bind(what.kind, status);
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
    spoilt_.erase(spoilt_.lower_bound({session.id(), 0}),
                  spoilt_.lower_bound({session.id() + 1, 0}));
    if (info_of(session).watch) {
        // Errors of a session are our own decisions; others come from a connection that has gone.
        const bool client_left = why && why.category() != smpp::session_category();
        info_of(session).watch->finish(client_left ? smpp::lint::end::esme : smpp::lint::end::mc);
        clients_.on_end(info_of(session));
    }
    receipts_.on_closed(session, info_of(session));
    recorder_.turn_end();  // a turn that ends the session has no other end
    sessions_.close(info_of(session), why ? why.message() : std::string("unbound"));
}

}  // namespace mock_smsc
