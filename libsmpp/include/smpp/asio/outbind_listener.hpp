// Outbind listener: where a client waits for message centres that have something for it.
//
//     smpp::outbind_listener listener(executor, "0.0.0.0", 2775);
//     co_await client.async_accept(listener);           // a centre has connected
//     smpp::pdu first = co_await client.async_receive(); // its outbind
//     co_await client.async_bind(bind);                 // a smpp::bind_receiver
//
// Several clients may wait at one listener; it may go before they do. To be used where its clients
// are.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "smpp/asio/tls.hpp"

namespace smpp {

namespace detail {
class outbind_acceptor;
}

class outbind_listener {
public:
    /// Listens from now on. Port 0 takes a free one. With `tls` it is the server of a handshake
    /// that has the connect_timer of the client; one that fails is what async_accept completes
    /// with. Throws std::runtime_error that names address and reason.
    outbind_listener(boost::asio::any_io_executor executor, const std::string& address,
                     std::uint16_t port,
                     const std::optional<tls_server_options>& tls = std::nullopt);
    ~outbind_listener();
    outbind_listener(outbind_listener&&) noexcept;
    outbind_listener& operator=(outbind_listener&&) noexcept;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Takes no more; clients that wait get session_errc::closed.
    void close();

    [[nodiscard]] const std::shared_ptr<detail::outbind_acceptor>& get() const noexcept {
        return impl_;
    }

private:
    std::shared_ptr<detail::outbind_acceptor> impl_;
};

}  // namespace smpp
