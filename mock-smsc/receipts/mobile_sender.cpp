// The receipt sender's messages from mobiles.
#include <algorithm>
#include <tuple>
#include <utility>

#include "mock-smsc/receipts/receipt_sender.hpp"

namespace mock_smsc {

std::uint64_t receipt_sender::queue_mo(const std::string& account, const smpp::deliver_sm& message,
                                       std::uint64_t session) {
    const auto found = boxes_.find(account);
    if (found != boxes_.end() && found->second->waiting.size() >= max_mo) {
        return 0;
    }
    std::string frame;
    if (smpp::append(frame, smpp::command_status::ok, 0, message)) {
        return 0;
    }
    mobile_record added;
    added.account = account;
    added.session = session;
    added.frame = std::make_shared<const std::string>(std::move(frame));
    added.queued = utc_now();
    added.last.attempts = 0;
    const mobile_record& known = mobiles_.add(std::move(added));
    entry one;
    one.id = known.id;
    one.session = session;
    one.mo = known.frame;
    outbox& box = box_of(account);
    box.waiting.push_back(std::move(one));
    mark(box);
    if (on_mobile) {
        on_mobile(known);
    }
    return known.id;
}

void receipt_sender::requeue_mo(mobile_record known) {
    known.last.attempts = 0;
    const mobile_record& added = mobiles_.add(std::move(known));
    entry one;
    one.id = added.id;
    one.mo = added.frame;
    outbox& box = box_of(added.account);
    box.waiting.push_back(std::move(one));
    mark(box);
}

bool receipt_sender::send_mo(smpp::server_session& session, const entry& what,
                             std::uint64_t token) {
    smpp::pdu_view pdu;
    std::ignore = smpp::decode(smpp::as_octets(*what.mo), smpp::decode_mode::lenient, pdu);
    const auto* message = std::get_if<smpp::deliver_sm_view>(&pdu.body);
    if (message == nullptr) {
        settle(what, false);  // a database may say anything
        return false;
    }
    const auto number = session.request(*message, token);
    if (!number) {
        settle(what, false);
        return false;
    }
    if (mobile_record* known = mobiles_.find(what.id)) {
        known->last.sent = utc_now();
        known->last.answered = 0;
        known->last.session = static_cast<const session_info*>(session.attachment.get())->id;
        known->last.sequence_number = *number;
        known->last.attempts = static_cast<std::uint8_t>(std::min(known->last.attempts + 1, 255));
    }
    mobile_changed(what, mobile_record::fate::sent);
    return true;
}

void receipt_sender::mobile_changed(const entry& what, mobile_record::fate state) {
    if (!what.mo) {
        return;
    }
    mobile_record* known = mobiles_.find(what.id);
    if (known != nullptr) {
        known->state = state;
    }
    if (on_mobile) {
        mobile_record given_way;
        given_way.id = what.id;
        given_way.frame = what.mo;
        given_way.state = state;
        on_mobile(known != nullptr ? *known : given_way);
    }
}

void receipt_sender::forget_mobiles(outbox& box) {
    for (const entry& each : box.waiting) {
        mobile_changed(each, mobile_record::fate::forgotten);
    }
}

}  // namespace mock_smsc
