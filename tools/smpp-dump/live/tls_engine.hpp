// TLS without a socket: octets of the network go in and out, text comes out and goes in.
//
//     smpp_dump::tls_engine tls(context, smpp_dump::tls_role::client, "smsc.example.com");
//     while (tls.handshake() == tls_state::hungry) { send(tls.take_output()); tls.feed(receive());
//     } tls.write(octets);  send(tls.take_output()); tls.feed(receive()); tls.read(text);
#pragma once

#include <string>
#include <string_view>

#include "smpp-dump/live/tls_context.hpp"
#include "smpp/octets.hpp"

struct ssl_st;
struct bio_st;

namespace smpp_dump {

enum class tls_role : std::uint8_t { client, server };

enum class tls_state : std::uint8_t {
    fine,
    hungry,  ///< needs more octets of the network
    closed,  ///< the peer said that it sends no more
    failed,  ///< error() says why
};

class tls_engine {
public:
    /// `server_name` (of a client): for SNI and to be found in the certificate; may be an address.
    tls_engine(const tls_context& context, tls_role role, const std::string& server_name = {});
    ~tls_engine();
    tls_engine(const tls_engine&) = delete;
    tls_engine& operator=(const tls_engine&) = delete;

    void feed(smpp::octet_span from_network);
    [[nodiscard]] std::string take_output();

    [[nodiscard]] tls_state handshake();
    /// Appends all the text that is there.
    [[nodiscard]] tls_state read(std::string& text);
    [[nodiscard]] bool write(smpp::octet_span text);
    /// New keys for what this side sends (TLS 1.3), and for the other side if asked for.
    [[nodiscard]] bool update_keys(bool both);
    /// Tells the peer that no more text follows.
    void close_notify();

    /// Why it failed, and what may help; empty when nothing is known to.
    [[nodiscard]] const std::string& error() const noexcept { return error_; }
    [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

    /// After the handshake: "TLSv1.3, TLS_AES_256_GCM_SHA384".
    [[nodiscard]] std::string description() const;
    /// What the peer's certificate says, in words; empty when it showed none.
    [[nodiscard]] std::string certificate() const;
    /// Why the peer's certificate cannot be trusted; empty when it can.
    [[nodiscard]] std::string distrust() const;

private:
    tls_state outcome(int result);

    ssl_st* ssl_;
    bio_st* in_;
    bio_st* out_;
    std::string error_{};
    std::string hint_{};
};

}  // namespace smpp_dump
