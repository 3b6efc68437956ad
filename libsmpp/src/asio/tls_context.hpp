// OpenSSL contexts from our options, and OpenSSL's complaints in words.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <vector>

#include "smpp/asio/tls.hpp"
#include "smpp/error.hpp"

namespace smpp::detail {

/// Throws std::runtime_error that names the file and what is wrong with it.
[[nodiscard]] std::shared_ptr<boost::asio::ssl::context> make_client_context(
    const tls_client_options&);
[[nodiscard]] std::shared_ptr<boost::asio::ssl::context> make_server_context(
    const tls_server_options&);

/// The context of a client, made once: reading the system's authorities takes 20 ms. Made anew when
/// a file that it came from has changed.
class client_contexts {
public:
    /// Always with the same options. Throws as make_client_context().
    [[nodiscard]] std::shared_ptr<boost::asio::ssl::context> get(const tls_client_options&);

private:
    std::shared_ptr<boost::asio::ssl::context> made_;
    std::vector<std::int64_t> stamp_;  ///< of the files, when it was made
};

/// Before the handshake of a client: whose certificate is to be shown, a host's or an address's.
void expect_name(SSL* ssl, const std::string& name);

/// Why a handshake failed, for people: the certificate's fault where it was one, and what to try.
[[nodiscard]] std::string explain_handshake(const error_code&, SSL* ssl, const std::string& host);

/// "TLSv1.3 TLS_AES_256_GCM_SHA384"
[[nodiscard]] std::string describe_connection(SSL* ssl);

}  // namespace smpp::detail
