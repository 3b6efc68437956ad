// Session core: the protocol of one session, for either side, without sockets, clocks, threads or
// callbacks. Octets and the time go in, events and octets come out.
//
//     core.rx_commit(n, now);                          // n octets were read into core.rx_prepare()
//     while (const event* e = core.poll()) { ... }     // what happened
//     write(core.tx());                                // what to send
//     sleep_until(core.deadline()); core.on_deadline(now);
//
// Calls that find nothing to do are harmless. Nothing throws for what the peer sends.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "smpp/codec.hpp"
#include "smpp/flat_queue.hpp"
#include "smpp/framer.hpp"
#include "smpp/session/events.hpp"
#include "smpp/session/options.hpp"
#include "smpp/session/state.hpp"
#include "smpp/session/timers.hpp"
#include "smpp/session/unanswered.hpp"
#include "smpp/session/window.hpp"

namespace smpp {

class session_core {
public:
    /// Connected at `now`. Starts session_init_timer.
    session_core(smpp::role role, const session_options& options, time_point now);

    // --- octets ---
    /// Where to put octets from the peer: at least `at_least`. Ends the validity of the last event.
    [[nodiscard]] std::span<std::uint8_t> rx_prepare(std::size_t at_least = 4096);
    void rx_commit(std::size_t n, time_point now);
    /// What is to be written: one contiguous block. The owner consumes what it has written.
    [[nodiscard]] flat_queue& tx() noexcept { return tx_; }
    /// The peer has closed, or the transport failed: what is pending fails with `connection_lost`,
    /// then `closed` comes. No error: the peer has closed in order.
    void on_closed(error_code why);
    /// The owner reads nothing for now, or reads again: what the peer does not send meanwhile is
    /// not held against it. Answers wait unread, too, and the response timer runs on.
    void hold_reading(bool held, time_point now);

    // --- requests and responses ---
    /// Queues a request; its outcome comes as one event with `token`, which is not 0. Error:
    /// nothing was queued (window_full, not_bound, closed, or the codec's, for what cannot or may
    /// not be sent, or not in the agreed version: see refusal()).
    template <request P>
    result<std::uint32_t> request(const P& body, std::uint64_t token, time_point now);
    /// Queues a PDU that has no response: alert_notification, outbind.
    template <pdu_type P>
    error_code notify(const P& body, time_point now);
    /// Answers a request of the peer; once, but who wants to misbehave may. A bind answered with ok
    /// makes the session bound. To a peer of 3.3 it goes without its TLVs.
    template <response P>
    error_code respond(std::uint32_t sequence_number, command_status status, const P& body);
    /// Gives a request up: it was sent, and its outcome stays unknown. No event comes for it.
    /// False: not pending.
    bool cancel(std::uint32_t sequence_number);

    /// Sees every PDU from the peer as it is taken from the stream, before its event. Empty: none.
    void set_frame_hook(std::function<void(octet_span frame)> hook) {
        frame_hook_ = std::move(hook);
    }
    /// Sees enquire_link and unbind of the peer before they are answered. True: the owner sees to
    /// them itself, and the session does nothing. Empty: it never does.
    void set_control_hook(std::function<bool(const header&)> hook) {
        control_hook_ = std::move(hook);
    }

    // --- events and time ---
    /// The next event; null when there is none now.
    [[nodiscard]] const event* poll();
    /// When on_deadline() wants to be called; empty: never. May change after every other call.
    [[nodiscard]] std::optional<time_point> deadline() const;
    void on_deadline(time_point now);

    // --- ending ---
    /// No new requests; waits up to `drain` for responses to the outstanding ones, of either side,
    /// then unbinds and closes.
    void shutdown(time_point now, duration drain = duration::zero());
    /// Ends at once: what is pending fails with connection_lost, then `closed` with `why` comes.
    void abort(error_code why);
    /// The owner shall write what is in tx() and then close the transport.
    [[nodiscard]] bool wants_close() const noexcept {
        return closing_ && state_ != session_state::closed;
    }

    // --- state ---
    /// Where and why the codec last refused what request(), notify() or respond() was to send.
    [[nodiscard]] const codec_failure& refusal() const noexcept { return refusal_; }
    [[nodiscard]] smpp::role role() const noexcept { return role_; }
    [[nodiscard]] session_state state() const noexcept { return state_; }
    [[nodiscard]] const session_counters& counters() const noexcept { return counters_; }
    [[nodiscard]] const session_options& options() const noexcept { return options_; }
    [[nodiscard]] std::uint32_t in_flight() const noexcept { return window_.in_flight(); }
    [[nodiscard]] bool window_full() const noexcept { return window_.full(); }
    /// Requests of the peer that wait for respond().
    [[nodiscard]] std::uint32_t unanswered() const noexcept { return unanswered_.size(); }
    /// What the peer speaks, from its bind or bind_resp. 3.3 until then and when it does not say.
    [[nodiscard]] interface_version peer_version() const noexcept { return peer_version_; }
    /// What both sides speak: the lower of what the ESME bound with and what the MC says, which
    /// counts as 3.4 where it says nothing. 5.0, that is all, before the bind.
    [[nodiscard]] interface_version agreed_version() const noexcept { return agreed_version_; }
    /// Why the session ended, once it is closed; no error: orderly.
    [[nodiscard]] const error_code& close_reason() const noexcept { return close_reason_; }
    void set_next_sequence_number(std::uint32_t number) noexcept { window_.set_next(number); }

private:
    template <pdu_type P>
    [[nodiscard]] measure_result measure_to_send(command_status status, const P& body) noexcept;
    [[nodiscard]] error_code may_request(command_id id, bool counted) const noexcept;
    error_code refuse_for_version(command_id id) noexcept;
    static bool is_control(command_id id) noexcept;
    [[nodiscard]] bool takes(command_id request) const noexcept;

