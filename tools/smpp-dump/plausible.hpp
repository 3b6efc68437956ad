// Whether octets may be the header of a PDU: how PDUs are told from other octets.
#pragma once

#include "smpp/codec.hpp"

namespace smpp_dump {

/// Longest PDU that is believed: a message_payload of 64 KiB beside 255 destinations fits.
inline constexpr std::uint32_t max_pdu_length = 1U << 17;

/// Longest PDU of a command that is believed. Much longer ones are octets that only look like it.
[[nodiscard]] std::uint32_t believable_length(smpp::command_id id) noexcept;

/// For the place where a PDU must begin: unknown and vendor commands pass as well.
[[nodiscard]] bool may_be_header(const smpp::header& head) noexcept;

/// For a place where a PDU might begin: a known command, a status and a length that it can have.
[[nodiscard]] bool looks_like_header(const smpp::header& head) noexcept;

/// As peers send them, beyond what they may: a request has no status, numbers have 31 bits.
[[nodiscard]] bool is_usual(const smpp::header& head) noexcept;

/// For a whole PDU in the middle of anything: its body must fit its header as well.
/// REQUIRES: `frame` is command_length octets.
[[nodiscard]] bool looks_like_pdu(smpp::octet_span frame) noexcept;

}  // namespace smpp_dump
