// Outbind listener: where a client waits for message centres that have something for it.
//
//     smpp::outbind_listener listener(executor, "0.0.0.0", 2775);
//     co_await client.async_accept(listener);           // a centre has connected
//     smpp::pdu first = co_await client.async_receive(); // its outbind
//     co_await client.async_bind(bind);                 // a smpp::bind_receiver
//
// Without TLS. Several clients may wait at one listener; it may go before they do. To be used where
// its clients are.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

namespace smpp {

namespace detail {
class outbind_acceptor;
}

class outbind_listener {
public:
    /// Listens from now on. Port 0 takes a free one. Throws std::runtime_error that names address
    /// and reason.
    outbind_listener(boost::asio::any_io_executor executor, const std::string& address,
                     std::uint16_t port);
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
