// Address and port of one end of a connection, comparable, hashable, printable.
//
//     smpp_dump::to_string(end)       // "10.0.0.1:2775", "[::1]:2775"
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>

namespace smpp_dump {

/// IPv4 addresses are kept in the first four octets.
struct ip_address {
    std::array<std::uint8_t, 16> octets{};
    bool v6 = false;

    friend bool operator==(const ip_address&, const ip_address&) = default;
    friend auto operator<=>(const ip_address&, const ip_address&) = default;
};

struct end_point {
    ip_address address{};
    std::uint16_t port = 0;

    friend bool operator==(const end_point&, const end_point&) = default;
    friend auto operator<=>(const end_point&, const end_point&) = default;
};

[[nodiscard]] std::string to_string(const ip_address& address);
[[nodiscard]] std::string to_string(const end_point& end);

[[nodiscard]] inline std::size_t hash_value(const end_point& end) noexcept {
    std::uint64_t halves[2];
    std::memcpy(halves, end.address.octets.data(), sizeof halves);
    std::uint64_t mixed = (halves[0] ^ end.port) * 0x9E3779B97F4A7C15U;
    mixed ^= mixed >> 29;
    mixed = (mixed ^ halves[1]) * 0xBF58476D1CE4E5B9U;
    return mixed ^ mixed >> 32;
}

}  // namespace smpp_dump
