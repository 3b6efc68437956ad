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
    // The registry keeps live sessions where they are.
    session.attachment = std::shared_ptr<void>(std::shared_ptr<void>(), &info);
}

void smpp_front::on_request(smpp::server_session& session, const smpp::header& head,
                            const smpp::body_view& body, smpp::octet_span frame) {
    if (const auto fields = fields_of(body)) {
        recorder_.submit(session, info_of(session), head, *fields, frame);
    } else if (const auto* transmitter = std::get_if<smpp::bind_transmitter_view>(&body)) {
        bind(session, head, *transmitter, "transmitter");
    } else if (const auto* receiver = std::get_if<smpp::bind_receiver_view>(&body)) {
        bind(session, head, *receiver, "receiver");
    } else if (const auto* transceiver = std::get_if<smpp::bind_transceiver_view>(&body)) {
        bind(session, head, *transceiver, "transceiver");
    } else {
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
    smpp::basic_bind_resp<smpp::owned, smpp::response_of(Bind::id)> response;
    if (status == smpp::command_status::ok) {
        info.bind = kind;
        info.bound = utc_now();
        response.system_id = "mock-smsc";
        if (body.interface_version >= smpp::interface_version::v3_4) {
            response.tlvs.set(
                smpp::tlv::sc_interface_version,
                static_cast<std::uint8_t>(std::min(own_version, body.interface_version)));
        }
    }
    std::ignore = session.respond(head.sequence_number, status, response);
    if (status == smpp::command_status::ok) {
        recorder_.bound(info);
        if (kind != "transmitter") {
            receipts_.on_bound(session, info);
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
