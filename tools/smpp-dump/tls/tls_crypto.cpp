#include "smpp-dump/tls/tls_crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <new>

namespace smpp_dump {
namespace {

using enum tls_aead;

constexpr std::size_t tag_size = 16;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t explicit_size = 8;  // of GCM's nonce in TLS 1.2

constexpr tls_suite suites[] = {
    {0x1301, true, aes_128_gcm, 16, false},        {0x1302, true, aes_256_gcm, 32, true},
    {0x1303, true, chacha20_poly1305, 32, false},  {0x009C, false, aes_128_gcm, 16, false},
    {0x009E, false, aes_128_gcm, 16, false},       {0xC02B, false, aes_128_gcm, 16, false},
    {0xC02F, false, aes_128_gcm, 16, false},       {0x009D, false, aes_256_gcm, 32, true},
    {0x009F, false, aes_256_gcm, 32, true},        {0xC02C, false, aes_256_gcm, 32, true},
    {0xC030, false, aes_256_gcm, 32, true},        {0xCCA8, false, chacha20_poly1305, 32, false},
    {0xCCA9, false, chacha20_poly1305, 32, false}, {0xCCAA, false, chacha20_poly1305, 32, false},
};

const EVP_CIPHER* cipher_of(tls_aead aead) {
    switch (aead) {
        case aes_128_gcm: return EVP_aes_128_gcm();
        case aes_256_gcm: return EVP_aes_256_gcm();
        case chacha20_poly1305: return EVP_chacha20_poly1305();
    }
    return nullptr;
}

const std::uint8_t* octets_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string hmac(const tls_suite& suite, std::string_view key, std::string_view text) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    HMAC(suite.sha384 ? EVP_sha384() : EVP_sha256(), key.data(), static_cast<int>(key.size()),
         octets_of(text), text.size(), digest.data(), &size);
    return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

const tls_suite* find_suite(std::uint16_t number) noexcept {
    const auto* at = std::find_if(std::begin(suites), std::end(suites),
                                  [&](const tls_suite& each) { return each.number == number; });
    return at == std::end(suites) ? nullptr : at;
}

std::string expand_label(const tls_suite& suite, std::string_view secret, std::string_view label,
                         std::size_t size) {
    std::string info{'\0', static_cast<char>(size), static_cast<char>(label.size() + 6)};
    info += "tls13 ";
    info += label;
    info += std::string_view("\0\1", 2);  // no context; the first block is all that is needed
    return hmac(suite, secret, info).substr(0, size);
}

std::string prf(const tls_suite& suite, std::string_view secret, std::string_view label,
                std::string_view seed, std::size_t size) {
    const std::string whole = std::string(label) + std::string(seed);
    std::string a = whole;
    std::string out;
    while (out.size() < size) {
        a = hmac(suite, secret, a);
        out += hmac(suite, secret, a + whole);
    }
    out.resize(size);
    return out;
}

void record_key::freed::operator()(evp_cipher_ctx_st* context) const noexcept {
    EVP_CIPHER_CTX_free(context);
}

record_key::record_key(const tls_suite& suite, std::string_view key, std::string_view iv)
    : suite_(&suite), context_(EVP_CIPHER_CTX_new()), iv_(iv) {
    if (!context_ || EVP_DecryptInit_ex(context_.get(), cipher_of(suite.aead), nullptr,
                                        octets_of(key), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

bool record_key::open(std::uint8_t type, std::uint16_t version, smpp::octet_span payload,
                      std::string& text) {
    const bool in_record = !suite_->v1_3 && suite_->aead != chacha20_poly1305;
    const std::size_t before = in_record ? explicit_size : 0;
    if (payload.size() < before + tag_size) {
        return false;
    }
    const smpp::octet_span sealed = payload.subspan(before, payload.size() - before - tag_size);
    std::array<std::uint8_t, nonce_size> nonce{};
    std::copy_n(octets_of(iv_), std::min(iv_.size(), nonce_size), nonce.begin());
    if (in_record) {
        std::copy_n(payload.begin(), explicit_size, nonce.begin() + 4);
    } else {
        for (std::size_t i = 0; i < 8; ++i) {
            nonce[4 + i] ^= static_cast<std::uint8_t>(number_ >> (56 - 8 * i));
        }
    }
    std::array<std::uint8_t, 13> aad{};
    std::size_t aad_size = 0;
    if (!suite_->v1_3) {
        smpp::store_be(aad.data(), number_);
        aad_size = 8;
    }
    const std::size_t length = suite_->v1_3 ? payload.size() : sealed.size();
    aad[aad_size++] = type;
    smpp::store_be(aad.data() + aad_size, version);
    smpp::store_be(aad.data() + aad_size + 2, static_cast<std::uint16_t>(length));
    aad_size += 4;

    EVP_CIPHER_CTX* c = context_.get();
    int size = 0;
    text.resize(sealed.size() + 1);  // never empty, so that there is a place to write to
    auto* to = reinterpret_cast<std::uint8_t*>(text.data());
    auto* tag = const_cast<std::uint8_t*>(payload.data() + payload.size() - tag_size);
    const bool good =
        EVP_DecryptInit_ex(c, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
        EVP_DecryptUpdate(c, nullptr, &size, aad.data(), static_cast<int>(aad_size)) == 1 &&
        EVP_DecryptUpdate(c, to, &size, sealed.data(), static_cast<int>(sealed.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, tag_size, tag) == 1 &&
        EVP_DecryptFinal_ex(c, to + sealed.size(), &size) == 1;
    text.resize(good ? sealed.size() : 0);
    number_ += good ? 1 : 0;
    return good;
}

}  // namespace smpp_dump
