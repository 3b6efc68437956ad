// Messages of a session, their parts and their receipts.
#include <fmt/format.h>

#include "lint/message_part.hpp"
#include "lint/session_rules.hpp"
#include "smpp/text/receipt.hpp"

namespace smpp::lint {
namespace {

/// Whether the sender of a message wanted to know that. What is not final is let pass with any
/// receipt: many centres tell of it.
bool is_asked_for(registered_delivery asked, const std::optional<message_state>& state,
                  bool intermediate) noexcept {
    using receipt = registered_delivery::receipt;
    if (intermediate) {
        return asked.intermediate();
    }
    const bool not_final = state && !is_final(*state);
    const bool delivered = state && *state == message_state::delivered;
    switch (asked.smsc_receipt()) {
        case receipt::none: return not_final && asked.intermediate();
        case receipt::final: return true;
        case receipt::failure: return !delivered;
        case receipt::success: return !state || not_final || delivered;
    }
    return true;
}

}  // namespace

template <class Body>
void session_lint::check_submission(const header& head, const Body& body, request& sent) {
    if (throttling_.on_submission(now_)) {
        add(rule::session_throttling_ignored, end::esme, head);
    }
    sent.registered_delivery = body.registered_delivery.bits;
    if constexpr (requires { body.dest_address; }) {
        sent.several = body.dest_address.size() > 1;
    }
    const bool wants_receipt = (body.registered_delivery.bits & 0x13U) != 0;
    const bool another_receives = client_ && client_->receivers > 0;
    if (wants_receipt && state_ == state::bound_tx && !another_receives) {
        add(rule::session_receipt_to_nobody, end::esme, head);
    }
    if constexpr (requires { body.destination; }) {
        if (const auto part = message_of(body, alphabet::gsm7)) {
            check_part(head, body.source.digits, body.destination.digits, *part);
        }
    }
}

void session_lint::check_part(const header& head, std::string_view source,
                              std::string_view destination, const message_part& part) {
    const auto place = place_of(part);
    if (!place) {
        return;
    }
    keep_bounded(long_messages_);
    long_message& known = long_messages_[fmt::format(
        "{}/{}/{}/{}", source, destination, static_cast<unsigned>(place->how), place->reference)];
    const bool recent = known.total != 0 && now_ - known.since < reference_reuse;
    if (recent && known.total != place->total && place->number != 1) {
        add(rule::session_concat_total, end::esme, head,
            fmt::format("{}, then {}", known.total, place->total));
    }
    known.total = place->total;
    if (place->number == 1) {
        const std::size_t text = std::hash<std::string_view>()(as_text(part.text)) | 1U;
        if (place->how == part_place::kind::udh8 && recent && known.first_part != 0 &&
            known.first_part != text) {
            add(rule::session_concat_collision, end::esme, head,
                fmt::format("{}", place->reference));
        }
        known.first_part = text;
    }
    if (place->number == 1 || !recent) {
        known.since = now_;
    }
}

template <class Body>
void session_lint::check_receipt(const header& head, const Body& body, request& sent) {
    const auto part = message_of(body, alphabet::gsm7);
    if (!body.esm_class.is_receipt() || !part) {
        return;
    }
    const auto read = parse_receipt(part->text, part->alphabet);
    told says;
    says.intermediate = body.esm_class.message_type() == esm_class::type::intermediate_notification;
    const auto id = body.tlvs.get(tlv::receipted_message_id);
    says.id = id ? std::string(*id) : read ? read->id : std::string();
    if (const auto state = body.tlvs.get(tlv::message_state)) {
        says.state = message_state(*state);
    } else if (read) {
        says.state = read->state();
    }
    if (const message* known = find_message(says.id)) {
        judge(head, says, *known);
    } else if (knows_all_ids()) {
        add(rule::session_receipt_unknown_id, end::mc, head, says.id);
    }
    sent.receipt = std::make_unique<told>(std::move(says));
}

void session_lint::judge(const header& head, const told& receipt, const message& of) {
    if (!is_asked_for(registered_delivery(of.registered_delivery), receipt.state,
                      receipt.intermediate)) {
        add(rule::session_receipt_not_asked, end::mc, head, receipt.id);
    }
    if (of.several) {
        return;  // each destination has a receipt, under one id
    }
    if (of.final) {
        add(rule::session_receipt_after_final, end::mc, head, receipt.id);
    } else if (receipt.state && of.last == receipt.state) {
        add(rule::session_receipt_repeated, end::mc, head, receipt.id);
    }
}

session_lint::message* session_lint::find_message(std::string_view id) {
    for (const std::string& key : message_id_candidates(id)) {
        if (const auto found = messages_.find(key); found != messages_.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

/// Ids may have been given on another session, or may be on their way behind the receipt.
bool session_lint::knows_all_ids() const noexcept {
    const bool alone = !client_ || client_->ever <= 1;
    return state_ != state::bound_rx && alone && !gaps_ && esme_.outstanding == 0;
}

void session_lint::note_message(const request& asked, const pdu_view& answer) {
    if (answer.header.status != command_status::ok) {
        return;
    }
    std::visit(
        [&](const auto& body) {
            using type = std::remove_cvref_t<decltype(body)>;
            if constexpr (std::is_same_v<type, submit_sm_resp_view> ||
                          std::is_same_v<type, submit_multi_resp_view> ||
                          std::is_same_v<type, data_sm_resp_view>) {
                keep_bounded(messages_);
                message& made = messages_[message_id_key(body.message_id)];
                made = {};
                made.registered_delivery = asked.registered_delivery;
                made.several = asked.several;
            }
        },
        answer.body);
}

/// What was not acknowledged may come again.
void session_lint::note_receipt(const request& asked, command_status status) {
    message* const known = status == command_status::ok ? find_message(asked.receipt->id) : nullptr;
    if (known != nullptr) {
        known->last = asked.receipt->state;
        known->final = known->final || (asked.receipt->state && is_final(*asked.receipt->state));
    }
}

template void session_lint::check_submission(const header&, const submit_sm_view&, request&);
template void session_lint::check_submission(const header&, const deliver_sm_view&, request&);
template void session_lint::check_submission(const header&, const submit_multi_view&, request&);
template void session_lint::check_submission(const header&, const data_sm_view&, request&);
template void session_lint::check_receipt(const header&, const submit_sm_view&, request&);
template void session_lint::check_receipt(const header&, const deliver_sm_view&, request&);
template void session_lint::check_receipt(const header&, const submit_multi_view&, request&);
template void session_lint::check_receipt(const header&, const data_sm_view&, request&);

}  // namespace smpp::lint
