// The recorder's dealings with the database: what is committed when, what is answered then, and
// what becomes of it after a restart.
#include <fmt/format.h>

#include <cstdio>
#include <tuple>
#include <utility>

#include "mock-smsc/recorder.hpp"

namespace mock_smsc {

void recorder::commit() {
    if (p_.journal == nullptr) {
        return;
    }
    // Not with every batch: it costs as much as writing.
    if (p_.store.first() >= pruned_ + 1000) {
        pruned_ = p_.store.first();
        p_.journal->next().prune_before(pruned_);
    }
    const message_number end = p_.store.next();
    if (p_.journal->kick()) {
        answers_.swap(next_answers_);
        told_.swap(next_told_);
        written_end_ = end;
    }
}

void recorder::when_committed(std::function<void(bool)> told) {
    const bool waits = p_.journal != nullptr && !p_.journal->next().empty();
    if (how_ == durability::relaxed || (!waits && (p_.journal == nullptr || !p_.journal->busy()))) {
        told(true);
        return;
    }
    (waits ? next_told_ : told_).push_back(std::move(told));
    commit();
}

void recorder::tell_committed(bool written) {
    for (const auto& each : std::exchange(told_, {})) {
        each(written);
    }
}

/// Its record could not be written: it is as if it had not come.
void recorder::refuse(const answer& what) {
    const auto now = utc_now();
    if (record* r = p_.store.find_any(what.id)) {
        r->status = smpp::command_status::system_error;
        r->state = smpp::message_state::rejected;
        r->receipts_due = 0;
        r->answer_at(now);
    }
    answer refused = what;
    refused.status = smpp::command_status::system_error;
    refused.fault = nullptr;
    count(refused, now);
    answer_submit(*what.session,
                  {what.command, what.sequence_number, smpp::command_status::system_error});
}

void recorder::on_committed(const std::string& failed) {
    if (!failed.empty() && !failing_) {
        std::fputs(fmt::format("mock-smsc: cannot write to the database: {}\n", failed).c_str(),
                   stderr);
    }
    failing_ = !failed.empty();
    if (failing_) {
        std::vector<message_number> refused;
        for (const answer& each : answers_) {
            refuse(each);
            refused.push_back(each.id);
        }
        p_.journal->put_back(refused);
    } else {
        const auto now = utc_now();
        for (const answer& each : answers_) {
            give(each, now);
        }
    }
    answers_.clear();
    p_.store.publish(written_end_);
    tell_committed(!failing_);
    p_.receipts.pump();
    if (failing_) {
        p_.journal->later([this] { commit(); });
    } else {
        commit();
    }
}

void recorder::keep_mobile(const mobile_record& which) {
    if (p_.journal == nullptr) {
        return;
    }
    if (which.settled()) {
        p_.journal->next().erase_mobile(which.id);
    } else if (which.state == mobile_record::fate::waiting && which.last.attempts == 0 &&
               !which.account.empty()) {
        p_.journal->next().add_mobile({which.id, which.account, which.queued, which.frame});
    }
}

void recorder::on_settled(message_number id, std::uint32_t noted) {
    keep_state(id);
    if (const record* r = p_.store.find_any(id)) {
        p_.counts.receipt(utc_now() - r->received);
    }
    const sent_receipt* receipt = p_.store.receipt_at(id, noted);
    if (receipt != nullptr && p_.journal != nullptr) {
        p_.journal->next().add(id, *receipt);
    }
    if (on_receipt) {
        on_receipt(id, receipt);
    }
}

void recorder::restore(journal& from, std::size_t most) {
    journal::listener to;
    to.on_session = [this](session_info known) { p_.sessions.restore(std::move(known)); };
    to.on_message = [this](message_number id, const record& known, smpp::octet_span frame) {
        if (p_.store.first() == p_.store.next()) {
            p_.store.start_at(id);
        }
        p_.store.skip_to(id);
        const auto added = p_.store.add(known.session, known.received, known.status, frame);
        record& r = *p_.store.find_any(added);
        r.done = known.done;
        r.answered_after = known.answered_after;
        r.state = known.state;
        r.receipts_due = known.receipts_due;
        p_.sessions.hold(known.session);
    };
    to.on_note = [this](message_number id, message_note known) {
        if (p_.store.find_any(id) != nullptr) {
            p_.store.annotate(id) = std::move(known);
        }
    };
    to.on_receipt = [this](message_number id, const sent_receipt& known) {
        std::ignore = p_.store.add_receipt(id, known);
    };
    to.on_next_mobile = [this](std::uint64_t id) { p_.receipts.mobiles().go_on_at(id); };
    to.on_mobile = [this](mobile_row known) {
        mobile_record waiting;
        waiting.id = known.id;
        waiting.account = std::move(known.account);
        waiting.queued = known.queued;
        waiting.frame = std::move(known.frame);
        p_.receipts.requeue_mo(std::move(waiting));
    };
    const auto next = from.load(most, to);
    if (p_.store.first() == p_.store.next()) {
        p_.store.start_at(next);
    }
    p_.store.skip_to(next);
    p_.store.publish();
    pruned_ = p_.store.first();
    p_.sessions.retire_restored();
    for (auto id = p_.store.first(); id < p_.store.next(); ++id) {
        resume(id);
    }
}

void recorder::resume(message_number id) {
    message_reader message(p_.store, p_.sessions, id);
    if (!message.found()) {
        return;
    }
    record& r = *p_.store.find_any(id);
    if (message.session() != nullptr && may_be_part(message.fields())) {
        index_part(id, r, *message.session(), message.fields());
    }
    if (r.status == smpp::command_status::ok) {
        answer known;
        known.id = id;
        known.plan = plan_left(id, message.fields(), r);
        known.place = message.fields().replaceable
                          ? pending_index::place_of(message.system_id(), message.fields())
                          : 0;
        r.awaited = known.plan.unasked || wants_step(message.fields().registered_delivery);
        after_answer(known);
    }
}

}  // namespace mock_smsc
