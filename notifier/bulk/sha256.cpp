#include "sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "smpp/octets.hpp"

namespace notifier::bulk {
namespace {

void check(int done) {
    if (done != 1) {
        throw std::runtime_error("the TLS library cannot compute SHA-256");
    }
}

}  // namespace

void sha256::deleter::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}

sha256::sha256() : context_(EVP_MD_CTX_new()) { restart(); }

void sha256::restart() { check(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr)); }

void sha256::add(std::string_view octets) {
    check(EVP_DigestUpdate(context_.get(), octets.data(), octets.size()));
}

std::string sha256::digits() {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    check(EVP_DigestFinal_ex(context_.get(), octets.data(), &size));
    return smpp::to_hex(smpp::octet_span(octets.data(), size));
}

}  // namespace notifier::bulk
