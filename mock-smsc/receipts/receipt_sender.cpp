#include "mock-smsc/receipts/receipt_sender.hpp"

#include <algorithm>
#include <utility>

#include "mock-smsc/receipts/delivery_plan.hpp"
#include "mock-smsc/receipts/receipt_text.hpp"

namespace mock_smsc {

receipt_sender::receipt_sender(boost::asio::any_io_executor executor, message_store& store,
                               session_registry& sessions)
    : store_(store), sessions_(sessions), timer_(std::move(executor)) {}

receipt_sender::outbox& receipt_sender::box_of(const std::string& account) {
    if (boxes_.size() >= purge_at_) {
        purge();
    }
    auto& box = boxes_[account];
    if (!box) {
        box = std::make_unique<outbox>();
        box->account = account;
    }
    return *box;
}

void receipt_sender::mark(outbox& box) {
    if (!box.dirty) {
        box.dirty = true;
        dirty_.push_back(&box);
    }
}

void receipt_sender::drop_if_idle(outbox& box) {
    if (box.waiting.empty() && box.receivers.empty() && box.in_flight == 0 && !box.dirty) {
        boxes_.erase(box.account);
    }
}

void receipt_sender::drop_stale(outbox& box) {
    while (!box.waiting.empty() && box.waiting.front().mo == nullptr &&
           store_.find_any(box.waiting.front().id) == nullptr) {
        box.waiting.pop_front();  // forgotten: too many wait
    }
}

/// Accounts that never come back must not pile up.
void receipt_sender::purge() {
    for (auto at = boxes_.begin(); at != boxes_.end();) {
        outbox& box = *(at++)->second;
        drop_stale(box);
        drop_if_idle(box);
    }
    purge_at_ = std::max<std::size_t>(1000, boxes_.size() * 2);
}

void receipt_sender::add(const entry& what, const record& r) {
    const session_info* session = sessions_.find(r.session);
    if (session == nullptr) {
        return;
    }
    outbox& box = box_of(session->system_id);
    if (what.how && what.how->when == receipt_action::order::reverse) {
        box.waiting.push_front(what);
    } else {
        box.waiting.push_back(what);
    }
    drop_stale(box);
    mark(box);
}

void receipt_sender::queue(message_number id, const style& how) {
    const record* r = store_.find_any(id);
    if (r == nullptr || r->receipts_due == 0) {
        return;
    }
    message_reader message(store_, sessions_, id, true);
    const auto to = accepted_destinations(message.fields());
    // After a restart those that are still due: the others left before them.
    for (auto i = to.size() - std::min<std::size_t>(to.size(), r->receipts_due); i < to.size();
         ++i) {
        entry one{id, r->session, to[i]};
        one.how = how;
        add(one, *r);
        one.counted = false;
        for (unsigned copy = 1; how && copy < how->copies; ++copy) {
            add(one, *r);
        }
    }
}

void receipt_sender::queue_step(message_number id, smpp::message_state state, const style& how) {
    const record* r = store_.find_any(id);
    if (r == nullptr) {
        return;
    }
    message_reader message(store_, sessions_, id, true);
    const message_fields& fields = message.fields();
    if (!wants_step(fields.registered_delivery) && !(how && how->unasked)) {
        return;
    }
    for (const std::uint8_t destination : accepted_destinations(fields)) {
        entry one{id, r->session, destination};
        one.counted = false;
        one.step = state;
        one.how = how;
        add(one, *r);
    }
}

void receipt_sender::pump() {
    if (dirty_.empty()) {
        return;
    }
    auto boxes = std::exchange(dirty_, std::move(spare_));
    for (outbox* box : boxes) {
        box->dirty = false;
        pump(*box);
        drop_if_idle(*box);
    }
    boxes.clear();
    spare_ = std::move(boxes);
}

void receipt_sender::pump(outbox& box) {
    while (!box.waiting.empty()) {
        entry next = box.waiting.front();
        smpp::server_session* to = choose(box, next);
        if (to == nullptr) {
            return;
        }
        box.waiting.pop_front();
        const std::uint64_t token = ++last_token_;
        if (send(*to, next, token)) {
            in_flight_.emplace(token, in_flight{std::move(next), &box, to->id()});
            ++box.in_flight;
        }
    }
}

smpp::server_session* receipt_sender::choose(outbox& box, const entry& next) {
    const auto usable = [](const smpp::server_session& session) {
        const auto state = session.state();
        return !static_cast<const session_info*>(session.attachment.get())->stalled &&
               (state == smpp::session_state::bound_rx ||
                state == smpp::session_state::bound_trx) &&
               !session.core().window_full() && !session.core().wants_close();
    };
    smpp::server_session* other = nullptr;
    for (std::size_t i = 0; i < box.receivers.size(); ++i) {
        smpp::server_session* each = box.receivers[(box.turn + i) % box.receivers.size()];
        if (!usable(*each)) {
            continue;
        }
        if (static_cast<const session_info*>(each->attachment.get())->id == next.session) {
            return each;  // whoever asked
        }
        other = other == nullptr ? each : other;
    }
    ++box.turn;
    return other;
}

void receipt_sender::note_sent(const smpp::server_session& session, entry& what,
                               smpp::message_state state, std::uint32_t sequence_number) {
    sent_receipt now;
    now.sent = utc_now();
    now.session = static_cast<const session_info*>(session.attachment.get())->id;
    now.sequence_number = sequence_number;
    now.state = state;
    now.destination = what.destination;
    if (sent_receipt* before = store_.receipt_at(what.id, what.noted)) {
        now.attempts = static_cast<std::uint8_t>(std::min(before->attempts + 1, 255));
        now.place = before->place;
        *before = now;
    } else {
        what.noted = store_.add_receipt(what.id, now);
    }
}

bool receipt_sender::send(smpp::server_session& session, entry& what, std::uint64_t token) {
    if (what.mo) {
        return send_mo(session, what, token);
    }
    message_reader message(store_, sessions_, what.id, true);
    if (!message.found()) {
        return false;
    }
    receipt_wish wish;
    wish.destination = what.destination;
    wish.with_tlvs = session.core().peer_version() >= smpp::interface_version::v3_4;
    wish.state = what.step.value_or(message.record().state);
    wish.intermediate = what.step && message.fields().registered_delivery.intermediate();
    wish.style = what.how.get();
    const auto receipt = make_receipt(message, wish);
    if (const auto number = session.request(receipt, token)) {
        note_sent(session, what, wish.state, *number);
        return true;
    }
    // Only the codec can refuse it now, and it will do so every time.
    settle(what, false);
    return false;
}

void receipt_sender::on_bound(smpp::server_session& session, const session_info& info) {
    outbox& box = box_of(info.system_id);
    box.receivers.push_back(&session);
    mark(box);
}

void receipt_sender::on_closed(smpp::server_session& session, const session_info& info) {
    const auto found = boxes_.find(info.system_id);
    if (found != boxes_.end()) {
        std::erase(found->second->receivers, &session);
        drop_if_idle(*found->second);
    }
}

bool receipt_sender::take(std::uint64_t token, in_flight& out) {
    const auto found = in_flight_.find(token);
    if (found == in_flight_.end()) {
        return false;
    }
    out = std::move(found->second);
    in_flight_.erase(found);
    --out.from->in_flight;
    return true;
}

void receipt_sender::on_response(std::uint64_t token, smpp::command_status status) {
    in_flight what;
    if (!take(token, what)) {
        return;
    }
    mark(*what.from);  // there is room in the window again
    mobile_record* mobile = what.what.mo ? mobiles_.find(what.what.id) : nullptr;
    sent_receipt* noted = mobile != nullptr ? &mobile->last
                          : what.what.mo    ? nullptr
                                            : store_.receipt_at(what.what.id, what.what.noted);
    if (noted != nullptr) {
        noted->answered = utc_now();
        noted->status = status;
    }
    if (status == smpp::command_status::ok) {
        settle(what.what, true);
    } else if (smpp::is_temporary(status)) {
        retry_later(what);
    } else {
        settle(what.what, false);
    }
}

void receipt_sender::on_failed(std::uint64_t token, smpp::error_code why) {
    in_flight what;
    if (!take(token, what)) {
        return;
    }
    if (why == smpp::session_errc::response_timeout ||
        why == smpp::session_errc::unexpected_response) {
        retry_later(what);
    } else {
        what.from->waiting.push_front(what.what);  // the session is gone: another, or the next one
        mobile_changed(what.what, mobile_record::fate::waiting);
    }
    mark(*what.from);
}

void receipt_sender::retry_later(const in_flight& what) {
    entry again = what.what;
    if (++again.attempts >= max_attempts) {
        settle(again, false);
        return;
    }
    mobile_changed(again, mobile_record::fate::waiting);
    later_.push_back({std::chrono::steady_clock::now() + retry_delay, what.from->account, again});
    if (later_.size() == 1) {
        arm_timer();
    }
}

void receipt_sender::arm_timer() {
    if (later_.empty()) {
        return;
    }
    timer_.expires_at(later_.front().when);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            retry_due();
        }
    });
}