    const event* next_event();
    bool on_frame(octet_span frame);
    bool on_response(octet_span frame);
    void on_own_control(const window::pending& own);
    bool on_request(octet_span frame);
    bool refuse(command_status status, const codec_failure& failure);
    bool forbidden();
    void on_framing_failure();
    bool fail_oldest(error_code why);
    void answer(command_id request, command_status status, std::uint32_t sequence_number);
    void become_bound(command_id bind, time_point now);
    void sent(command_id id, time_point now);
    void send_enquire_link(time_point now);
    void note_sent(command_id id);
    void note_failed(command_id id);
    void begin_unbind(time_point now);
    void unbind_when_drained();
    void close(error_code why);
    void watch_partial_pdu();
    void expire_link_timers(time_point now);

    smpp::role role_;
    session_options options_;
    session_state state_ = session_state::open;
    interface_version peer_version_ = interface_version::v3_3;
    interface_version agreed_version_ = interface_version::v5_0;
    interface_version bound_with_{};  ///< of our bind
    framer framer_;
    flat_queue tx_;
    window window_;
    timers timers_;
    session_counters counters_;
    time_point now_;
    time_point last_rx_;
    time_point last_operation_;
    time_point enquired_;
    pdu_view pdu_;
    event event_;
    command_id peer_bind_{};  ///< the peer's bind that waits for our answer
    std::uint32_t peer_bind_sequence_ = 0;
    smpp::unanswered unanswered_;
    bool held_ = false;  ///< the owner reads nothing
    bool draining_ = false;
    bool unbinding_ = false;
    bool frame_ended_ = false;  ///< a PDU was whole since the partial_pdu timer was started
    bool closing_ = false;
    bool closed_reported_ = false;
    error_code close_reason_;
    codec_failure refusal_{};
    std::function<void(octet_span)> frame_hook_;
    std::function<bool(const header&)> control_hook_;
};

template <pdu_type P>
measure_result session_core::measure_to_send(command_status status, const P& body) noexcept {
    // A vendor's are of no version. What an answer has beyond the peer's version it may ignore, and
    // no answer at all would be worse.
    constexpr bool of_all = !is_known(P::id) || is_response(P::id);
    const measure_result measured =
        options_.strict_sending
            ? validate(status, body, of_all ? interface_version::v5_0 : agreed_version_)
            : measure(status, body);
    if (measured.failure) [[unlikely]] {
        refusal_ = measured.failure;
    }
    return measured;
}

template <request P>
result<std::uint32_t> session_core::request(const P& body, std::uint64_t token, time_point now) {
    const bool counted = !is_control(P::id);
    if (const error_code refused = may_request(P::id, counted)) {
        return refused;
    }
    if (options_.strict_sending && !in_version(P::id, agreed_version_)) {
        return refuse_for_version(P::id);
    }
    const measure_result measured = measure_to_send(command_status::ok, body);
    if (measured.failure) {
        return error_code(measured.failure.code);
    }
    if constexpr (requires { body.interface_version; }) {
        bound_with_ = body.interface_version;
    }
    std::uint8_t* to = tx_.prepare(measured.size);  // before the window knows of it: this may throw
    const std::uint32_t number = window_.add(P::id, token, counted, now);
    encode_to(to, measured.size, command_status::ok, number, body);
    tx_.commit(measured.size);
    ++counters_.requests_sent;
    sent(P::id, now);
    if (options_.statistics) {
        note_sent(P::id);
    }
    return number;
}

template <pdu_type P>
error_code session_core::notify(const P& body, time_point now) {
    if (const error_code refused = may_request(P::id, false)) {
        return refused;
    }
    if (options_.strict_sending && !in_version(P::id, agreed_version_)) {
        return refuse_for_version(P::id);
    }
    const measure_result measured = measure_to_send(command_status::ok, body);
    if (measured.failure) {
        return measured.failure.code;
    }
    encode_to(tx_.prepare(measured.size), measured.size, command_status::ok, window_.take_number(),
              body);
    tx_.commit(measured.size);
    sent(P::id, now);
    return {};
}

template <response P>
error_code session_core::respond(std::uint32_t sequence_number, command_status status,
                                 const P& body) {
    if (closing_ || state_ == session_state::closed) {
        return session_errc::closed;
    }
    if constexpr (is_known(P::id) && requires { body.tlvs; }) {
        if (agreed_version_ < interface_version::v3_4 && options_.strict_sending &&
            !body.tlvs.empty()) [[unlikely]] {
            P without = body;
            without.tlvs = {};
            return respond(sequence_number, status, without);
        }
    }
    const measure_result measured = measure_to_send(status, body);
    if (measured.failure) {
        return measured.failure.code;
    }
    encode_to(tx_.prepare(measured.size), measured.size, status, sequence_number, body);
    tx_.commit(measured.size);
    ++counters_.pdus_out;
    unanswered_.remove(sequence_number);
    unbind_when_drained();
    if (peer_bind_ != command_id{} && P::id == response_of(peer_bind_) &&
        sequence_number == peer_bind_sequence_) {
        // Bound before the answer leaves: the peer may send the moment it has it.
        const command_id bind = peer_bind_;
        peer_bind_ = {};
        if (status == command_status::ok) {
            become_bound(bind, now_);
        }
    }
    return {};
}

}  // namespace smpp
