#include "mock-smsc/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace mock_smsc {
namespace {

/// A message_id without an allocation.
class id_text {
public:
    explicit id_text(message_number id) noexcept
        : end_(std::to_chars(std::begin(digits_), std::end(digits_), id).ptr) {}
    [[nodiscard]] std::string_view view() const noexcept {
        return {digits_, static_cast<std::size_t>(end_ - digits_)};
    }

private:
    char digits_[24];
    char* end_;
};

}  // namespace

recorder::recorder(const parts& p, durability how, const delivery_settings& settings)
    : p_(p), how_(how), settings_(settings), pending_(p.store, p.sessions) {
    p_.delivery.on_finished = [this](message_number id) {
        on_changed(id);
        p_.receipts.queue(id, style_of(id));
    };
    p_.delivery.on_step = [this](message_number id, smpp::message_state state) {
        on_changed(id);
        p_.receipts.queue_step(id, state, style_of(id));
    };
    p_.delivery.on_round_end = [this] {
        p_.receipts.pump();
        commit();
    };
    p_.receipts.on_settled = [this](message_number id, std::uint32_t noted) {
        on_settled(id, noted);
    };
    p_.receipts.on_mobile = [this](const mobile_record& which) {
        keep_mobile(which);
        if (on_mobile) {
            on_mobile(which);
        }
    };
    p_.faults.on_answered = [this](message_number id) { answered(id, utc_now()); };
    if (p_.journal != nullptr) {
        p_.sessions.on_forget = [this](std::uint64_t id) { p_.journal->next().forget_session(id); };
        p_.journal->on_done = [this](const std::string& failed) { on_committed(failed); };
    }
}

void recorder::submit(smpp::server_session& session, session_info& info, const smpp::header& head,
                      const message_fields& fields, smpp::octet_span frame) {
    using smpp::command_status;
    if (keep_nothing_) {
        ++info.submits;
        ++info.traffic.begun;
        p_.counts.submit(info.system_id, head.id, command_status::ok, 0);
        answer_submit(session, {head.id, head.sequence_number, command_status::ok,
                                id_text(++forgotten_).view()});
        return;
    }
    if (p_.journal != nullptr && p_.journal->next().octets() > most_uncommitted) {
        ++info.traffic.begun;
        answer_submit(session, {head.id, head.sequence_number, command_status::message_queue_full});
        p_.counts.submit(info.system_id, head.id, command_status::message_queue_full, 0);
        return;
    }
    const auto now = utc_now();
    const auto id = p_.store.add(info.id, now, command_status::ok, frame);
    record& r = *p_.store.find_any(id);
    ++info.submits;
    ++info.held;
    info.traffic.on_submit(now);
    const bool plain =
        p_.rules.empty() && info.account == nullptr && fields.malformed == command_status::ok;
    const auto fault = plain ? nullptr : judge(id, r, info, fields);
    const delivery_plan plan = plan_for(fields, now, r, fault.get());
    if (may_be_part(fields)) {
        index_part(id, r, info, fields);
    }
    answer out{
        session.shared_from_this(), head.id, head.sequence_number, id, r.status, plan, fault};
    out.replaces = fields.replaces_if_present;
    if (fields.replaceable && r.done == 0) {
        out.place = pending_index::place_of(info.system_id, fields);
    }
    if (p_.journal != nullptr) {
        p_.journal->next().add(id, r, frame);
        if (r.noted) {
            p_.journal->next().note(id, *p_.store.note(id));
        }
        if (how_ != durability::relaxed) {
            next_answers_.push_back(std::move(out));
            return;
        }
    }
    give(out, utc_now());
}

void recorder::count(const answer& what, microseconds_utc now) {
    const record* r = p_.store.find_any(what.id);
    // What a closed session refers to may be gone.
    const session_info* info =
        what.session->state() != smpp::session_state::closed
            ? static_cast<const session_info*>(what.session->attachment.get())
        : r == nullptr ? nullptr
                       : p_.sessions.find(r->session);
    auto time = r == nullptr ? 0 : now - r->received;
    if (what.fault) {
        time += what.fault->delay.count();
        p_.counts.faults(what.fault->faults);
    }
    p_.counts.submit(info == nullptr ? std::string_view() : info->system_id, what.command,
                     what.status, time);
}

void recorder::give(const answer& what, microseconds_utc now) {
    count(what, now);
    const id_text id(what.id);
    const bool good = what.status == smpp::command_status::ok;
    submit_answer told{what.command, what.sequence_number, what.status,
                       good ? id.view() : std::string_view()};
    if (what.fault && !what.fault->refused.empty()) {
        told.unsuccess_sme = unsuccess_of(what);
    }
    const auto order = what.fault && what.fault->receipt ? what.fault->receipt->when
                                                         : receipt_action::order::normal;
    const bool receipt_first = good && order == receipt_action::order::before_response;
    if (receipt_first) {
        after_answer(what);
        p_.receipts.pump();
    }
    if (what.fault && !what.fault->plain_answer()) {
        told.message = what.id;
        p_.faults.play(what.session, std::move(told), *what.fault);
    } else {
        answer_submit(*what.session, told);
        answered(what.id, now);
    }
    if (good && !receipt_first) {
        after_answer(what);
    }
    if (good && what.fault && what.fault->reply) {
        reply(what);
    }
    if (good && order != receipt_action::order::reverse) {
        p_.receipts.pump();  // right behind its answer, whatever else came in the same read
    }
}

