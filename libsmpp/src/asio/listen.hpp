// Opening a port to listen on.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

namespace smpp::detail {

/// Returns the port. Throws std::runtime_error that names address and reason.
std::uint16_t listen_on(boost::asio::ip::tcp::acceptor& acceptor, const std::string& address,
                        std::uint16_t port, bool reuse_port = false);

}  // namespace smpp::detail
