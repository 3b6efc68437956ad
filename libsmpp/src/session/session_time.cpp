// The session core and time: its timers, and how a session ends.
#include "smpp/session/session_core.hpp"

namespace smpp {

std::optional<time_point> session_core::deadline() const {
    if (closing_ || state_ == session_state::closed) {
        return std::nullopt;
    }
    time_point next = timers_.next();
    if (const auto* oldest = window_.oldest();
        oldest != nullptr && options_.response_timer != duration::zero()) {
        next = std::min(next, oldest->sent + options_.response_timer);
    }
    return next == timers::never ? std::nullopt : std::optional(next);
}

void session_core::on_deadline(time_point now) {
    now_ = now;
    if (closing_ || state_ == session_state::closed) {
        return;
    }
    if (held_) {
        last_rx_ = now;  // whoever is not listened to is not silent
    }
    if (timers_.expired(timer::session_init, now)) {
        close(session_errc::bind_timeout);
    } else if (timers_.expired(timer::unbind, now)) {
        close({});  // a peer that does not answer unbind spoils nothing
    } else if (timers_.expired(timer::partial_pdu, now)) {
        close(session_errc::protocol_error);
    } else if (timers_.expired(timer::drain, now)) {
        begin_unbind(now);
    } else {
        expire_link_timers(now);
    }
}

void session_core::expire_link_timers(time_point now) {
    if (timers_.expired(timer::enquire_link_resp, now)) {
        timers_.stop(timer::enquire_link_resp);
        if (last_rx_ <= enquired_) {
            close(session_errc::link_dead);
            return;
        }
    }
    if (timers_.expired(timer::enquire_link, now)) {
        // Receiving only notes the time; whether the silence was long enough is seen here.
        if (last_rx_ + options_.enquire_link_timer <= now) {
            send_enquire_link(now);
        }
        timers_.start(timer::enquire_link, std::max(last_rx_, enquired_),
                      options_.enquire_link_timer);
    }
    if (timers_.expired(timer::inactivity, now)) {
        if (last_operation_ + options_.inactivity_timer <= now) {
            timers_.stop(timer::inactivity);
            close_reason_ = session_errc::inactivity;
            begin_unbind(now);
        } else {
            timers_.start(timer::inactivity, last_operation_, options_.inactivity_timer);
        }
    }
}

void session_core::send_enquire_link(time_point now) {
    const std::uint32_t number = window_.add(command_id::enquire_link, 0, false, now);
    note_sent(command_id::enquire_link);
    encode_header(tx_.prepare(header_size),
                  {header_size, command_id::enquire_link, command_status::ok, number});
    tx_.commit(header_size);
    ++counters_.pdus_out;
    enquired_ = now;
    if (!timers_.running(timer::enquire_link_resp)) {
        // Without a response timer a peer may take its time for requests, but not to be dead.
        const bool timed = options_.response_timer != duration::zero();
        timers_.start(timer::enquire_link_resp, now,
                      timed ? options_.response_timer : options_.enquire_link_timer);
    }
}

void session_core::watch_partial_pdu() {
    if (held_ || framer_.partial() == 0) {
        timers_.stop(timer::partial_pdu);
    } else if (frame_ended_ || !timers_.running(timer::partial_pdu)) {
        timers_.start(timer::partial_pdu, now_, options_.partial_pdu_timer);
    }
    frame_ended_ = false;
}

void session_core::hold_reading(bool held, time_point now) {
    if (held_ == held || closing_ || state_ == session_state::closed) {
        return;
    }
    held_ = held;
    now_ = last_rx_ = now;
    frame_ended_ = true;  // the rest of a PDU has all its time from when we read again
    watch_partial_pdu();
}

void session_core::shutdown(time_point now, duration drain) {
    if (closing_ || draining_ || state_ == session_state::closed) {
        return;
    }
    now_ = now;
    draining_ = true;
    if (!is_bound(state_)) {
        close({});
    } else if (drain == duration::zero()) {
        begin_unbind(now);
    } else {
        timers_.start(timer::drain, now, drain);
        unbind_when_drained();
    }
}

void session_core::unbind_when_drained() {
    if (draining_ && !unbinding_ && window_.in_flight() == 0 && unanswered_.size() == 0) {
        begin_unbind(now_);
    }
}

void session_core::begin_unbind(time_point now) {
    timers_.stop(timer::drain);
    draining_ = unbinding_ = true;
    const std::uint32_t number = window_.add(command_id::unbind, 0, false, now);
    note_sent(command_id::unbind);
    encode_header(tx_.prepare(header_size),
                  {header_size, command_id::unbind, command_status::ok, number});
    tx_.commit(header_size);
    ++counters_.pdus_out;
    timers_.start(timer::unbind, now, options_.unbind_timer);
}

void session_core::close(error_code why) {
    closing_ = true;
    if (!close_reason_) {
        close_reason_ = why;
    }
    timers_.stop_all();
}

void session_core::abort(error_code why) {
    if (state_ != session_state::closed) {
        close(why);
        state_ = session_state::closed;
    }
}

void session_core::on_closed(error_code why) {
    const bool orderly = closing_ || (unbinding_ && window_.in_flight() == 0);
    abort(orderly ? error_code() : why ? why : error_code(session_errc::connection_lost));
}

}  // namespace smpp
