#include "smpp/session/session_core.hpp"

#include "smpp/session/statistics.hpp"

namespace smpp {

session_core::session_core(smpp::role role, const session_options& options, time_point now)
    : role_(role),
      options_(options),
      framer_(options.max_unbound_pdu_size),
      window_(options.window),
      now_(now),
      last_rx_(now),
      last_operation_(now) {
    timers_.start(timer::session_init, now, options_.session_init_timer);
}

std::span<std::uint8_t> session_core::rx_prepare(std::size_t at_least) {
    std::uint8_t* to = framer_.prepare(at_least);
    return {to, framer_.writable()};
}

void session_core::rx_commit(std::size_t n, time_point now) {
    framer_.commit(n);
    counters_.octets_in += n;
    now_ = last_rx_ = now;
}

bool session_core::is_control(command_id id) noexcept {
    switch (id) {
        case command_id::bind_receiver:
        case command_id::bind_transmitter:
        case command_id::bind_transceiver:
        case command_id::unbind:
        case command_id::enquire_link: return true;
        default: return false;
    }
}

bool session_core::takes(command_id request) const noexcept {
    return is_known(request) ||
           std::find(options_.vendor_commands.begin(), options_.vendor_commands.end(), request) !=
               options_.vendor_commands.end();
}

error_code session_core::may_request(command_id id, bool counted) const noexcept {
    if (closing_ || draining_ || state_ == session_state::closed) {
        return session_errc::closed;
    }
    if (!may_send(role_, id, state_)) {
        return session_errc::not_bound;
    }
    if (counted && window_.full()) {
        return session_errc::window_full;
    }
    return {};
}

error_code session_core::refuse_for_version(command_id id) noexcept {
    refusal_ = {codec_errc::not_in_version, name(id).data(), 4};
    return refusal_.code;
}

bool session_core::cancel(std::uint32_t sequence_number) {
    window::pending gone;
    if (!window_.abandon(sequence_number, gone)) {
        return false;
    }
    note_failed(gone.id);
    return true;
}

void session_core::note_sent(command_id id) {
    if (options_.statistics) {
        options_.statistics->on_sent(id, window_.in_flight());
    }
}

void session_core::note_failed(command_id id) {
    if (options_.statistics) {
        options_.statistics->on_failed(id);
    }
}

void session_core::sent(command_id id, time_point now) {
    now_ = now;
    ++counters_.pdus_out;
    if (!is_control(id)) {
        last_operation_ = now;
    }
    if (id == command_id::outbind) {
        state_ = session_state::outbound;
    }
}

const event* session_core::poll() {
    const event* next = next_event();
    if (next != nullptr && next->type == event_type::closed) {
        closed_reported_ = true;
    }
    return next;
}

const event* session_core::next_event() {
    if (closed_reported_) {
        return nullptr;
    }
    event_ = {};
    if (state_ == session_state::closed) {
        if (!fail_oldest(session_errc::connection_lost)) {
            event_.type = event_type::closed;
            event_.error = close_reason_;
        }
        return &event_;
    }
    if (const auto* oldest = window_.oldest(); oldest != nullptr &&
                                               options_.response_timer != duration::zero() &&
                                               oldest->sent + options_.response_timer <= now_ &&
                                               fail_oldest(session_errc::response_timeout)) {
        return &event_;
    }
    while (!closing_) {
        const octet_span frame = framer_.next();
        if (frame.empty()) {
            break;
        }
        frame_ended_ = true;
        if (on_frame(frame)) {
            return &event_;
        }
    }
    if (!closing_ && framer_.failure() != codec_errc::none) {
        on_framing_failure();
        return &event_;
    }
    watch_partial_pdu();
    return nullptr;
}

bool session_core::fail_oldest(error_code why) {
    while (const auto* oldest = window_.oldest()) {
        window::pending gone;
        window_.abandon(oldest->sequence_number, gone);
        note_failed(gone.id);
        counters_.timeouts += why == session_errc::response_timeout ? 1U : 0U;
        if (gone.token != 0) {
            event_.type = event_type::request_failed;
            event_.header = {0, gone.id, command_status::ok, gone.sequence_number};
            event_.token = gone.token;
            event_.error = why;
            return true;
        }
        if (why == session_errc::response_timeout) {
            break;  // one of the session's own: its timer decides
        }
    }
    return false;
}

bool session_core::on_frame(octet_span frame) {
    ++counters_.pdus_in;
    if (frame_hook_) {
        frame_hook_(frame);
    }
    event_.header = decode_header(frame);
    event_.frame = frame;
    return is_response(event_.header.id) ? on_response(frame) : on_request(frame);
}

bool session_core::on_response(octet_span frame) {
    window::pending own;
    switch (window_.take(event_.header.sequence_number, own)) {
        case window::match::abandoned: ++counters_.late_responses; return false;
        case window::match::unknown:
            ++counters_.unsolicited_responses;
            event_.type = event_type::nacked;
            return event_.header.id == command_id::generic_nack;
        case window::match::pending: break;
    }
    ++counters_.responses_received;
    event_.token = own.token;
    event_.latency = now_ - own.sent;
    if (event_.header.id != response_of(own.id) && event_.header.id != command_id::generic_nack) {
        event_.type = event_type::request_failed;
        event_.error = session_errc::unexpected_response;
        note_failed(own.id);
    } else {
        if (options_.statistics) {
            options_.statistics->on_answer(
                own.id, event_.header.status,
                std::chrono::duration_cast<std::chrono::nanoseconds>(event_.latency).count());
        }
        // What is wrong with the body does not change the outcome, which is the status.
        event_.failure = decode(frame, decode_mode::lenient, pdu_);
        event_.type = event_type::response;
        event_.body = &pdu_.body;
        event_.error = event_.failure ? error_code(event_.failure.code) : error_code();
        if (is_control(own.id)) {
            on_own_control(own);
        }
    }
    unbind_when_drained();
    return own.token != 0;
}

void session_core::on_own_control(const window::pending& own) {
    if (own.id == command_id::unbind) {
        close({});
    } else if (own.id == command_id::enquire_link) {
        timers_.stop(timer::enquire_link_resp);
    } else if (event_.header.status == command_status::ok &&
               event_.header.id != command_id::generic_nack) {
        std::visit(
            [this](const auto& body) {
                if constexpr (requires { body.tlvs; }) {
                    const auto version = body.tlvs.get(tlv::sc_interface_version);
                    peer_version_ = version ? interface_version(*version) : interface_version::v3_3;
                    // Many that speak 3.4 do not say so.
                    agreed_version_ =
                        std::min(bound_with_, version ? peer_version_ : interface_version::v3_4);
                }
            },
            pdu_.body);
        become_bound(own.id, now_);
    }
}

void session_core::become_bound(command_id bind, time_point now) {
    state_ = bind == command_id::bind_transmitter ? session_state::bound_tx
             : bind == command_id::bind_receiver  ? session_state::bound_rx
                                                  : session_state::bound_trx;
    framer_.set_max_pdu_size(options_.max_pdu_size);
    timers_.stop(timer::session_init);
    timers_.start(timer::enquire_link, now, options_.enquire_link_timer);
    timers_.start(timer::inactivity, now, options_.inactivity_timer);
    last_operation_ = now;
}

bool session_core::on_request(octet_span frame) {
    const header& head = event_.header;
    const bool control = head.id == command_id::enquire_link || head.id == command_id::unbind;
    if (control && control_hook_ && control_hook_(head)) {
        return false;
    }
    if (head.id == command_id::enquire_link) {
        answer(head.id, command_status::ok, head.sequence_number);
        return false;
    }
    if (head.id == command_id::unbind) {
        answer(head.id, command_status::ok, head.sequence_number);
        event_.type = event_type::peer_unbind;
        state_ = session_state::unbound;
        close({});
        return true;
    }
    if (!takes(head.id)) {
        return refuse(command_status::invalid_command_id,
                      {codec_errc::unknown_command_id, "command_id", 4});
    }
    const auto peer = role_ == role::esme ? role::mc : role::esme;
    if (!may_send(peer, head.id, state_) || peer_bind_ != command_id{}) {
        return forbidden();
    }
    if (const codec_failure failure = decode(frame, options_.decoding, pdu_)) {
        return refuse(answer_for(failure, head.id), failure);
    }
    if (options_.statistics) {
        options_.statistics->on_received(head.id);
    }
    last_operation_ = now_;
    event_.type = event_type::request;
    event_.body = &pdu_.body;
    if (head.id == command_id::outbind) {
        state_ = session_state::outbound;
    } else if (head.id != command_id::alert_notification) {
        unanswered_.add(head.sequence_number);
    }
    if (is_control(head.id)) {
        peer_bind_ = head.id;
        peer_bind_sequence_ = head.sequence_number;
        std::visit(
            [this](const auto& body) {
                if constexpr (requires { body.interface_version; }) {
                    peer_version_ = agreed_version_ = body.interface_version;
                }
            },
            pdu_.body);
    }
    return true;
}

bool session_core::forbidden() {
    ++counters_.violations;
    const bool second_bind =
        is_control(event_.header.id) && (is_bound(state_) || peer_bind_ != command_id{});
    refuse(second_bind ? command_status::already_bound : command_status::invalid_bind_status, {});
    event_.error = session_errc::not_bound;
    if (counters_.violations >= options_.max_violations) {
        close(session_errc::protocol_error);
    }
    return true;
}

bool session_core::refuse(command_status status, const codec_failure& failure) {
    ++counters_.bad_pdus;
    const command_id id = event_.header.id;
    event_.type = event_type::bad_pdu;
    event_.failure = failure;
    event_.error = failure ? error_code(failure.code) : error_code();
    if (id != command_id::alert_notification && id != command_id::outbind) {
        answer(id, status, event_.header.sequence_number);
    }
    return true;
}

void session_core::answer(command_id request, command_status status,
                          std::uint32_t sequence_number) {
    // Status only: each response of the table is its header when the status is an error, and so are
    // those that have no fields. A number without a row has no response of its own.
    const command_id id = takes(request) ? response_of(request) : command_id::generic_nack;
    encode_header(tx_.prepare(header_size), {header_size, id, status, sequence_number});
    tx_.commit(header_size);
    ++counters_.pdus_out;
}

void session_core::on_framing_failure() {
    ++counters_.bad_pdus;
    const octet_span rest = framer_.rest();
    event_.type = event_type::bad_pdu;
    event_.frame = rest.first(std::min<std::size_t>(rest.size(), header_size));
    event_.failure = {codec_errc::invalid_command_length, "command_length", 0};
    event_.error = event_.failure.code;
    if (other_protocol(rest) != nullptr) {
        close(session_errc::not_smpp);
        return;
    }
    // Where the header is there its number is given back; the length it claims cannot be trusted to
    // find the next.
    const bool whole = rest.size() >= header_size;
    event_.header = whole ? decode_header(rest) : header{};
    if (!is_response(event_.header.id)) {
        answer(command_id{}, command_status::invalid_command_length, event_.header.sequence_number);
    }
    close(session_errc::protocol_error);
}

}  // namespace smpp
