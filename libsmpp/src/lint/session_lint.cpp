#include "smpp/lint/session_lint.hpp"

#include <fmt/format.h>

#include "lint/session_rules.hpp"
#include "smpp/framer.hpp"

namespace smpp::lint {
namespace {

constexpr unsigned most_of_a_rule = 10;
constexpr session_lint::time unbind_time = std::chrono::seconds(1);  // to wait for its answer

std::int64_t milliseconds(session_lint::time duration) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

header numbered(std::uint32_t sequence_number) noexcept {
    header out;
    out.sequence_number = sequence_number;
    return out;
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
    check_silence();
    last_pdu_ = now;
    pdu_view pdu;
    std::ignore = decode(frame, decode_mode::lenient, pdu);
    if (is_response(pdu.header.id)) {
        on_response(by, pdu);
    } else {
        on_request(by, pdu);
    }
}

void session_lint::on_other_octets(end by, octet_span octets, time now) {
    now_ = now;
    if (octets.size() < 4) {
        return;
    }
    if (const char* protocol = other_protocol(octets)) {
        add(rule::session_other_protocol, by, {}, protocol);
    } else {
        add(rule::framing_length, by, {}, fmt::format("{}", load_be<std::uint32_t>(octets.data())));
    }
}

void session_lint::on_gap() {
    gaps_ = true;
    esme_.open.clear();
    mc_.open.clear();
    esme_.outstanding = mc_.outstanding = 0;
    esme_.last_number = mc_.last_number = 0;
    binding_ = {};
}

void session_lint::on_request(end by, const pdu_view& pdu) {
    const header& head = pdu.header;
    check_state(by, head);
    request sent;
    sent.id = head.id;
    sent.sent = now_;
    sent.counts = !is_link_command(head.id);
    std::visit(
        [&](const auto& body) {
            if constexpr (requires {
                              body.interface_version;
                              body.address_range;
                          }) {
                sent.version = body.interface_version;
            } else if constexpr (requires {
                                     body.esm_class;
                                     body.registered_delivery;
                                 }) {
                if (by == end::esme && head.id != command_id::deliver_sm) {
                    check_submission(head, body, sent);
                } else if (by == end::mc) {
                    check_receipt(head, body, sent);
                }
            }
        },
        pdu.body);
    check_version(by, head, sent.version ? sent.version : version_);
    check_tlvs(by, pdu);
    if (head.id == command_id::enquire_link) {
        check_enquire(by, head);
    } else if (head.id == command_id::unbind) {
        of(by).unbound = true;
    } else if (is_bind(head.id)) {
        binding_ = head.id;
    }
    if (!is_link_command(head.id)) {
        last_operation_ = now_;
    }
    if (head.id != command_id::alert_notification && head.id != command_id::outbind) {
        remember(by, head, std::move(sent));  // these are not answered
    }
}

void session_lint::remember(end by, const header& head, request sent) {
    side& sender = of(by);
    if (sender.open.size() > 100'000) {
        sender.open.clear();
        sender.outstanding = 0;
    }
    const auto known = sender.open.find(head.sequence_number);
    if (known != sender.open.end()) {
        add(rule::session_sequence_reused, by, head);
        sender.outstanding -= known->second.counts ? 1U : 0U;
    }
    sender.outstanding += sent.counts ? 1U : 0U;
    const bool operation = sent.counts;
    sender.open.insert_or_assign(head.sequence_number, std::move(sent));
    check_numbers(by, head);
    if (operation && by == end::esme && window_ != 0 &&
        sender.outstanding == std::size_t{window_} + 1) {
        add(rule::session_over_window, by, head, fmt::format("{}", window_));
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
        const bool for_nothing = head.sequence_number == 0 && head.id == command_id::generic_nack;
        if (!for_nothing && !gaps_) {
            add(rule::session_unsolicited, by, head, named(head.id));
        }
        return;
    }
    const request done = std::move(asked->second);
    open.erase(asked);
    of(asker).outstanding -= done.counts ? 1U : 0U;
    if (head.id != command_id::generic_nack && head.id != response_of(done.id)) {
        add(rule::session_wrong_response, by, head,
            fmt::format("{} to {}", named(head.id), named(done.id)));
    }
    if (now_ - done.sent > response_time) {
        add(rule::session_late_response, by, head,
            fmt::format("{} ms", milliseconds(now_ - done.sent)));
    }
    on_answer(asker, done, pdu);
    if (const auto* delivered = std::get_if<deliver_sm_resp_view>(&pdu.body);
        delivered != nullptr && !delivered->message_id.empty()) {
        add(rule::session_deliver_resp_id, by, head, std::string(delivered->message_id));
    }
}

void session_lint::on_answer(end asker, const request& asked, const pdu_view& answer) {
    const command_status status = answer.header.status;
    if (is_bind(asked.id)) {
        binding_ = {};
        if (status == command_status::ok) {
            bind_ = asked.id;
            version_ = asked.version;
            state_ = bind_ == command_id::bind_transmitter ? state::bound_tx
                     : bind_ == command_id::bind_receiver  ? state::bound_rx
                                                           : state::bound_trx;
            esme_.unbound = mc_.unbound = false;
        }
    } else if (asked.id == command_id::unbind) {
        esme_.unbound = mc_.unbound = true;
        state_ = is_bound() ? state::unbound : state_;
    } else if (asked.receipt) {
        note_receipt(asked, status);
    } else if (asker == end::esme) {
        if (status == command_status::throttled || status == command_status::message_queue_full) {
            throttling_.on_refusal(now_);
        }
        note_message(asked, answer);
    }
}

void session_lint::on_close(time now, std::optional<end> by) {
    now_ = now;
    check_silence();
    for (const end each : {end::esme, end::mc}) {
        for (const auto& [number, asked] : of(each).open) {
            if (now - asked.sent > response_time) {
                add(rule::session_unanswered, each == end::esme ? end::mc : end::esme,
                    numbered(number), std::string(name(asked.id)));
            }
        }
    }
    if (!by) {
        return;
    }
    if (is_bound() && !esme_.unbound && !mc_.unbound) {
        add(rule::session_no_unbind, *by, {});
    }
    for (const auto& [number, asked] : of(*by).open) {
        if (asked.id == command_id::unbind && now - asked.sent < unbind_time) {
            add(rule::session_unbind_not_awaited, *by, numbered(number));
        }
    }
}

}  // namespace smpp::lint
