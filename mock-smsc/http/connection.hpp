// One connection of the HTTP server: requests and their answers, server-sent events; a WebSocket is
// handed on. Only for http_server.cpp.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <list>
#include <memory>

#include "mock-smsc/http/http_server.hpp"

namespace mock_smsc {

class http_auth;

/// What all connections share.
struct http_shared {
    http_handler handler;
    http_server::limits bounds;
    std::shared_ptr<http_auth> auth;  ///< null: everybody may
    std::size_t connections = 0;
    bool stopping = false;
    bool loopback = true;  ///< nobody from elsewhere can connect

    /// Connections that wait for a request, the longest waiting first; called to end them.
    std::list<std::function<void()>> waiting;
};

void serve_http(boost::asio::ip::tcp::socket socket, std::shared_ptr<http_shared> shared);

}  // namespace mock_smsc