void receipt_sender::retry_due() {
    const auto now = std::chrono::steady_clock::now();
    while (!later_.empty() && later_.front().when <= now) {
        outbox& box = box_of(later_.front().account);
        box.waiting.push_front(later_.front().what);
        mark(box);
        later_.pop_front();
    }
    pump();
    arm_timer();
}

void receipt_sender::settle(const entry& what, bool acknowledged) {
    if (what.mo) {
        mobile_changed(what,
                       acknowledged ? mobile_record::fate::delivered : mobile_record::fate::failed);
        return;
    }
    if (!what.counted) {
        if (on_settled) {
            on_settled(what.id, what.noted);
        }
        return;
    }
    ++(acknowledged ? acknowledged_ : given_up_);
    record* r = store_.find_any(what.id);
    if (r == nullptr || r->receipts_due == 0) {
        return;
    }
    --r->receipts_due;
    if (session_info* session = acknowledged ? sessions_.find(r->session) : nullptr) {
        ++session->receipts;
    }
    if (on_settled) {
        on_settled(what.id, what.noted);
    }
    store_.settled(what.id);
}

void receipt_sender::clear() {
    for (auto& [account, box] : boxes_) {
        forget_mobiles(*box);
        box->waiting.clear();
    }
    for (const later& each : later_) {
        mobile_changed(each.what, mobile_record::fate::forgotten);
    }
    later_.clear();
    timer_.cancel();
}

void receipt_sender::clear(std::string_view account) {
    if (const auto found = boxes_.find(account); found != boxes_.end()) {
        forget_mobiles(*found->second);
        found->second->waiting.clear();
    }
    std::erase_if(later_, [&](const later& each) {
        if (each.account == account) {
            mobile_changed(each.what, mobile_record::fate::forgotten);
        }
        return each.account == account;
    });
}

std::size_t receipt_sender::waiting() const noexcept {
    std::size_t count = in_flight_.size() + later_.size();
    for (const auto& [account, box] : boxes_) {
        count += box->waiting.size();
    }
    return count;
}

}  // namespace mock_smsc
