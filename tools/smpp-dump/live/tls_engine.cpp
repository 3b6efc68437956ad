#include "smpp-dump/live/tls_engine.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <new>

namespace smpp_dump {
namespace {

bool is_address(const std::string& name) {
    ASN1_OCTET_STRING* address = a2i_IPADDRESS(name.c_str());
    ASN1_OCTET_STRING_free(address);
    return address != nullptr;
}

std::string_view hint_for(int reason) {
    switch (reason) {
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_HTTP_REQUEST:
        case SSL_R_PACKET_LENGTH_TOO_LONG:
        case SSL_R_UNEXPECTED_MESSAGE:
            return "the peer does not speak TLS on this port: plain SMPP?";
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        case SSL_R_UNSUPPORTED_PROTOCOL:
            return "no TLS version in common: 1.2 and 1.3 are spoken here";
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        case SSL_R_NO_SHARED_CIPHER:
            return "no cipher in common, or the peer wants a certificate of ours";
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
            return "the peer wants a certificate of ours: --client-cert";
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
            return "the peer does not trust our certificate";
        default: return {};
    }
}

}  // namespace

tls_engine::tls_engine(const tls_context& context, tls_role role, const std::string& server_name)
    : ssl_(SSL_new(context.native())), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
    if (ssl_ == nullptr || in_ == nullptr || out_ == nullptr) {
        SSL_free(ssl_);
        BIO_free(in_);
        BIO_free(out_);
        throw std::bad_alloc();
    }
    SSL_set_bio(ssl_, in_, out_);
    if (role == tls_role::server) {
        SSL_set_accept_state(ssl_);
        return;
    }
    SSL_set_connect_state(ssl_);
    if (is_address(server_name)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), server_name.c_str());
    } else if (!server_name.empty()) {
        SSL_ctrl(ssl_, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(server_name.c_str()));
        SSL_set1_host(ssl_, server_name.c_str());
    }
}

tls_engine::~tls_engine() { SSL_free(ssl_); }

void tls_engine::feed(smpp::octet_span from_network) {
    if (!from_network.empty()) {
        BIO_write(in_, from_network.data(), static_cast<int>(from_network.size()));
    }
}

std::string tls_engine::take_output() {
    std::string out(BIO_ctrl_pending(out_), '\0');
    if (!out.empty()) {
        const int got = BIO_read(out_, out.data(), static_cast<int>(out.size()));
        out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    return out;
}

tls_state tls_engine::outcome(int result) {
    switch (SSL_get_error(ssl_, result)) {
        case SSL_ERROR_NONE: return tls_state::fine;
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE: return tls_state::hungry;
        case SSL_ERROR_ZERO_RETURN: return tls_state::closed;
        default: break;
    }
    const unsigned long code = ERR_peek_error();
    const char* reason = ERR_reason_error_string(code);
    error_ = reason != nullptr ? reason : "TLS failed";
    hint_ = hint_for(ERR_GET_REASON(code));
    ERR_clear_error();
    return tls_state::failed;
}

tls_state tls_engine::handshake() {
    ERR_clear_error();
    return outcome(SSL_do_handshake(ssl_));
}

tls_state tls_engine::read(std::string& text) {
    ERR_clear_error();
    std::array<char, 16384> part;
    for (;;) {
        const int got = SSL_read(ssl_, part.data(), static_cast<int>(part.size()));
        if (got <= 0) {
            return outcome(got);
        }
        text.append(part.data(), static_cast<std::size_t>(got));
    }
}

bool tls_engine::write(smpp::octet_span text) {
    ERR_clear_error();
    if (text.empty()) {
        return true;
    }
    const int done = SSL_write(ssl_, text.data(), static_cast<int>(text.size()));
    return outcome(done) == tls_state::fine;
}

bool tls_engine::update_keys(bool both) {
    return SSL_key_update(ssl_, both ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED) ==
               1 &&
           SSL_do_handshake(ssl_) == 1;
}

void tls_engine::close_notify() {
    ERR_clear_error();
    SSL_shutdown(ssl_);
    ERR_clear_error();
}

std::string tls_engine::description() const {
    return fmt::format("{}, {}", SSL_get_version(ssl_), SSL_get_cipher(ssl_));
}

std::string tls_engine::certificate() const {
    X509* peer = SSL_get0_peer_certificate(ssl_);
    return peer == nullptr ? std::string{} : describe_certificate(peer);
}

std::string tls_engine::distrust() const {
    const long verdict = SSL_get_verify_result(ssl_);
    return verdict == X509_V_OK ? std::string{} : X509_verify_cert_error_string(verdict);
}

}  // namespace smpp_dump
