#include "mock-smsc/operations.hpp"

#include <algorithm>

#include "mock-smsc/command_versions.hpp"
#include "mock-smsc/decimal.hpp"
#include "smpp/text/smpp_time.hpp"

namespace mock_smsc {
namespace {

using smpp::command_status;

/// final_date of query_sm_resp; empty while the state is not final.
std::string final_date(microseconds_utc done) {
    using namespace std::chrono;
    if (done == 0) {
        return {};
    }
    const smpp::absolute_time when{smpp::utc_time(duration_cast<smpp::tenths>(microseconds(done))),
                                   minutes(0)};
    return smpp::format_time(when).value_or(std::string());
}

/// SCHEDULED is a state of 5.0 only.
smpp::message_state told_state(const smpp::server_session& to, smpp::message_state state) {
    const bool old = to.core().peer_version() < smpp::interface_version::v5_0;
    return old && state == smpp::message_state::scheduled ? smpp::message_state::enroute : state;
}

/// A submit_sm with what a replace_sm changes. Empty: only submit_sm can be replaced.
std::string replaced_frame(message_reader& message, const smpp::replace_sm_view& by) {
    const auto* old = std::get_if<smpp::submit_sm_view>(&message.pdu().body);
    if (old == nullptr) {
        return {};
    }
    smpp::submit_sm_view changed = *old;
    if (!by.schedule_delivery_time.empty()) {
        changed.schedule_delivery_time = by.schedule_delivery_time;
    }
    if (!by.validity_period.empty()) {
        changed.validity_period = by.validity_period;
    }
    changed.registered_delivery = by.registered_delivery;
    changed.sm_default_msg_id = by.sm_default_msg_id;
    changed.short_message = by.short_message;
    smpp::tlv_list kept{std::string(changed.tlvs.octets())};
    kept.erase(smpp::tlv::message_payload.tag);
    if (const auto payload = by.tlvs.get(smpp::tlv::message_payload)) {
        kept.set(smpp::tlv::message_payload, *payload);
    }
    changed.tlvs = smpp::tlv_list_view(kept.octets());
    std::string frame;
    std::ignore =
        smpp::append(frame, command_status::ok, message.pdu().header.sequence_number, changed);
    return frame;
}

}  // namespace

message_number operations::find(std::string_view message_id, std::string_view source,
                                const session_info& who) const {
    const message_number id = parse_decimal(message_id).value_or(0);
    message_reader message(store_, sessions_, id);
    const bool theirs = message.found() && message.record().status == command_status::ok &&
                        message.system_id() == who.system_id &&
                        message.fields().source.digits == source;
    return theirs ? id : 0;
}

template <class Query>
void operations::query(smpp::server_session& session, const session_info& who,
                       const smpp::header& head, const Query& asked) {
    typename Query::response response;
    response.message_id = asked.message_id;
    const auto id = find(asked.message_id, asked.source.digits, who);
    if (id == 0) {
        std::ignore = session.respond(head.sequence_number, command_status::query_failed,
                                      typename Query::response());
        return;
    }
    const record& r = *store_.find(id);
    const auto date = final_date(r.done);
    if constexpr (requires { response.final_date; }) {
        response.final_date = date;
        response.message_state = told_state(session, r.state);
        std::ignore = session.respond(head.sequence_number, command_status::ok, response);
    } else {
        smpp::tlv_list tlvs;
        tlvs.set(smpp::tlv::message_state, static_cast<std::uint8_t>(r.state));
        response.tlvs = smpp::tlv_list_view(tlvs.octets());
        std::ignore = session.respond(head.sequence_number, command_status::ok, response);
    }
}

template <class Response>
void operations::answer_change(smpp::server_session& session, std::uint32_t sequence_number) {
    recorder_.when_committed([keep = session.shared_from_this(), sequence_number](bool written) {
        const auto status = written ? command_status::ok : command_status::system_error;
        std::ignore = keep->respond(sequence_number, status, Response());
    });
}

struct operations::many {
    std::shared_ptr<smpp::server_session> session;
    std::uint32_t sequence_number = 0;
    std::string system_id, service_type, source, destination;
    message_number next = 0, end = 0;
    bool any = false;
};

bool operations::cancel_next(many& which) {
    which.next = std::max(which.next, store_.first());
    if (which.next >= which.end) {
        using response = smpp::cancel_sm_view::response;
        if (which.any) {
            answer_change<response>(*which.session, which.sequence_number);
        } else {
            std::ignore = which.session->respond(which.sequence_number,
                                                 command_status::cancel_failed, response());
        }
        return false;
    }
    const auto id = which.next++;
    const record* r = store_.find(id);
    if (r == nullptr || r->done != 0) {
        return true;
    }
    message_reader message(store_, sessions_, id);
    const auto* submit = std::get_if<smpp::submit_sm_view>(&message.pdu().body);
    if (submit != nullptr && message.system_id() == which.system_id &&
        submit->source.digits == which.source && submit->destination.digits == which.destination &&
        (which.service_type.empty() || submit->service_type == which.service_type)) {
        which.any = recorder_.finish(id, smpp::message_state::deleted) || which.any;
    }
    return true;
}

template <class Cancel>
void operations::cancel(smpp::server_session& session, const session_info& who,
                        const smpp::header& head, const Cancel& asked) {
    if constexpr (requires { asked.destination; }) {
        if (asked.message_id.empty()) {
            const auto which = std::make_shared<many>();
            which->session = session.shared_from_this();
            which->sequence_number = head.sequence_number;
            which->system_id = who.system_id;
            which->service_type = asked.service_type;
            which->source = asked.source.digits;
            which->destination = asked.destination.digits;
            which->next = store_.first();
            which->end = store_.end();
            return works_.run([this, which] { return cancel_next(*which); });
        }
    }
    const auto id = find(asked.message_id, asked.source.digits, who);
    using response = typename Cancel::response;
    if (id != 0 && recorder_.finish(id, smpp::message_state::deleted)) {
        answer_change<response>(session, head.sequence_number);
    } else {
        std::ignore =
            session.respond(head.sequence_number, command_status::cancel_failed, response());
    }
}

void operations::replace(smpp::server_session& session, const session_info& who,
                         const smpp::header& head, const smpp::replace_sm_view& asked) {
    const auto id = find(asked.message_id, asked.source.digits, who);
    bool done = false;
    if (id != 0) {
        message_reader message(store_, sessions_, id);
        const auto frame = replaced_frame(message, asked);
        done = !frame.empty() && recorder_.replace(id, smpp::as_octets(frame));
    }
    using response = smpp::replace_sm_view::response;
    if (done) {
        answer_change<response>(session, head.sequence_number);
    } else {
        std::ignore =
            session.respond(head.sequence_number, command_status::replace_failed, response());
    }
}

/// The database cannot be written. False: it is no change.
bool operations::refuse(smpp::server_session& session, const smpp::header& head,
                        const smpp::body_view& body) {
    const auto answer = [&](const auto& response) {
        std::ignore = session.respond(head.sequence_number, command_status::system_error, response);
        return true;
    };
    if (std::holds_alternative<smpp::cancel_sm_view>(body)) {
        return answer(smpp::cancel_sm_view::response());
    }
    if (std::holds_alternative<smpp::replace_sm_view>(body)) {
        return answer(smpp::replace_sm_view::response());
    }
    return std::holds_alternative<smpp::cancel_broadcast_sm_view>(body) &&
           answer(smpp::cancel_broadcast_sm_view::response());
}

bool operations::handle(smpp::server_session& session, const session_info& who,
                        const smpp::header& head, const smpp::body_view& body) {
    if (!has_command(session.core().peer_version(), head.id)) {
        return false;
    }
    const bool asks = std::holds_alternative<smpp::query_sm_view>(body) ||
                      std::holds_alternative<smpp::query_broadcast_sm_view>(body);
    if (!asks && recorder_.failing()) {
        return refuse(session, head, body);
    }
    if (const auto* query_one = std::get_if<smpp::query_sm_view>(&body)) {
        query(session, who, head, *query_one);
    } else if (const auto* cancel_one = std::get_if<smpp::cancel_sm_view>(&body)) {
        cancel(session, who, head, *cancel_one);
    } else if (const auto* replace_one = std::get_if<smpp::replace_sm_view>(&body)) {
        replace(session, who, head, *replace_one);
    } else if (const auto* query_area = std::get_if<smpp::query_broadcast_sm_view>(&body)) {
        query(session, who, head, *query_area);
    } else if (const auto* cancel_area = std::get_if<smpp::cancel_broadcast_sm_view>(&body)) {
        cancel(session, who, head, *cancel_area);
    } else {
        return false;
    }
    return true;
}

}  // namespace mock_smsc
