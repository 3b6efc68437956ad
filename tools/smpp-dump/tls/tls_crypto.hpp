// The cryptography that reading TLS needs: suites with AEAD, key derivation, opening of records.
//
//     const auto* suite = smpp_dump::find_suite(0x1301);
//     smpp_dump::record_key key(*suite, smpp_dump::expand_label(*suite, secret, "key", 16), iv);
//     if (key.open(23, 0x0303, record, text)) { use(text); }
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "smpp/octets.hpp"

struct evp_cipher_ctx_st;

namespace smpp_dump {

enum class tls_aead : std::uint8_t { aes_128_gcm, aes_256_gcm, chacha20_poly1305 };

struct tls_suite {
    std::uint16_t number = 0;
    bool v1_3 = false;
    tls_aead aead{};
    std::size_t key_size = 0;
    bool sha384 = false;
};

/// Null when it is not one of those that can be read.
[[nodiscard]] const tls_suite* find_suite(std::uint16_t number) noexcept;

/// HKDF-Expand-Label of TLS 1.3 with an empty context. REQUIRES: `size` is no more than the hash.
[[nodiscard]] std::string expand_label(const tls_suite& suite, std::string_view secret,
                                       std::string_view label, std::size_t size);
/// The pseudorandom function of TLS 1.2.
[[nodiscard]] std::string prf(const tls_suite& suite, std::string_view secret,
                              std::string_view label, std::string_view seed, std::size_t size);

/// Key and record number of one direction.
class record_key {
public:
    record_key(const tls_suite& suite, std::string_view key, std::string_view iv);

    /// The text of a record's payload; counts it when it could be opened. False: it is damaged, or
    /// not of this key, or not this number.
    [[nodiscard]] bool open(std::uint8_t type, std::uint16_t version, smpp::octet_span payload,
                            std::string& text);
    /// Leaves out `n` records that are lost.
    void skip(std::uint64_t n) noexcept { number_ += n; }

private:
    struct freed {
        void operator()(evp_cipher_ctx_st* context) const noexcept;
    };

    const tls_suite* suite_;
    std::unique_ptr<evp_cipher_ctx_st, freed> context_;
    std::string iv_;
    std::uint64_t number_ = 0;
};

}  // namespace smpp_dump
