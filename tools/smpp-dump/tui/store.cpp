#include "smpp-dump/tui/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/live/bind_words.hpp"

namespace smpp_dump::tui {
namespace {

bool is_bad(const record& r) noexcept {
    return r.failure || r.frame.kind != frame_kind::whole ||
           (smpp::is_response(r.pdu.header.id) && r.pdu.header.status != smpp::command_status::ok);
}

bool is_bind(smpp::command_id request) noexcept {
    return request == smpp::command_id::bind_transmitter ||
           request == smpp::command_id::bind_receiver ||
           request == smpp::command_id::bind_transceiver;
}

std::string bind_outcome(smpp::command_id request, smpp::command_status status) {
    return status == smpp::command_status::ok
               ? fmt::format("bound {}", request == smpp::command_id::bind_transmitter ? "TX"
                                         : request == smpp::command_id::bind_receiver  ? "RX"
                                                                                       : "TRX")
               : fmt::format("bind refused: {}", name_or_number(status));
}

bool waits_for_answer(smpp::command_id id) noexcept {
    return !smpp::is_response(id) && id != smpp::command_id::outbind &&
           id != smpp::command_id::alert_notification;
}

}  // namespace

void store::add(const record& r) {
    kept_session& of = sessions_[r.session->number];
    if (of.pdus == 0) {
        of.first_time = r.frame.last.time;
    }
    of.last_time = r.frame.last.time;
    of.about = *r.session;
    ++changes_;
    judge(of, r);
    const bool wanted = !paused_ && (!filter_ || filter_->matches(r));
    kept_pdu& made = pdus_.emplace_back();
    made.id = next_id_++;
    made.session = r.session->number;
    made.from_client = r.from_client;
    made.bad = is_bad(r);
    made.fault = r.fault;
    made.frame = r.frame;
    made.octets = smpp::as_text(masked_octets(r, options_.show_secrets));
    made.frame.octets = smpp::as_octets(made.octets);
    made.request = r.request;
    octets_ += made.octets.size();
    ++of.kept;
    if (wanted) {
        of.wanted.push_back(made.id);
    }
    make_room();
}

/// What the session has come to with this PDU.
void store::judge(kept_session& of, const record& r) {
    ++of.pdus;
    of.bad += is_bad(r) ? 1U : 0U;
    if (r.frame.kind == frame_kind::garbage) {
        if (of.outcome.empty()) {
            of.outcome = looks_like_tls(r.frame.octets) ? "TLS, not plain SMPP" : "no SMPP";
        }
        return;
    }
    const smpp::header& head = r.pdu.header;
    of.unanswered += r.request ? -1 : waits_for_answer(head.id) ? 1 : 0;
    const bool bound = of.outcome.starts_with("bound");  // another bind changes nothing
    if (is_bind(head.id)) {
        of.outcome = bound ? of.outcome : "bind not answered";
    } else if (smpp::is_response(head.id) && r.request && is_bind(r.request->id) && !bound) {
        of.outcome = bind_outcome(r.request->id, head.status);
    } else if (head.id == smpp::command_id::unbind_resp) {
        of.outcome = "unbound";
    }
}

/// One that failed before its first PDU is seen here for the first time.
void store::end(const session& s) {
    if (!s.failed && find(s.number) == nullptr) {
        return;
    }
    ++changes_;
    kept_session& of = sessions_[s.number];
    of.about = s;
    of.ended = true;
    of.first_time = of.pdus == 0 ? s.ended_at : of.first_time;
    of.last_time = std::max(of.last_time, s.ended_at);
    make_room();
}

const kept_session* store::find(std::uint32_t number) const {
    const auto at = sessions_.find(number);
    return at == sessions_.end() ? nullptr : &at->second;
}

const kept_pdu* store::find_pdu(std::uint64_t id) const noexcept {
    if (pdus_.empty() || id < pdus_.front().id || id > pdus_.back().id) {
        return nullptr;
    }
    return &pdus_[id - pdus_.front().id];
}

record store::again(const kept_pdu& pdu) const {
    record r;
    r.session = &sessions_.at(pdu.session).about;
    r.from_client = pdu.from_client;
    r.frame = pdu.frame;
    r.request = pdu.request;
    r.fault = pdu.fault;
    if (r.frame.kind != frame_kind::garbage) {
        r.pdu.header = smpp::decode_header(r.frame.octets);
    }
    if (r.frame.kind == frame_kind::whole) {
        r.failure = smpp::decode(r.frame.octets, smpp::decode_mode::lenient, r.pdu, &r.deviations);
    }
    return r;
}

void store::set_filter(std::optional<filter> wanted, std::string text) {
    filter_ = std::move(wanted);
    filter_text_ = std::move(text);
    sift();
}

void store::pause(bool on) {
    halt_ = next_id_;
    paused_ = on;
    ++changes_;
    if (!on) {
        sift();
    }
}

void store::sift() {
    ++changes_;
    for (auto& [number, each] : sessions_) {
        each.wanted.clear();
    }
    for (const kept_pdu& each : pdus_) {
        if ((!paused_ || each.id < halt_) && (!filter_ || filter_->matches(again(each)))) {
            sessions_.at(each.session).wanted.push_back(each.id);
        }
    }
}

void store::clear() {
    ++changes_;
    pdus_.clear();
    sessions_.clear();
    octets_ = 0;
}

void store::make_room() {
    while (pdus_.size() > 1 && (pdus_.size() > most_.pdus || octets_ > most_.octets)) {
        drop_oldest();
    }
    if (sessions_.size() > most_.sessions) {
        drop_sessions();
    }
}

void store::drop_oldest() {
    const kept_pdu& oldest = pdus_.front();
    const auto at = sessions_.find(oldest.session);
    std::deque<std::uint64_t>& wanted = at->second.wanted;
    if (!wanted.empty() && wanted.front() == oldest.id) {
        wanted.pop_front();
    }
    octets_ -= oldest.octets.size();
    if (--at->second.kept == 0 && at->second.ended) {
        sessions_.erase(at);
    }
    pdus_.pop_front();
}

/// Too many sessions of few PDUs: the oldest without any go, then the oldest PDUs until enough
/// sessions have none left. A session that is open but silent goes too, and comes back with its
/// next PDU. A tenth at once, as looking for them takes time.
void store::drop_sessions() {
    const std::size_t enough = most_.sessions - most_.sessions / 10;
    for (auto at = sessions_.begin(); at != sessions_.end() && sessions_.size() > enough;) {
        at = at->second.kept == 0 ? sessions_.erase(at) : std::next(at);
    }
    while (sessions_.size() > enough && pdus_.size() > 1) {
        const std::uint32_t number = pdus_.front().session;
        drop_oldest();
        if (const auto at = sessions_.find(number); at != sessions_.end() && at->second.kept == 0) {
            sessions_.erase(at);
        }
    }
}

}  // namespace smpp_dump::tui
