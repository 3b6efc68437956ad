// What the TLS connections of one side share: certificates, trust, and where secrets are logged.
//
//     smpp_dump::tls_context context = smpp_dump::tls_context::client({.ca_file = "ca.pem"});
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct x509_st;

namespace smpp_dump {

/// Of the side that connects.
struct tls_trust {
    std::string ca_file{};    ///< PEM; empty: the system's authorities
    std::string cert_file{};  ///< shown to the server when it asks; empty: none
    std::string key_file{};   ///< empty: in cert_file
};

/// Of the side that listens. Without files a certificate is made.
struct tls_identity {
    std::string cert_file{};
    std::string key_file{};            ///< empty: in cert_file
    std::vector<std::string> names{};  ///< of a certificate that is made
};

class tls_context {
public:
    /// Both throw input_error.
    [[nodiscard]] static tls_context client(const tls_trust& trust);
    [[nodiscard]] static tls_context server(const tls_identity& identity);

    [[nodiscard]] ssl_ctx_st* native() const noexcept { return context_.get(); }
    /// Of a server's own: PEM, and in words with its fingerprint.
    [[nodiscard]] const std::string& certificate_pem() const noexcept { return pem_; }
    [[nodiscard]] std::string certificate() const;

    /// For tests: "1.2" or "1.3" and nothing else; a TLS 1.2 cipher; what gets key log lines.
    void only(std::string_view version, const std::string& cipher = {});
    void log_keys(std::function<void(std::string_view)> to);

private:
    explicit tls_context(bool server);
    void use_files(const std::string& cert_file, const std::string& key_file);
    void use_pem(const std::string& cert, const std::string& key);

    std::shared_ptr<ssl_ctx_st> context_;
    std::shared_ptr<std::function<void(std::string_view)>> key_log_{};
    std::string pem_{};
};

/// "smsc.example.com (names: smsc.example.com, 10.0.0.5), signed by itself, valid until
/// 2027-01-31, SHA-256 AB:CD:..."
[[nodiscard]] std::string describe_certificate(x509_st* certificate);

}  // namespace smpp_dump
