#include "asio/listen.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "smpp/error.hpp"

namespace smpp::detail {

std::uint16_t listen_on(boost::asio::ip::tcp::acceptor& acceptor, const std::string& address,
                        std::uint16_t port, bool reuse_port) {
    using tcp = boost::asio::ip::tcp;
    error_code failed;
    const auto where = boost::asio::ip::make_address(address, failed);
    const auto require = [&](const char* what) {
        if (failed) {
            throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}: {}", address, port,
                                                 what, failed.message()));
        }
    };
    require("address");
    const tcp::endpoint endpoint(where, port);
    acceptor.open(endpoint.protocol(), failed);
    require("open");
    acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
    if (reuse_port) {
        using shared = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
        acceptor.set_option(shared(true), failed);
        require("share the port");
    }
    acceptor.bind(endpoint, failed);
    require("bind");
    acceptor.listen(4096, failed);
    require("listen");
    return acceptor.local_endpoint(failed).port();
}

}  // namespace smpp::detail
