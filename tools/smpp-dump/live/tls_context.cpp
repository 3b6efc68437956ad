#include "smpp-dump/live/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "smpp-dump/octet_source.hpp"
#include "smpp-dump/output.hpp"
#include "smpp/asio/tls.hpp"

namespace smpp_dump {
namespace {

template <class T, void (*Free)(T*)>
struct freed {
    void operator()(T* p) const noexcept { Free(p); }
};
using bio_ptr = std::unique_ptr<BIO, freed<BIO, BIO_free_all>>;
using x509_ptr = std::unique_ptr<X509, freed<X509, X509_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed<EVP_PKEY, EVP_PKEY_free>>;

std::string last_error() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "OpenSSL does not say why";
}

void require(bool good, std::string_view what, const std::string& file) {
    if (!good) {
        throw input_error(fmt::format("cannot use {} {}: {}", what, file, last_error()));
    }
}

std::string printed(const ASN1_STRING* text) {
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, text);
    std::string out;
    if (size >= 0) {
        append_printable(out, {reinterpret_cast<const char*>(utf8), static_cast<size_t>(size)});
        OPENSSL_free(utf8);
    }
    return out;
}

std::string common_name(const X509_NAME* name) {
    const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at >= 0) {
        return printed(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    }
    const int entries = X509_NAME_entry_count(name);
    return entries > 0 ? printed(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, entries - 1)))
                       : "no name";
}

std::string address_text(const ASN1_OCTET_STRING* address) {
    const unsigned char* octets = ASN1_STRING_get0_data(address);
    const int size = ASN1_STRING_length(address);
    ip_address made;
    made.v6 = size == 16;
    if (size != 4 && size != 16) {
        return "?";
    }
    std::memcpy(made.octets.data(), octets, static_cast<std::size_t>(size));
    return to_string(made);
}

std::string alternative_names(X509* certificate) {
    auto* names = static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    std::string out;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        const GENERAL_NAME* each = sk_GENERAL_NAME_value(names, i);
        if (each->type != GEN_DNS && each->type != GEN_IPADD) {
            continue;
        }
        out += out.empty() ? "" : ", ";
        out += each->type == GEN_DNS ? printed(each->d.dNSName) : address_text(each->d.iPAddress);
    }
    GENERAL_NAMES_free(names);
    return out;
}

std::string date(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return "an unreadable time";
    }
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

std::string fingerprint(const X509* certificate) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    std::string out;
    if (X509_digest(certificate, EVP_sha256(), digest, &size) == 1) {
        for (unsigned i = 0; i < size; ++i) {
            out += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest[i]);
        }
    }
    return out;
}

}  // namespace

std::string describe_certificate(x509_st* certificate) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const X509_NAME* issuer = X509_get_issuer_name(certificate);
    const std::string names = alternative_names(certificate);
    const std::string by = X509_NAME_cmp(subject, issuer) == 0 ? "itself" : common_name(issuer);
    return fmt::format("{}{}{}{}, signed by {}, valid until {}, SHA-256 {}", common_name(subject),
                       names.empty() ? "" : " (names: ", names, names.empty() ? "" : ")", by,
                       date(X509_get0_notAfter(certificate)), fingerprint(certificate));
}

tls_context::tls_context(bool server)
    : context_(SSL_CTX_new(server ? TLS_server_method() : TLS_client_method()), SSL_CTX_free) {
    if (!context_) {
        throw std::bad_alloc();
    }
    SSL_CTX_set_min_proto_version(native(), TLS1_2_VERSION);
    // The chain is checked, and the handshake goes on whatever comes of it, so that the certificate
    // can be shown; who uses the connection asks distrust() before anything is sent.
    SSL_CTX_set_verify(native(), SSL_VERIFY_NONE, nullptr);
}

tls_context tls_context::client(const tls_trust& trust) {
    tls_context made(false);
    if (trust.ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(made.native());
    } else {
        require(SSL_CTX_load_verify_file(made.native(), trust.ca_file.c_str()) == 1,
                "the certificate authorities", trust.ca_file);
    }
    if (!trust.cert_file.empty()) {
        made.use_files(trust.cert_file, trust.key_file);
    }
    return made;
}

tls_context tls_context::server(const tls_identity& identity) {
    tls_context made(true);
    if (!identity.cert_file.empty()) {
        made.use_files(identity.cert_file, identity.key_file);
    } else {
        const auto self = smpp::make_self_signed(identity.names, 30);
        made.use_pem(self.cert_pem, self.key_pem);
    }
    return made;
}

void tls_context::use_files(const std::string& cert_file, const std::string& key_file) {
    require(SSL_CTX_use_certificate_chain_file(native(), cert_file.c_str()) == 1, "the certificate",
            cert_file);
    const std::string& key = key_file.empty() ? cert_file : key_file;
    require(SSL_CTX_use_PrivateKey_file(native(), key.c_str(), SSL_FILETYPE_PEM) == 1,
            "the private key", key);
}

void tls_context::use_pem(const std::string& cert, const std::string& key) {
    const bio_ptr cert_bio(BIO_new_mem_buf(cert.data(), static_cast<int>(cert.size())));
    const bio_ptr key_bio(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
    const x509_ptr x509(PEM_read_bio_X509(cert_bio.get(), nullptr, nullptr, nullptr));
    const key_ptr pkey(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr));
    require(SSL_CTX_use_certificate(native(), x509.get()) == 1 &&
                SSL_CTX_use_PrivateKey(native(), pkey.get()) == 1,
            "the certificate", "made here");
    pem_ = cert;
}

std::string tls_context::certificate() const {
    X509* own = SSL_CTX_get0_certificate(native());
    return own == nullptr ? std::string{} : describe_certificate(own);
}

void tls_context::only(std::string_view version, const std::string& cipher) {
    const int number = version == "1.3" ? TLS1_3_VERSION : TLS1_2_VERSION;
    SSL_CTX_set_min_proto_version(native(), number);
    SSL_CTX_set_max_proto_version(native(), number);
    if (!cipher.empty()) {
        const bool set = number == TLS1_3_VERSION
                             ? SSL_CTX_set_ciphersuites(native(), cipher.c_str()) == 1
                             : SSL_CTX_set_cipher_list(native(), cipher.c_str()) == 1;
        require(set, "the cipher", cipher);
    }
}

void tls_context::log_keys(std::function<void(std::string_view)> to) {
    key_log_ = std::make_shared<std::function<void(std::string_view)>>(std::move(to));
    SSL_CTX_set_app_data(native(), key_log_.get());
    SSL_CTX_set_keylog_callback(native(), [](const SSL* ssl, const char* line) {
        const auto* sink = static_cast<std::function<void(std::string_view)>*>(
            SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
        (*sink)(line);
    });
}

}  // namespace smpp_dump
