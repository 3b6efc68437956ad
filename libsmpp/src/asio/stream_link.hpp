// A link over a real stream: TCP, or TLS over TCP.
#pragma once

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "asio/link.hpp"
#include "asio/tls_context.hpp"

namespace smpp::detail {

using tcp_stream = boost::asio::ip::tcp::socket;
using tls_stream = boost::asio::ssl::stream<tcp_stream>;

[[nodiscard]] inline std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint) {
    const auto address = endpoint.address();
    return address.is_v6() ? fmt::format("[{}]:{}", address.to_string(), endpoint.port())
                           : fmt::format("{}:{}", address.to_string(), endpoint.port());
}

template <class Stream>
class stream_link final : public link {
public:
    stream_link(Stream stream, role role, const session_options& options, link_options link_options)
        : link(stream.get_executor(), role, options, std::move(link_options)),
          stream_(std::move(stream)) {
        error_code ignored;
        const auto endpoint = stream_.lowest_layer().remote_endpoint(ignored);
        peer_ = ignored ? "unknown" : to_text(endpoint);
        // One write carries all that is queued: Nagle's algorithm would only delay it.
        stream_.lowest_layer().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    }

    [[nodiscard]] std::string peer() const override { return peer_; }
    [[nodiscard]] std::string security() const override {
        if constexpr (is_tls) {
            return describe_connection(const_cast<tls_stream&>(stream_).native_handle());
        } else {
            return {};
        }
    }

private:
    static constexpr bool is_tls = std::is_same_v<Stream, tls_stream>;

    [[nodiscard]] tcp_stream& raw_socket() noexcept {
        if constexpr (is_tls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    [[nodiscard]] std::shared_ptr<stream_link> self() {
        return std::static_pointer_cast<stream_link>(shared_from_this());
    }

    void read_into(std::span<std::uint8_t> room) override {
        stream_.async_read_some(
            boost::asio::buffer(room.data(), room.size()),
            [this, keep = self()](const error_code& failed, std::size_t n) { on_read(failed, n); });
    }

    void write_some(octet_span octets) override {
        stream_.async_write_some(boost::asio::buffer(octets.data(), octets.size()),
                                 [this, keep = self()](const error_code& failed, std::size_t n) {
                                     on_written(failed, n);
                                 });
    }

    void close_stream(bool orderly) override {
        if constexpr (is_tls) {
            if (orderly && !resets_on_close()) {
                // Our close_notify leaves; the peer's is waited for, but not for long.
                auto patience = std::make_shared<boost::asio::steady_timer>(
                    executor(), std::chrono::milliseconds(500));
                patience->async_wait([this, keep = self(), patience](const error_code&) {
                    close_socket();  // ends the shutdown, too
                });
                // The shutdown may end last, after the timer and the reader that it waits behind.
                stream_.async_shutdown(
                    [keep = self(), patience](const error_code&) { patience->cancel(); });
                return;
            }
        }
        close_socket();
    }

    void close_sending() override {
        error_code ignored;
        raw_socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    }

    void close_socket() {
        auto& socket = raw_socket();
        error_code failed;
        if (resets_on_close()) {
            socket.set_option(boost::asio::socket_base::linger(true, 0), failed);
            socket.close(failed);
            return;
        }
        socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send, failed);
        // Closing with octets unread would reset the connection, and take our last answer from the
        // peer.
        socket.non_blocking(true, failed);
        std::uint8_t unread[4096];
        for (int i = 0; i < 64 && !failed; ++i) {
            if (socket.receive(boost::asio::buffer(unread), 0, failed) == 0) {
                break;
            }
        }
        socket.close(failed);
    }

    Stream stream_;
    std::string peer_;
};

}  // namespace smpp::detail
