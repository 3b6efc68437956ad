// IP headers: addresses, protocol, payload, fragments; and TCP headers.
//
//     smpp_dump::ip_packet ip;
//     smpp_dump::tcp_segment tcp;
//     if (parse_ip(octets, ip) && ip.protocol == 6 && parse_tcp(ip, tcp)) { use(tcp.payload); }
#pragma once

#include <cstdint>

#include "smpp-dump/address.hpp"
#include "smpp/octets.hpp"

namespace smpp_dump {

struct ip_packet {
    ip_address source{};
    ip_address destination{};
    std::uint8_t protocol = 0;
    smpp::octet_span payload{};   ///< as far as it was captured
    std::size_t wire_length = 0;  ///< of the payload; longer than it when the snap length cut it

    bool fragment = false;
    bool more_fragments = false;
    std::uint32_t fragment_id = 0;
    std::size_t fragment_offset = 0;
};

/// Follows IPv6 extension headers, and IP in IP. False: no IP, or cut inside the headers.
[[nodiscard]] bool parse_ip(smpp::octet_span octets, ip_packet& out) noexcept;

/// Moves the payload behind IPv6 extension headers, up to the header of a fragment. False: cut
/// inside one of them.
[[nodiscard]] bool skip_extension_headers(ip_packet& ip) noexcept;

inline constexpr std::uint8_t protocol_tcp = 6;

struct tcp_segment {
    end_point source{};
    end_point destination{};
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    bool fin = false;
    bool syn = false;
    bool rst = false;
    bool has_ack = false;
    smpp::octet_span payload{};
    std::size_t cut = 0;  ///< octets of the payload that the snap length took away
};

/// REQUIRES: a whole packet, no fragment. False: no TCP, or cut inside the header.
[[nodiscard]] bool parse_tcp(const ip_packet& ip, tcp_segment& out) noexcept;

}  // namespace smpp_dump
