#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

#include "smpp/asio/tls.hpp"

namespace smpp {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using x509_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

void require(bool done, const char* what) {
    if (!done) {
        throw std::runtime_error(std::string("cannot make a certificate: ") + what);
    }
}

bool is_ip(const std::string& name) {
    return name.find(':') != std::string::npos ||
           name.find_first_not_of("0123456789.") == std::string::npos;
}

std::string alternative_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ",") + std::string(is_ip(name) ? "IP:" : "DNS:") + name;
    }
    return text;
}

void add_extension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1,
            value.c_str());
}

std::string pem_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace

self_signed_certificate make_self_signed(const std::vector<std::string>& names, int days) {
    certificate_form form;
    form.from_day = days < 0 ? days - 1 : -1;
    form.to_day = days;
    return make_self_signed(names, form);
}

self_signed_certificate make_self_signed(const std::vector<std::string>& names,
                                         const certificate_form& form) {
    require(!names.empty(), "no name");
    const key_ptr key(form.weak_key ? EVP_RSA_gen(1024) : EVP_EC_gen("P-256"));
    const x509_ptr certificate(X509_new());
    require(key != nullptr && certificate != nullptr, "out of memory");

    X509* x509 = certificate.get();
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1,
            "no random numbers");
    constexpr long day = 24L * 3600;
    X509_set_version(x509, 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), form.from_day * day);
    X509_gmtime_adj(X509_getm_notAfter(x509), form.to_day * day);
    X509_set_pubkey(x509, key.get());
    X509_NAME* subject = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(names.front().c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(x509, subject);
    add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(x509, NID_subject_alt_name, alternative_names(names));
    require(X509_sign(x509, key.get(), EVP_sha256()) > 0, "signing failed");

    const bio_ptr cert_bio(BIO_new(BIO_s_mem()));
    const bio_ptr key_bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(cert_bio.get(), x509) == 1 &&
                PEM_write_bio_PrivateKey(key_bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr) == 1,
            "writing PEM failed");
    return {pem_of(cert_bio.get()), pem_of(key_bio.get())};
}

}  // namespace smpp
