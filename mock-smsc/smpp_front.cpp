#include "mock-smsc/smpp_front.hpp"

#include <algorithm>
#include <charconv>

namespace mock_smsc {
namespace {

constexpr auto own_version = smpp::interface_version::v5_0;

session_info& info_of(const smpp::server_session& session) {
    return *static_cast<session_info*>(session.attachment.get());
}

/// submit_sm_resp and its kin, with the id of the message where there is one.
void answer(smpp::server_session& session, const smpp::header& head, smpp::command_status status,
            std::string_view message_id) {
    const auto send = [&](auto response) {
        response.message_id = message_id;
        std::ignore = session.respond(head.sequence_number, status, response);
    };
    switch (head.id) {
        case smpp::command_id::submit_multi: send(smpp::submit_multi_resp_view()); break;
        case smpp::command_id::data_sm: send(smpp::data_sm_resp_view()); break;
        default: send(smpp::submit_sm_resp_view()); break;
    }
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
        submit(session, head, *fields, frame);
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
}

void smpp_front::submit(smpp::server_session& session, const smpp::header& head,
                        const message_fields& fields, smpp::octet_span frame) {
    session_info& info = info_of(session);
    const auto id = store_.add(info.id, utc_now(), smpp::command_status::ok, frame);
    ++info.submits;
    ++info.held;
    if (may_be_part(fields)) {
        if (const auto place = part_of(fields)) {
            store_.find_any(id)->part = true;
            parts_.add(id,
                       {info.system_id, std::string(fields.source.digits),
                        std::string(fields.destination.digits), place->reference, place->total},
                       place->number);
        }
    }
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), id).ptr;
    answer(session, head, smpp::command_status::ok,
           {digits, static_cast<std::size_t>(end - digits)});
}

void smpp_front::on_bad_pdu(smpp::server_session& session, const smpp::event&) {
    ++info_of(session).bad_pdus;
}

void smpp_front::on_turn_end(smpp::server_session&) { store_.publish(); }

void smpp_front::on_close(smpp::server_session& session, smpp::error_code why) {
    sessions_.close(info_of(session), why ? why.message() : std::string("unbound"));
}

}  // namespace mock_smsc
