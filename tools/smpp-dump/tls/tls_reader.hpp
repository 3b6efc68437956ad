// Reads a TLS connection that passes by: the octets of both directions go in, the text that they
// carry comes out, when its secrets are known.
//
//     smpp_dump::tls_reader tls(keys);
//     tls.add(0, octets, seen);                       // either direction first
//     if (!tls.problem().empty()) { say(tls.problem()); }
#pragma once

#include <optional>
#include <string>

#include "smpp-dump/stream_reassembler.hpp"
#include "smpp-dump/tls/key_log.hpp"
#include "smpp-dump/tls/tls_crypto.hpp"
#include "smpp-dump/tls/tls_handshake.hpp"

namespace smpp_dump {

/// Whether these octets begin a TLS record. A first octet alone decides when there are no more.
[[nodiscard]] bool begins_as_tls(smpp::octet_span octets) noexcept;

class tls_reader {
public:
    static constexpr std::size_t header_size = 5;  ///< of a record

    /// The sinks get the text of the directions 0 and 1. REQUIRES: all outlive it.
    tls_reader(key_log& keys, stream_sink& first, stream_sink& second);

    void add(std::size_t direction, smpp::octet_span octets, const stamp& seen);
    void gap(std::size_t direction, std::uint64_t n, const stamp& seen);
    /// The capture, or the connection, has ended.
    void finish();

    /// Why something could not be decrypted, the first time that happens; empty until then.
    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
    /// The problem is that nobody has the keys.
    [[nodiscard]] bool keyless() const noexcept { return keyless_; }

private:
    static constexpr std::size_t max_payload = (1U << 14) + 2048;
    static constexpr std::size_t max_waiting = 1U << 18;
    static constexpr std::uint64_t max_lost_records = 64;

    enum class record_result : std::uint8_t { taken, again, waits, stopped };
    struct way {
        stream_sink* out = nullptr;
        std::string waiting{};
        stamp seen{};
        std::optional<record_key> key{};
        std::string secret{};  // of TLS 1.3, of which the next keys are made
        handshake_reader messages{};
        std::uint64_t lost = 0;  // octets of the gap before `waiting`, while resuming
        bool resuming = false;
        bool secured = false;   // past the handshake
        bool finished = false;  // nothing more is read
    };

    void process(std::size_t direction);
    [[nodiscard]] std::size_t resume(way& from);
    [[nodiscard]] record_result take(std::size_t direction, std::uint8_t type,
                                     smpp::octet_span payload);
    [[nodiscard]] record_result sealed_too_early(std::size_t direction);
    [[nodiscard]] record_result change_cipher(std::size_t direction);
    void use_text(std::size_t direction, std::uint8_t type, std::string& text);
    void use_message(std::size_t direction, const handshake_message& message);
    void greeted(const hello& answer);
    [[nodiscard]] bool find_secrets();
    [[nodiscard]] bool are_enough(const tls_secrets& secrets) const noexcept;
    void set_secret(way& of, const std::string& secret);
    void fail_for_want_of_keys();
    void fail(const std::string& why);

    key_log* keys_;
    way ways_[2];
    std::optional<std::size_t> client_{};  // its direction
    std::string client_random_{};
    std::string server_random_{};
    const tls_suite* suite_ = nullptr;
    tls_secrets secrets_{};
    bool talked_ = false;   // there was text
    bool retried_ = false;  // the server asked for another ClientHello: TLS 1.3
    std::string problem_{};
    bool keyless_ = false;
};

}  // namespace smpp_dump
