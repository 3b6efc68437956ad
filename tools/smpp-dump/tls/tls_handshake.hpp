// Handshake messages out of records, in pieces as they come: what decryption needs of them.
//
//     smpp_dump::handshake_reader messages;
//     messages.add(fragment, [&](const smpp_dump::handshake_message& m) { ... });
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "smpp/octets.hpp"

namespace smpp_dump {

struct handshake_message {
    std::uint8_t type = 0;
    smpp::octet_span body{};  ///< empty for types that nobody asks about
};

inline constexpr std::uint8_t client_hello = 1, server_hello = 2, finished = 20, key_update = 24;

class handshake_reader {
public:
    template <class Use>
    void add(smpp::octet_span octets, Use use) {
        handshake_message message;
        while (next(octets, message)) {
            use(message);
        }
    }
    void clear() noexcept {
        kept_.clear();
        done_ = 0;
        skip_ = 0;
    }

private:
    static constexpr std::size_t max_kept = 1U << 16;

    /// Takes octets from the front. False: more are needed.
    [[nodiscard]] bool next(smpp::octet_span& octets, handshake_message& out);

    std::string kept_{};
    std::size_t done_ = 0;  // octets of kept_ that belong to the message before
    std::size_t skip_ = 0;
};

struct hello {
    std::string random{};
    std::uint16_t version = 0;
    std::uint16_t suite = 0;  ///< of a ServerHello
    bool retry = false;       ///< it asks for another ClientHello
};

/// Nothing: it is damaged.
[[nodiscard]] std::optional<hello> read_client_hello(smpp::octet_span body);
[[nodiscard]] std::optional<hello> read_server_hello(smpp::octet_span body);

}  // namespace smpp_dump