void recorder::answered(message_number id, microseconds_utc now) {
    if (record* r = p_.store.find_any(id)) {
        r->answer_at(now);
        if (p_.journal != nullptr) {
            p_.journal->next().answered(id, now);
        }
    }
}

bool recorder::annotate(message_number id, const std::function<bool(message_note&)>& change) {
    const message_note* known = p_.store.note(id);
    message_note changed = known == nullptr ? message_note() : *known;
    if (p_.store.find_any(id) == nullptr || !change(changed)) {
        return false;
    }
    p_.store.annotate(id) = std::move(changed);
    if (p_.journal != nullptr) {
        p_.journal->next().note(id, *p_.store.note(id));
    }
    if (on_note) {
        on_note(id);
    }
    return true;
}

bool recorder::finish(message_number id, smpp::message_state state) {
    const bool done = p_.delivery.finish(id, state);
    p_.receipts.pump();
    commit();
    return done;
}

bool recorder::replace(message_number id, smpp::octet_span frame) {
    record* r = p_.store.find_any(id);
    if (r == nullptr || r->done != 0 || !p_.store.replace(id, frame)) {
        return false;
    }
    message_reader message(p_.store, p_.sessions, id);
    const delivery_plan plan = plan_again(id, message.fields(), utc_now());
    r->state = plan.first;
    r->awaited = plan.unasked || wants_step(message.fields().registered_delivery);
    if (p_.journal != nullptr) {
        p_.journal->next().add(id, *r, frame);
    }
    p_.delivery.restart(id, plan);
    on_changed(id);
    return true;
}

bool recorder::finish_by_hand(message_number id, smpp::message_state state,
                              const receipt_sender::style& how) {
    record* r = p_.store.find_any(id);
    message_reader message(p_.store, p_.sessions, id);
    if (r == nullptr || !message.found() || r->status != smpp::command_status::ok) {
        return false;
    }
    r->state = state;
    r->done = utc_now();
    r->receipts_due = receipts_of(message.fields());
    r->awaited = true;
    on_changed(id);
    p_.receipts.queue(id, how ? how : style_of(id));
    p_.receipts.pump();
    commit();
    return true;
}

void recorder::erase(message_number id) {
    if (p_.journal != nullptr) {
        p_.journal->next().erase(id);
    }
    p_.store.erase(id);
}

void recorder::erase_of_scope(message_number id, std::string_view scope) {
    message_reader message(p_.store, p_.sessions, id, true);
    if (message.found() && message.scope() == scope) {
        erase(id);
    }
}

void recorder::reset() {
    p_.store.clear();
    p_.receipts.clear();
    verdicts_.clear();
    pending_.clear();
    if (p_.journal != nullptr) {
        p_.journal->next().prune_before(p_.store.next());
        pruned_ = p_.store.next();
        commit();
    }
}

void recorder::index_part(message_number id, record& r, const session_info& info,
                          const message_fields& fields) {
    if (const auto place = part_of(fields)) {
        r.part = true;
        p_.index.add(
            id,
            {info.system_id, std::string(fields.source.digits),
             std::string(fields.destination.digits), place->reference, place->total, place->how},
            place->number);
    }
}

void recorder::after_answer(const answer& what) {
    if (what.replaces) {
        give_way(what.id);
    }
    const message_number id = what.id;
    const record* r = p_.store.find_any(id);
    if (r == nullptr) {
        return;
    }
    if (r->done == 0) {
        if (what.place != 0) {
            pending_.add(id, what.place);
        }
        p_.delivery.start(id, what.plan);
        return;
    }
    const auto& steps = what.plan.steps;
    for (std::size_t i = 0; steps && i < steps->size(); ++i) {
        p_.receipts.queue_step(id, (*steps)[i].state, style_of(id));
    }
    if (r->receipts_due != 0) {
        p_.receipts.queue(id, style_of(id));
    }
}

/// The messages that this one replaces are deleted, and no receipt tells of them.
void recorder::give_way(message_number to) {
    message_reader message(p_.store, p_.sessions, to, true);
    if (!message.found()) {
        return;
    }
    for (const auto old : pending_.find(message.system_id(), message.fields())) {
        if (old != to) {
            p_.delivery.finish(old, smpp::message_state::deleted, true);
        }
    }
}

void recorder::bound(const session_info& info) {
    if (p_.journal != nullptr) {
        p_.journal->next().add(info);
    }
}

void recorder::on_changed(message_number id) {
    if (on_state) {
        on_state(id);
    }
    keep_state(id);
}

void recorder::keep_state(message_number id) {
    if (p_.journal != nullptr) {
        if (const record* r = p_.store.find_any(id)) {
            p_.journal->next().update(id, *r);
        }
    }
}

void recorder::turn_end() {
    if (p_.journal == nullptr || how_ == durability::relaxed) {
        p_.store.publish();
    }
    p_.receipts.pump();
    commit();
}

}  // namespace mock_smsc
