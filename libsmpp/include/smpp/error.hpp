// Errors: a code says what, its category says who means it.
//
//   smpp.codec    octets that are no PDU, or a PDU that has no octets (codec_errc)
//   smpp.session  what happened to a session or a request (session_errc)
//   smpp.status   what the peer answered (command_status, see command_status.hpp)
//
//     if (ec == smpp::session_errc::response_timeout) { ... }
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <type_traits>

namespace smpp {

using error_code = boost::system::error_code;
template <class T>
using result = boost::system::result<T>;

enum class codec_errc : std::uint8_t {
    none = 0,
    invalid_command_length,  ///< below 16, above the limit, or not the length of the octets at hand
    unknown_command_id,      ///< no PDU of the specification has this number
    truncated,               ///< the body ends inside a field
    missing_terminator,      ///< a C-octet string without its NUL
    too_long,                ///< a field exceeds its maximum
    embedded_nul,            ///< a NUL inside a C-octet string to be sent
    invalid_time,            ///< neither empty nor 16 characters; to be sent: no time there is
    invalid_value,       ///< a value that decides the layout is none of the known ones (dest_flag)
    invalid_tlv_stream,  ///< octets after the last TLV, or a TLV that ends beyond the PDU
    trailing_octets,     ///< octets after the last field of a PDU that carries no TLVs
    too_many,            ///< more list elements than the count field can say
    // Only what is to be sent is refused for these, see validate().
    too_few,             ///< a list without an element that must have one
    not_ascii,           ///< a C-octet string with octets above 127
    reserved_tag,        ///< TLV tag 0
    invalid_tlv_length,  ///< shorter or longer than this TLV may be
    missing_tlv,         ///< without a TLV that the PDU, or another of its TLVs, needs
    both_texts,          ///< a text in short_message and one in message_payload
    missing_udh,         ///< esm_class announces a user data header, and the text has none
    sar_with_udh,        ///< sar_* TLVs beside a user data header
    not_in_version,      ///< the SMPP version that the session speaks has no such command or TLV
};

enum class session_errc : std::uint8_t {
    none = 0,
    window_full,       ///< as many requests outstanding as the window allows
    response_timeout,  ///< sent, and no response in time: the outcome is unknown
    not_bound,         ///< this operation is not allowed in the present state; nothing was sent
    bind_refused,      ///< the peer answered the bind with an error status
    link_dead,         ///< enquire_link stayed without answer
    write_timeout,     ///< the peer takes nothing of what is written to it
    closed,            ///< the session is closed; the request was never sent
    connection_lost,   ///< the connection ended after the request was sent: the outcome is unknown
    protocol_error,    ///< the peer sent what no SMPP session can go on after
    unexpected_response,  ///< a response of another operation answered the request
    bind_timeout,         ///< connected, and no bind (or bind response) in time
    inactivity,           ///< no operation for as long as the inactivity timer allows
    cancelled,            ///< cancelled by the caller; if it was sent the outcome is unknown
    not_smpp,             ///< the peer speaks another protocol (HTTP, TLS, ...)
    queue_timeout,        ///< waited too long for room in the window; it was never sent
};

[[nodiscard]] const boost::system::error_category& codec_category() noexcept;
[[nodiscard]] const boost::system::error_category& session_category() noexcept;

[[nodiscard]] inline error_code make_error_code(codec_errc code) noexcept {
    return {static_cast<int>(code), codec_category()};
}
[[nodiscard]] inline error_code make_error_code(session_errc code) noexcept {
    return {static_cast<int>(code), session_category()};
}

}  // namespace smpp

template <>
struct boost::system::is_error_code_enum<smpp::codec_errc> : std::true_type {};
template <>
struct boost::system::is_error_code_enum<smpp::session_errc> : std::true_type {};
