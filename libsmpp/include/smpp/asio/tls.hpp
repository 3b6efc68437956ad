// TLS options of both ends. Verification is on unless it is switched off by name.
//
//     smpp::tls_client_options tls;
//     tls.ca_file = "carrier-ca.pem";
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace smpp {

enum class tls_version : unsigned char { v1_2, v1_3 };

/// TLS sessions to resume: the next handshake with a peer is shorter, and needs no certificate.
/// Several clients may share one, and resume at a time as many as it has been given, 64 of a peer
/// at most; thread-safe. Nothing is written anywhere.
class tls_session_cache {
public:
    tls_session_cache();
    ~tls_session_cache();
    tls_session_cache(const tls_session_cache&) = delete;
    tls_session_cache& operator=(const tls_session_cache&) = delete;

    class impl;
    [[nodiscard]] impl& get() const noexcept { return *impl_; }

private:
    std::unique_ptr<impl> impl_;
};

struct tls_client_options {
    bool verify = true;       ///< chain and host name; false takes any certificate
    std::string ca_file;      ///< PEM; empty: the system's certificate authorities
    std::string cert_file;    ///< client certificate chain, PEM; empty: none
    std::string key_file;     ///< its private key; empty: in cert_file
    std::string server_name;  ///< for SNI and verification; empty: the host that was connected to
    tls_version min_version = tls_version::v1_2;
    std::string
        keylog_file;  ///< secrets are appended in the NSS format, for debugging; empty: none
    /// null: sessions are not resumed. Share one among clients with the same options only: what is
    /// resumed is not verified again.
    std::shared_ptr<tls_session_cache> sessions;
};

struct tls_server_options {
    std::string cert_file;  ///< certificate chain, PEM
    std::string key_file;   ///< private key, PEM; empty: in cert_file
    std::string cert_pem;   ///< the chain itself, instead of cert_file
    std::string key_pem;    ///< the key itself, instead of key_file
    std::string
        client_ca_file;  ///< clients must show a certificate of this authority; empty: none asked
    tls_version min_version = tls_version::v1_2;
    std::string keylog_file;
    bool allow_weak_key = false;  ///< for tests of clients that shall refuse it
};

/// A key and a certificate for it that nobody else has signed.
struct self_signed_certificate {
    std::string cert_pem;
    std::string key_pem;
};

/// Days count from now.
struct certificate_form {
    int from_day = -1;
    int to_day = 365;
    bool weak_key = false;  ///< RSA of 1024 bits, which clients of today refuse
};
[[nodiscard]] self_signed_certificate make_self_signed(const std::vector<std::string>& names,
                                                       const certificate_form& form);

/// Makes one, valid from a day ago for `days` days (negative: expired), for DNS names and IP
/// addresses. REQUIRES: at least one name. Throws std::runtime_error when OpenSSL cannot.
[[nodiscard]] self_signed_certificate make_self_signed(const std::vector<std::string>& names,
                                                       int days = 365);

}  // namespace smpp
