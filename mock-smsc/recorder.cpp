#include "mock-smsc/recorder.hpp"

#include <fmt/format.h>

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

void answer_submit(smpp::server_session& session, smpp::command_id request,
                   std::uint32_t sequence_number, smpp::command_status status,
                   std::string_view message_id) {
    const auto send = [&](auto response) {
        response.message_id = message_id;
        std::ignore = session.respond(sequence_number, status, response);
    };
    switch (request) {
        case smpp::command_id::submit_multi: send(smpp::submit_multi_resp_view()); break;
        case smpp::command_id::data_sm: send(smpp::data_sm_resp_view()); break;
        default: send(smpp::submit_sm_resp_view()); break;
    }
}

recorder::recorder(const parts& p, durability how, const delivery_settings& settings)
    : p_(p), how_(how), settings_(settings) {
    p_.delivery.on_finished = [this](message_number id) {
        on_changed(id);
        p_.receipts.queue(id);
    };
    p_.delivery.on_round_end = [this] {
        p_.receipts.pump();
        commit();
    };
    p_.receipts.on_settled = [this](message_number id) { on_changed(id); };
    if (p_.journal != nullptr) {
        p_.journal->on_done = [this](const std::string& failed) { on_committed(failed); };
    }
}

void recorder::submit(smpp::server_session& session, session_info& info, const smpp::header& head,
                      const message_fields& fields, smpp::octet_span frame) {
    using smpp::command_status;
    if (p_.journal != nullptr && p_.journal->next().octets() > most_uncommitted) {
        answer_submit(session, head.id, head.sequence_number, command_status::message_queue_full,
                      {});
        return;
    }
    const auto now = utc_now();
    const auto id = p_.store.add(info.id, now, command_status::ok, frame);
    record& r = *p_.store.find_any(id);
    ++info.submits;
    ++info.held;
    const delivery_plan plan = plan_delivery(fields, now, settings_);
    r.state = plan.first;
    if (plan.at <= now) {
        r.state = plan.outcome;
        r.done = now;
        r.receipts_due = receipts_of(fields, plan.outcome);
    }
    if (may_be_part(fields)) {
        index_part(id, r, info, fields);
    }
    if (p_.journal != nullptr) {
        p_.journal->next().add(id, r, frame);
        if (how_ == durability::committed) {
            next_answers_.push_back(
                {session.shared_from_this(), head.id, head.sequence_number, id, plan});
            return;
        }
    }
    answer_submit(session, head.id, head.sequence_number, command_status::ok, id_text(id).view());
    after_answer(id, plan);
}

void recorder::index_part(message_number id, record& r, const session_info& info,
                          const message_fields& fields) {
    if (const auto place = part_of(fields)) {
        r.part = true;
        p_.index.add(id,
                     {info.system_id, std::string(fields.source.digits),
                      std::string(fields.destination.digits), place->reference, place->total},
                     place->number);
    }
}

void recorder::after_answer(message_number id, const delivery_plan& plan) {
    const record* r = p_.store.find_any(id);
    if (r == nullptr) {
        return;
    }
    if (r->done == 0) {
        p_.delivery.start(id, plan);
    } else if (r->receipts_due != 0) {
        p_.receipts.queue(id);
    }
}

void recorder::bound(const session_info& info) {
    if (p_.journal != nullptr) {
        p_.journal->next().add(info);
    }
}

void recorder::on_changed(message_number id) {
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
        written_end_ = end;
    }
}

void recorder::on_committed(const std::string& failed) {
    if (!failed.empty() && !failing_) {
        std::fputs(fmt::format("mock-smsc: cannot write to the database: {}\n", failed).c_str(),
                   stderr);
    }
    failing_ = !failed.empty();
    for (const answer& each : answers_) {
        if (failing_) {
            if (record* r = p_.store.find_any(each.id)) {
                r->status = smpp::command_status::system_error;
                r->state = smpp::message_state::rejected;
                r->receipts_due = 0;
            }
            answer_submit(*each.session, each.command, each.sequence_number,
                          smpp::command_status::system_error, {});
        } else {
            answer_submit(*each.session, each.command, each.sequence_number,
                          smpp::command_status::ok, id_text(each.id).view());
            after_answer(each.id, each.plan);
        }
    }
    answers_.clear();
    p_.store.publish(written_end_);
    p_.receipts.pump();
    commit();
}

void recorder::restore(journal& from, std::size_t most) {
    const auto next = from.load(
        most, [this](session_info known) { p_.sessions.restore(std::move(known)); },
        [this](message_number id, const record& known, smpp::octet_span frame) {
            if (p_.store.first() == p_.store.next()) {
                p_.store.start_at(id);
            }
            p_.store.skip_to(id);
            const auto added = p_.store.add(known.session, known.received, known.status, frame);
            record& r = *p_.store.find_any(added);
            r.done = known.done;
            r.state = known.state;
            r.receipts_due = known.receipts_due;
            p_.sessions.hold(known.session);
        });
    if (p_.store.first() == p_.store.next()) {
        p_.store.start_at(next);
    }
    p_.store.skip_to(next);
    p_.store.publish();
    pruned_ = p_.store.first();
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
        after_answer(id, plan_delivery(message.fields(), r.received, settings_));
    }
}

}  // namespace mock_smsc
