// The checksum of IP and TCP (RFC 1071).
#pragma once

#include <cstdint>

#include "smpp/octets.hpp"

namespace smpp::capture {

/// Sum of big-endian 16-bit words; a last odd octet counts as the high half. 64 KiB cannot
/// overflow it.
[[nodiscard]] inline std::uint32_t sum16(octet_span octets) noexcept {
    std::uint32_t sum = 0;
    std::size_t i = 0;
    for (; i + 1 < octets.size(); i += 2) {
        sum += load_be<std::uint16_t>(octets.data() + i);
    }
    if (i < octets.size()) {
        sum += static_cast<std::uint32_t>(octets[i]) << 8;
    }
    return sum;
}

/// The checksum field for a sum.
[[nodiscard]] inline std::uint16_t fold(std::uint32_t sum) noexcept {
    while (sum >> 16 != 0) {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace smpp::capture
