// What the outputs get: one PDU (or piece of garbage) with where it was, what it says and what it
// answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "smpp-dump/address.hpp"
#include "smpp-dump/pdu_stream.hpp"
#include "smpp/codec.hpp"

namespace smpp_dump {

/// One TCP connection that speaks SMPP.
struct session {
    std::uint32_t number = 0;  ///< from 1, in the order of their first PDU
    end_point client{};        ///< the ESME, as far as can be told
    end_point server{};
    std::string client_name{};  ///< "10.0.0.1:20000"
    std::string server_name{};
    std::string system_id{};   ///< of the last bind
    std::uint32_t stream = 0;  ///< which of the capture's TCP connections it is, from 0
    // Known at its end:
    /// Who ended the connection first; empty: its end was not seen.
    std::optional<bool> closed_by_client{};
    std::string ending{};       ///< how it came to it, in words; empty: nothing is to be said
    std::int64_t ended_at = 0;  ///< when its last packet passed
    bool failed = false;        ///< it has no PDU: nobody understood the other, or nobody was there
};

/// Binds tell whose session it is.
void remember_account(session& of, const smpp::body_view& body);

/// The request that a response answers.
struct matched_request {
    std::int64_t time = 0;
    std::uint64_t frame = 0;
    smpp::command_id id{};
};

/// What is wrong with a response, seen from the requests.
enum class answer_fault : std::uint8_t {
    none,
    late,         ///< it took longer than anybody waits
    duplicate,    ///< the request has its response already
    unsolicited,  ///< there was no such request
    mismatched,   ///< the request is of another command
};

struct answer {
    answer_fault fault = answer_fault::none;
    std::optional<matched_request> request{};
};

struct record {
    const smpp_dump::session* session = nullptr;
    bool from_client = true;
    stream_frame frame{};

    smpp::pdu_view pdu{};           ///< header alone when truncated; not set for garbage
    smpp::codec_failure failure{};  ///< why the body could not be read to its end
    smpp::deviations deviations{};  ///< what else the specification does not allow
    std::optional<matched_request> request{};
    answer_fault fault = answer_fault::none;
    std::string_view whole_text{};  ///< of the long message that this PDU completes
    bool answered = false;          ///< known where the filter asks for it

    [[nodiscard]] const std::string& source() const noexcept {
        return from_client ? session->client_name : session->server_name;
    }
    [[nodiscard]] const std::string& destination() const noexcept {
        return from_client ? session->server_name : session->client_name;
    }
};

class record_sink {
public:
    virtual ~record_sink() = default;
    /// What `r` points to is valid during the call.
    virtual void on_record(const record& r) = 0;
    /// The session's connection has ended.
    virtual void on_session_end(const session&) {}
};

}  // namespace smpp_dump
