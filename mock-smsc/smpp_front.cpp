#include "mock-smsc/smpp_front.hpp"

#include <algorithm>

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
        bind(session, head, *transmitter, "transmitter");
    } else if (const auto* receiver = std::get_if<smpp::bind_receiver_view>(&body)) {
        bind(session, head, *receiver, "receiver");
    } else if (const auto* transceiver = std::get_if<smpp::bind_transceiver_view>(&body)) {
        bind(session, head, *transceiver, "transceiver");
    } else if (!operations_.handle(session, info_of(session), head, body)) {
        std::ignore = session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
    }
}

template <class Bind>
void smpp_front::bind(smpp::server_session& session, const smpp::header& head, const Bind& body,
                      std::string_view kind) {
    session_info& info = info_of(session);
    const auto status = accounts_.check(body.system_id, body.password, body.interface_version);
    info.system_id = body.system_id;
    info.system_type = body.system_type;
    info.interface_version = static_cast<std::uint8_t>(body.interface_version);
    const auto said = rules_.empty() ? verdict() : rules_.judge_bind(body.system_id, head.id);
    auto answer = [this, keep = session.shared_from_this(), number = head.sequence_number,
                   version = body.interface_version, kind,
                   status = status == smpp::command_status::ok ? said.status : status, said] {
        if (!said.no_response) {
            answer_bind<Bind>(*keep, number, version, kind, status);
        }
        end_session(*keep, said.close);
    };
    if (said.delay.count() == 0) {
        answer();
    } else {
        faults_.after(said.delay, std::move(answer));
    }
}

template <class Bind>
void smpp_front::answer_bind(smpp::server_session& session, std::uint32_t sequence_number,
                             smpp::interface_version version, std::string_view kind,
                             smpp::command_status status) {
    if (session.state() == smpp::session_state::closed) {
        return;  // while the answer waited
    }
    session_info& info = info_of(session);
    smpp::basic_bind_resp<smpp::owned, smpp::response_of(Bind::id)> response;
    if (status == smpp::command_status::ok) {
        info.bind = kind;
        info.bound = utc_now();
        response.system_id = "mock-smsc";
        if (version >= smpp::interface_version::v3_4) {
            response.tlvs.set(smpp::tlv::sc_interface_version,
                              static_cast<std::uint8_t>(std::min(own_version, version)));
        }
    }
    const auto failed = session.respond(sequence_number, status, response);
    if (!failed && status == smpp::command_status::ok) {
        recorder_.bound(info);
        if (sessions_.on_change) {
            sessions_.on_change(info);
        }
        if (kind != "transmitter") {
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

void smpp_front::on_bad_pdu(smpp::server_session& session, const smpp::event&) {
    ++info_of(session).bad_pdus;
}

void smpp_front::on_turn_end(smpp::server_session&) { recorder_.turn_end(); }

void smpp_front::on_close(smpp::server_session& session, smpp::error_code why) {
    receipts_.on_closed(session, info_of(session));
    receipts_.pump();
    sessions_.close(info_of(session), why ? why.message() : std::string("unbound"));
}

}  // namespace mock_smsc
