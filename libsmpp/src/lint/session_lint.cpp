#include "smpp/lint/session_lint.hpp"

#include <fmt/format.h>

#include "lint/report.hpp"
#include "smpp/framer.hpp"
#include "smpp/text/receipt.hpp"

namespace smpp::lint {
namespace {

constexpr std::size_t most_open = 100'000;  // requests, ids and references that are remembered
constexpr unsigned most_of_a_rule = 10;
constexpr session_lint::time unbind_time = std::chrono::seconds(1);  // to wait for its answer

bool is_bind(command_id id) noexcept {
    return id == command_id::bind_receiver || id == command_id::bind_transmitter ||
           id == command_id::bind_transceiver;
}

bool is_submission(command_id id) noexcept {
    return id == command_id::submit_sm || id == command_id::submit_multi;
}

bool is_link_command(command_id id) noexcept {
    return id == command_id::enquire_link || id == command_id::unbind || is_bind(id) ||
           id == command_id::outbind || id == command_id::generic_nack;
}

bool is_broadcast(command_id id) noexcept {
    return id == command_id::broadcast_sm || id == command_id::query_broadcast_sm ||
           id == command_id::cancel_broadcast_sm;
}

bool says_final(const deliver_sm_view& deliver, const std::optional<receipt>& read) {
    if (const auto state = deliver.tlvs.get(tlv::message_state)) {
        return is_final(message_state(*state));
    }
    return read && read->state() && is_final(read->state().value());
}

template <class T>
void keep_bounded(T& map) {
    if (map.size() > most_open) {
        map.clear();
    }
}

}  // namespace

void session_lint::add(rule which, end by, const header& head, std::string detail) {
    if (found_.size() < max_findings && counts_[which]++ < most_of_a_rule) {
        found_.push_back({{which, {}, 0, std::move(detail)}, by, head.sequence_number, now_});
    }
}

void session_lint::on_pdu(end by, octet_span frame, time now) {
    if (frame.size() < header_size) {
        return;
    }
    now_ = now;
    pdu_view pdu;
    std::ignore = decode(frame, decode_mode::lenient, pdu);
    const header& head = pdu.header;
    if (last_pdu_ >= time::zero() && now - last_pdu_ > silence && bind_ != command_id{} &&
        head.id != command_id::enquire_link) {
        add(rule::session_silence, end::esme, head,
            fmt::format("{} s",
                        std::chrono::duration_cast<std::chrono::seconds>(now - last_pdu_).count()));
    }
    if (is_response(head.id)) {
        on_response(by, pdu);
    } else {
        on_request(by, pdu);
    }
    last_pdu_ = now;
}

void session_lint::on_other_octets(end by, octet_span octets, time now) {
    now_ = now;
    if (const char* protocol = other_protocol(octets)) {
        add(rule::session_other_protocol, by, {}, protocol);
    }
}

void session_lint::on_request(end by, const pdu_view& pdu) {
    const header& head = pdu.header;
    check_state(by, head);
    check_version(by, pdu);
    request sent{head.id, now_, false};
    if (is_submission(head.id)) {
        check_submit(by, pdu, sent);
    } else if (head.id == command_id::deliver_sm) {
        check_receipt(by, pdu);
    } else if (head.id == command_id::enquire_link) {
        check_enquire(by, head);
    } else if (head.id == command_id::unbind) {
        unbound_ = true;
    }
    if (is_bind(head.id)) {
        binding_ = head.id;
        std::visit(
            [&](const auto& body) {
                if constexpr (requires {
                                  body.interface_version;
                                  body.address_range;
                              }) {
                    version_ = body.interface_version;
                }
            },
            pdu.body);
    }
    if (!is_link_command(head.id)) {
        last_operation_ = now_;
    }
    if (head.id == command_id::alert_notification || head.id == command_id::outbind) {
        return;  // these are not answered
    }
    keep_bounded(of(by).open);
    const bool reused = !of(by).open.insert_or_assign(head.sequence_number, std::move(sent)).second;
    if (reused) {
        add(rule::session_sequence_reused, by, head);
    }
    check_numbers(by, head);
}

/// Who may send what in which kind of session.
void session_lint::check_state(end by, const header& head) {
    if (is_bind(head.id)) {
        if (bind_ != command_id{} || binding_ != command_id{}) {
            add(rule::session_second_bind, by, head);
        }
        return;
    }
    if (is_link_command(head.id)) {
        return;
    }
    if (bind_ == command_id{}) {
        add(rule::session_before_bind, by, head, std::string(name(head.id)));
    } else if ((is_submission(head.id) && bind_ == command_id::bind_receiver) ||
               (head.id == command_id::deliver_sm && bind_ == command_id::bind_transmitter) ||
               (is_submission(head.id) && by == end::mc) ||
               (head.id == command_id::deliver_sm && by == end::esme)) {
        add(rule::session_wrong_role, by, head,
            fmt::format("{} on {}", name(head.id), name(bind_)));
    }
}

void session_lint::check_version(end by, const pdu_view& pdu) {
    if (bind_ == command_id{}) {
        return;
    }
    if (is_broadcast(pdu.header.id) && version_ < interface_version::v5_0) {
        add(rule::session_version, by, pdu.header, std::string(name(pdu.header.id)));
    }
    const bool has_tlvs = std::visit(
        [](const auto& body) {
            if constexpr (requires { body.tlvs; }) {
                return !body.tlvs.empty();
            } else {
                return false;
            }
        },
        pdu.body);
    if (has_tlvs && version_ < interface_version::v3_4) {
        add(rule::session_tlv_on_3_3, by, pdu.header);
    }
}

void session_lint::check_submit(end by, const pdu_view& pdu, request& sent) {
    if (throttled_ >= time::zero()) {
        // What was on its way already does not count.
        if (now_ - throttled_ < std::chrono::milliseconds(100) && ++after_throttling_ == 5) {
            add(rule::session_throttling_ignored, by, pdu.header);
        } else if (now_ - throttled_ >= std::chrono::seconds(1)) {
            throttled_ = time(-1);
            after_throttling_ = 0;
        }
    }
    const auto* submit = std::get_if<submit_sm_view>(&pdu.body);
    if (submit == nullptr) {
        return;
    }
    sent.wants_receipt = (submit->registered_delivery.bits & 0x13U) != 0;
    if (sent.wants_receipt && bind_ == command_id::bind_transmitter) {
        add(rule::session_receipt_to_nobody, by, pdu.header);
    }
    check_concat(by, pdu.header, *submit);
}

void session_lint::check_concat(end by, const header& head, const submit_sm_view& submit) {
    const auto part = message_of(submit, alphabet::gsm7);
    const auto concat = part ? udh::find_concat(part->header) : std::nullopt;
    if (!concat) {
        return;
    }
    keep_bounded(long_messages_);
    const std::string key = fmt::format("{}/{}/{}/{}", submit.source.digits,
                                        submit.destination.digits, concat->wide, concat->reference);
    long_message& known = long_messages_[key];
    if (known.total != 0 && known.total != concat->total && concat->number != 1) {
        add(rule::session_concat_total, by, head,
            fmt::format("{}, then {}", known.total, concat->total));
    }
    known.total = concat->total;
    if (concat->number == 1) {
        const std::size_t text = std::hash<std::string_view>()(as_text(part->text)) | 1U;
        if (!concat->wide && known.first_part != 0 && known.first_part != text &&
            now_ - known.since < reference_reuse) {
            add(rule::session_concat_collision, by, head, fmt::format("{}", concat->reference));
        }
        known.first_part = text;
        known.since = now_;
    }
}

/// Numbers go up to 0x7FFFFFFF and begin again with 1.
void session_lint::check_numbers(end by, const header& head) {
    constexpr std::uint32_t greatest = 0x7FFFFFFF;
    side& sender = of(by);
    if (sender.last_number == greatest && head.sequence_number != 1) {
        add(rule::session_sequence_wrap, by, head, fmt::format("{}", head.sequence_number));
    }
    sender.last_number = head.sequence_number;
    if (by == end::esme && window_ != 0 && sender.open.size() == std::size_t{window_} + 1) {
        add(rule::session_over_window, by, head, fmt::format("{}", window_));
    }
}

void session_lint::check_receipt(end by, const pdu_view& pdu) {
    const auto* deliver = std::get_if<deliver_sm_view>(&pdu.body);
    if (deliver == nullptr || !deliver->esm_class.is_receipt()) {
        return;
    }
    const auto part = message_of(*deliver, alphabet::gsm7);
    const auto read = part ? parse_receipt(decode_text(part->text, part->alphabet)) : std::nullopt;
    const auto tlv_id = deliver->tlvs.get(tlv::receipted_message_id);
    const std::string id = tlv_id ? std::string(*tlv_id) : read ? read->id : std::string();
    auto found = messages_.end();
    for (const std::string& key : message_id_candidates(id)) {
        found = found == messages_.end() ? messages_.find(key) : found;
    }
    if (found == messages_.end()) {
        add(rule::session_receipt_unknown_id, by, pdu.header, id);
        return;
    }
    if (!found->second.wants_receipt) {
        add(rule::session_receipt_not_asked, by, pdu.header, id);
    }
    if (found->second.final) {
        add(rule::session_receipt_after_final, by, pdu.header, id);
    }
    found->second.final = found->second.final || says_final(*deliver, read);
}

void session_lint::check_enquire(end by, const header& head) {
    side& sender = of(by);
    const bool soon =
        sender.last_enquire >= time::zero() && now_ - sender.last_enquire < std::chrono::seconds(5);
    sender.quick_enquires = soon ? sender.quick_enquires + 1 : 0;
    sender.last_enquire = now_;
    if (sender.quick_enquires == 3) {
        add(rule::session_enquire_often, by, head);
    }
}

void session_lint::on_response(end by, const pdu_view& pdu) {
    const header& head = pdu.header;
    const end asker = by == end::esme ? end::mc : end::esme;
    auto& open = of(asker).open;
    const auto asked = open.find(head.sequence_number);
    if (asked == open.end() && of(by).nacks.erase(head.sequence_number) > 0) {
        add(rule::session_answered_nack, by, head);
        return;
    }
    if (head.id == command_id::generic_nack) {
        keep_bounded(of(asker).nacks);
        of(asker).nacks.insert(head.sequence_number);
    }
    if (asked == open.end()) {
        if (head.sequence_number != 0 || head.id != command_id::generic_nack) {
            add(rule::session_unsolicited, by, head, std::string(name(head.id)));
        }
        return;
    }
    const request done = std::move(asked->second);
    open.erase(asked);
    if (head.id != command_id::generic_nack && head.id != response_of(done.id)) {
        add(rule::session_wrong_response, by, head,
            fmt::format("{} to {}", name(head.id), name(done.id)));
    }
    if (now_ - done.sent > response_time) {
        add(rule::session_late_response, by, head,
            fmt::format(
                "{} ms",
                std::chrono::duration_cast<std::chrono::milliseconds>(now_ - done.sent).count()));
    }
    note_answer(done, pdu);
    if (const auto* delivered = std::get_if<deliver_sm_resp_view>(&pdu.body);
        delivered != nullptr && !delivered->message_id.empty()) {
        add(rule::session_deliver_resp_id, by, head, std::string(delivered->message_id));
    }
}

void session_lint::note_answer(const request& asked, const pdu_view& answer) {
    const command_status status = answer.header.status;
    if (is_bind(asked.id)) {
        binding_ = {};
        bind_ = status == command_status::ok ? asked.id : bind_;
    } else if (is_submission(asked.id)) {
        if (status == command_status::throttled || status == command_status::message_queue_full) {
            throttled_ = now_;
            after_throttling_ = 0;
        } else if (const auto* accepted = std::get_if<submit_sm_resp_view>(&answer.body);
                   accepted != nullptr && status == command_status::ok) {
            keep_bounded(messages_);
            messages_[message_id_key(accepted->message_id)] = {asked.wants_receipt, false};
        }
    }
}

void session_lint::on_close(time now) {
    now_ = now;
    for (const end by : {end::esme, end::mc}) {
        for (const auto& [number, asked] : of(by).open) {
            if (now - asked.sent > response_time) {
                header head;
                head.sequence_number = number;
                add(rule::session_unanswered, by == end::esme ? end::mc : end::esme, head,
                    std::string(name(asked.id)));
            }
        }
    }
    if (bind_ != command_id{} && !unbound_) {
        add(rule::session_no_unbind, end::esme, {});
    }
    for (const auto& [number, asked] : esme_.open) {
        if (asked.id == command_id::unbind && now - asked.sent < unbind_time) {
            header head;
            head.sequence_number = number;
            add(rule::session_unbind_not_awaited, end::esme, head);
        }
    }
}

}  // namespace smpp::lint
