// What a session tells its owner: one event at a time, from session_core::poll().
#pragma once

#include <cstdint>

#include "smpp/codec.hpp"
#include "smpp/session/options.hpp"

namespace smpp {

enum class event_type : std::uint8_t {
    request,   ///< the peer asks; answer with respond() under its sequence_number (alerts and
               ///< outbind have no answer)
    response,  ///< an own request was answered, with whatever status; `error` is set when the body
               ///< is unreadable
    request_failed,  ///< an own request ends without a response; `error` says how
    bad_pdu,      ///< the peer sent what could not be taken; it was answered; the session goes on
    nacked,       ///< a generic_nack that belongs to no request
    peer_unbind,  ///< the peer wants to end; it was answered
    closed,       ///< the end, the last event; `error` says why (none: orderly unbind)
};

/// Valid until the next call of poll() or rx_prepare().
struct event {
    event_type type{};
    smpp::header header{};            ///< of the PDU that caused it, where one did
    const body_view* body = nullptr;  ///< request, response: the decoded PDU, in the read buffer
    octet_span frame{};               ///< its octets
    std::uint64_t token = 0;          ///< response, request_failed: what the request was sent with
    duration latency{};               ///< response: from request to response
    error_code error{};
    codec_failure failure{};  ///< bad_pdu: which field and where
};

/// What happened on a session so far.
struct session_counters {
    std::uint64_t pdus_in = 0;
    std::uint64_t pdus_out = 0;
    std::uint64_t octets_in = 0;
    std::uint64_t octets_out = 0;
    std::uint64_t requests_sent = 0;
    std::uint64_t responses_received = 0;
    std::uint64_t timeouts = 0;
    std::uint64_t late_responses = 0;         ///< after the response timer or a cancellation
    std::uint64_t unsolicited_responses = 0;  ///< that answer nothing we asked
    std::uint64_t bad_pdus = 0;
    std::uint64_t violations = 0;  ///< requests that the state forbids
};

}  // namespace smpp
