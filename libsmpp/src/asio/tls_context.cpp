#include "asio/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <boost/asio/ip/address.hpp>
#include <cstdio>
#include <mutex>
#include <stdexcept>

namespace smpp::detail {
namespace {

namespace ssl = boost::asio::ssl;

/// Appends lines to a key log; shared by the connections of a context.
class keylog {
public:
    explicit keylog(const std::string& path) : file_(std::fopen(path.c_str(), "a")) {
        if (file_ == nullptr) {
            throw std::runtime_error(fmt::format("cannot write the key log {}", path));
        }
    }
    keylog(const keylog&) = delete;
    keylog& operator=(const keylog&) = delete;
    ~keylog() { std::fclose(file_); }

    void write(const char* line) {
        const std::lock_guard lock(mutex_);
        std::fprintf(file_, "%s\n", line);
        std::fflush(file_);
    }

private:
    std::FILE* file_;
    std::mutex mutex_;
};

int keylog_index() {
    static const int index = SSL_CTX_get_ex_new_index(
        0, nullptr, nullptr, nullptr, [](void*, void* object, CRYPTO_EX_DATA*, int, long, void*) {
            delete static_cast<keylog*>(object);
        });
    return index;
}

void log_keys(ssl::context& context, const std::string& path) {
    if (path.empty()) {
        return;
    }
    SSL_CTX* native = context.native_handle();
    SSL_CTX_set_ex_data(native, keylog_index(), new keylog(path));
    SSL_CTX_set_keylog_callback(native, [](const SSL* connection, const char* line) {
        static_cast<keylog*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), keylog_index()))
            ->write(line);
    });
}

void require(const error_code& failed, const char* what, const std::string& file) {
    if (failed) {
        throw std::runtime_error(fmt::format("cannot use {} {}: {}", what, file, failed.message()));
    }
}

void set_min_version(ssl::context& context, tls_version version) {
    SSL_CTX_set_min_proto_version(context.native_handle(),
                                  version == tls_version::v1_3 ? TLS1_3_VERSION : TLS1_2_VERSION);
    // A peer that closes without close_notify is a closed connection, not a TLS failure: SMPP has
    // its own lengths.
    SSL_CTX_set_options(context.native_handle(), SSL_OP_IGNORE_UNEXPECTED_EOF);
}

void use_certificate(ssl::context& context, const std::string& cert_file,
                     const std::string& key_file) {
    error_code failed;
    context.use_certificate_chain_file(cert_file, failed);
    require(failed, "the certificate", cert_file);
    const std::string& key = key_file.empty() ? cert_file : key_file;
    context.use_private_key_file(key, ssl::context::pem, failed);
    require(failed, "the private key", key);
}

/// Tells two contents of the files apart.
std::vector<std::int64_t> stamp_of(const tls_client_options& options) {
    std::vector<std::string> files{options.cert_file, options.key_file, options.ca_file};
    if (options.verify && options.ca_file.empty()) {
        files.emplace_back(X509_get_default_cert_file());
        files.emplace_back(X509_get_default_cert_dir());
    }
    std::vector<std::int64_t> out;
    for (const std::string& file : files) {
        struct stat found = {};
        if (!file.empty() && stat(file.c_str(), &found) == 0) {
            out.push_back(static_cast<std::int64_t>(found.st_ino));
            out.push_back(found.st_size);
            out.push_back(found.st_mtim.tv_sec);
            out.push_back(found.st_mtim.tv_nsec);
        } else {
            out.push_back(-1);
        }
    }
    return out;
}

std::string hint(const error_code& failed) {
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(failed.value()));
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST ||
        reason == SSL_R_PACKET_LENGTH_TOO_LONG) {
        return "; the peer does not speak TLS on this port";
    }
    if (failed == boost::asio::ssl::error::stream_truncated || failed == boost::asio::error::eof) {
        return "; the peer closed the connection (does it speak TLS on this port?)";
    }
    if (reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION || reason == SSL_R_UNSUPPORTED_PROTOCOL) {
        return "; no TLS version in common";
    }
    return {};
}

}  // namespace

std::shared_ptr<ssl::context> make_client_context(const tls_client_options& options) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    set_min_version(*context, options.min_version);
    log_keys(*context, options.keylog_file);
    error_code failed;
    if (!options.verify) {
        context->set_verify_mode(ssl::verify_none);
    } else {
        context->set_verify_mode(ssl::verify_peer);
        if (options.ca_file.empty()) {
            context->set_default_verify_paths(failed);
            require(failed, "the system's certificate authorities", "");
        } else {
            context->load_verify_file(options.ca_file, failed);
            require(failed, "the certificate authorities", options.ca_file);
        }
    }
    if (!options.cert_file.empty()) {
        use_certificate(*context, options.cert_file, options.key_file);
    }
    return context;
}

std::shared_ptr<ssl::context> client_contexts::get(const tls_client_options& options) {
    auto stamp = stamp_of(options);
    if (!made_ || stamp != stamp_) {
        made_ = make_client_context(options);
        stamp_ = std::move(stamp);
    }
    return made_;
}

std::shared_ptr<ssl::context> make_server_context(const tls_server_options& options) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    set_min_version(*context, options.min_version);
    log_keys(*context, options.keylog_file);
    error_code failed;
    if (options.allow_weak_key) {
        SSL_CTX_set_security_level(context->native_handle(), 0);
    }
    if (!options.cert_pem.empty()) {
        context->use_certificate_chain(boost::asio::buffer(options.cert_pem), failed);
        require(failed, "the certificate", "given as text");
        context->use_private_key(boost::asio::buffer(options.key_pem), ssl::context::pem, failed);
        require(failed, "the private key", "given as text");
    } else {
        use_certificate(*context, options.cert_file, options.key_file);
    }
    // Without a name for them, sessions of clients with certificates cannot be resumed.
    static constexpr unsigned char name[] = "smpp";
    SSL_CTX_set_session_id_context(context->native_handle(), name, sizeof name);
    if (!options.client_ca_file.empty()) {
        context->load_verify_file(options.client_ca_file, failed);
        require(failed, "the certificate authority of clients", options.client_ca_file);
        context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
    }
    return context;
}

void expect_name(SSL* ssl, const std::string& name) {
    error_code not_an_address;
    const auto address = boost::asio::ip::make_address(name, not_an_address);
    if (not_an_address) {
        // The macro for this casts in C's way.
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(name.c_str()));
        SSL_set1_host(ssl, name.c_str());
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), address.to_string().c_str());
    }
}

std::string explain_handshake(const error_code& failed, SSL* ssl, const std::string& host) {
    if (const long verdict = SSL_get_verify_result(ssl); verdict != X509_V_OK) {
        const std::string why = X509_verify_cert_error_string(verdict);
        if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH) {
            return fmt::format("the certificate is not for {} ({})", host, why);
        }
        return fmt::format("the certificate is not trusted ({})", why);
    }
    return failed.message() + hint(failed);
}

std::string describe_connection(SSL* ssl) {
    return fmt::format("{} {}{}", SSL_get_version(ssl), SSL_get_cipher(ssl),
                       SSL_session_reused(ssl) != 0 ? ", resumed" : "");
}

}  // namespace smpp::detail
