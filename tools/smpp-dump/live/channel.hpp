// One TCP connection, plain or TLS, in octets: what one end of the proxy reads and writes.
//
//     channel.use_tls(std::make_unique<tls_engine>(...));
//     if (!co_await channel.handshake()) { say(channel.failure()); }
//     std::string text;
//     while (co_await channel.read(text) == stream_end::none) { ... }
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "smpp-dump/address.hpp"
#include "smpp-dump/live/tls_engine.hpp"

namespace smpp_dump {

namespace asio = boost::asio;

/// How the octets of a peer ended.
enum class stream_end : std::uint8_t {
    none,
    closed,     ///< FIN; over TLS behind a close_notify
    truncated,  ///< over TLS: FIN without a close_notify
    reset,
    failed,  ///< failure() says why
};

/// On one strand; one read and any number of writes at a time.
class channel {
public:
    explicit channel(asio::ip::tcp::socket socket);

    void use_tls(std::unique_ptr<tls_engine> tls) { tls_ = std::move(tls); }
    [[nodiscard]] bool is_tls() const noexcept { return tls_ != nullptr; }
    [[nodiscard]] const tls_engine& tls() const noexcept { return *tls_; }

    /// REQUIRES: use_tls().
    [[nodiscard]] asio::awaitable<bool> handshake();
    /// Replaces `text` by what the peer sent next, at most some 64 KiB; what came before the end
    /// may come together with it.
    [[nodiscard]] asio::awaitable<stream_end> read(std::string& text);
    /// Completes when the system has taken the octets: who waits for it holds the sender back.
    [[nodiscard]] asio::awaitable<bool> write(smpp::octet_span octets);
    /// No more octets follow; reading goes on. `notify`: over TLS says so with close_notify.
    [[nodiscard]] asio::awaitable<void> shutdown_send(bool notify);

    void reset() noexcept;  ///< RST
    void close() noexcept;  ///< FIN, unless octets are unread
    /// Pending operations fail.
    void cancel() noexcept;

    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
    [[nodiscard]] asio::any_io_executor executor() { return socket_.get_executor(); }
    [[nodiscard]] end_point remote() const;

private:
    [[nodiscard]] asio::awaitable<bool> flush();
    [[nodiscard]] stream_end end_of(const boost::system::error_code& failed);

    asio::ip::tcp::socket socket_;
    asio::steady_timer idle_;  // cancelled when a write has ended
    std::unique_ptr<tls_engine> tls_{};
    std::string in_{};
    std::string out_{};
    std::string failure_{};
    stream_end ended_ = stream_end::none;
    bool writing_ = false;
    bool write_failed_ = false;
};

[[nodiscard]] end_point to_end_point(const asio::ip::tcp::endpoint& end);

}  // namespace smpp_dump
