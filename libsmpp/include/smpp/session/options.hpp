// Limits and timers of a session. The defaults suit a client or a server on the open Internet.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "smpp/codec.hpp"

namespace smpp {

class session_statistics;

using session_clock = std::chrono::steady_clock;
using time_point = session_clock::time_point;
using duration = session_clock::duration;

/// Timers: zero switches one off. Names are the specification's where it has one (3.4: 2.7, 7.2).
struct session_options {
    std::uint32_t window = 10;  ///< own requests outstanding at most, 1..32768; beyond: the nearest
    duration response_timer =
        std::chrono::seconds(10);  ///< a request unanswered for so long has failed
    duration session_init_timer = std::chrono::seconds(10);  ///< connected, and still not bound
    duration enquire_link_timer =
        std::chrono::seconds(30);  ///< silence after which the peer is asked for life; it has
                                   ///< response_timer to answer, or as long again without one
    duration inactivity_timer = duration::zero();     ///< bound, and no message either way: unbind
    duration unbind_timer = std::chrono::seconds(5);  ///< wait for unbind_resp, then close
    duration partial_pdu_timer = std::chrono::seconds(10);  ///< a PDU begun must be whole by then

    std::size_t max_pdu_size = 70'000;        ///< message_payload may hold 65535 octets
    std::size_t max_unbound_pdu_size = 1024;  ///< before the bind a peer has no credit
    std::uint32_t max_violations =
        5;  ///< requests that the state forbids, before the session is closed
    decode_mode decoding = decode_mode::lenient;
    /// Nothing is sent that validate() refuses, or that the version of the session does not have.
    /// False: all that has octets, for a peer that is to misbehave, or whose own peer wants what
    /// the specification forbids.
    bool strict_sending = true;
    /// Requests that no specification has and that are taken all the same, in the bound states:
    /// they come as unknown_pdu, or as the PDU that decode_body() makes of the event's frame.
    /// Others are answered with ESME_RINVCMDID.
    std::vector<command_id> vendor_commands{};
    /// Null: none are kept, and nothing is spent on them. Sessions of one executor may share one.
    std::shared_ptr<session_statistics> statistics{};
};

}  // namespace smpp
