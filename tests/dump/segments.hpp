// IPv4 packets of one TCP connection, between 10.0.0.1:40000 (the client) and 10.0.0.2:9999.
#pragma once

#include <string>
#include <string_view>

#include "smpp-dump/analyser.hpp"
#include "smpp/octets.hpp"

namespace smpp_dump_test {

inline constexpr int fin = 0x01, syn = 0x02, ack = 0x10;

/// `known`: what the sender acknowledges, with the flag for that.
inline std::string tcp_packet(bool from_server, std::uint32_t seq, std::uint32_t known, int flags,
                              std::string_view payload) {
    std::string octets(40, '\0');
    auto* at = reinterpret_cast<std::uint8_t*>(octets.data());
    at[0] = 0x45;
    smpp::store_be<std::uint16_t>(at + 2, static_cast<std::uint16_t>(40 + payload.size()));
    at[8] = 64;
    at[9] = 6;
    smpp::store_be<std::uint32_t>(at + 12, from_server ? 0x0A000002U : 0x0A000001U);
    smpp::store_be<std::uint32_t>(at + 16, from_server ? 0x0A000001U : 0x0A000002U);
    smpp::store_be<std::uint16_t>(at + 20, from_server ? 9999 : 40000);
    smpp::store_be<std::uint16_t>(at + 22, from_server ? 40000 : 9999);
    smpp::store_be<std::uint32_t>(at + 24, seq);
    smpp::store_be<std::uint32_t>(at + 28, known);
    at[32] = 0x50;
    at[33] = static_cast<std::uint8_t>(flags);
    octets += payload;
    return octets;
}

/// As a capture of raw IP has it, so many milliseconds after 1970. REQUIRES: the octets outlive it.
inline smpp_dump::packet raw_ip(std::uint64_t frame, std::string_view octets) {
    smpp_dump::packet p;
    p.frame = frame;
    p.time = static_cast<std::int64_t>(frame) * 1'000'000;
    p.link_type = 101;
    p.wire_length = static_cast<std::uint32_t>(octets.size());
    p.octets = smpp::as_octets(octets);
    return p;
}

}  // namespace smpp_dump_test
