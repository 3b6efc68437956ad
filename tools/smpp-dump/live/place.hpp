// Where to listen or to connect: "127.0.0.1:2776", "tls:[::1]:3550", "smpps://user:pass@host:3550".
//
//     const auto place = smpp_dump::parse_place("smpps://user@smsc.example.com", "--check");
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smpp_dump {

struct place {
    bool tls = false;
    std::string host{};  ///< IPv6 without brackets
    std::uint16_t port = 0;
    std::string user{};
    std::string password{};
    std::string system_type{};
    std::string bind{"tx"};       ///< tx, rx or trx
    std::uint8_t version = 0x34;  ///< interface_version of the bind
    bool verify = true;           ///< the query says verify=no
    std::string ca_file{};        ///< the query says ca=FILE
};

/// Prefixes are plain:, tls:, smpp:// and smpps://; without a port 2775 or, with TLS, 3550. Throws
/// usage_error, which begins with `option` and never holds a password.
[[nodiscard]] place parse_place(std::string_view text, std::string_view option);

/// "smpps://host:3550"; IPv6 in brackets, no user and no password.
[[nodiscard]] std::string to_string(const place& where);

}  // namespace smpp_dump
