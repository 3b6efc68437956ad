// Link layer: finds the IP packet in a frame.
//
//     auto found = smpp_dump::find_ip(packet.link_type, packet.octets);
//     if (found.what == smpp_dump::link_result::ip) { use(found.ip); }
#pragma once

#include <cstdint>
#include <string>

#include "smpp/octets.hpp"

namespace smpp_dump {

enum class link_result : std::uint8_t {
    ip,
    other,        ///< ARP, cut too short, ...: nothing to see
    unsupported,  ///< this link type is not known here
};

struct link_payload {
    link_result what = link_result::other;
    smpp::octet_span ip{};  ///< from the first octet of the IP header to the end of the frame
};

/// `link_type` as in https://www.tcpdump.org/linktypes.html
[[nodiscard]] link_payload find_ip(std::uint32_t link_type, smpp::octet_span frame) noexcept;

/// "147 (DLT_USER0)"; the number alone when it has no well-known name.
[[nodiscard]] std::string link_type_name(std::uint32_t link_type);

/// For error messages: the link types that find_ip knows.
inline constexpr const char* supported_link_types =
    "Ethernet, Linux cooked (SLL, SLL2), NULL, LOOP, raw IP, PPP";

}  // namespace smpp_dump
