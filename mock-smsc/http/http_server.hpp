// A small HTTP/1.1 server: bounded in connections, header and body sizes and times.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "mock-smsc/http/http_types.hpp"

namespace mock_smsc {

class http_auth;

class http_server {
public:
    struct limits {
        std::size_t connections = 1000;
        std::uint32_t header = 16U << 10U;
        std::uint64_t body = 1U << 20U;
        std::chrono::milliseconds time = std::chrono::seconds(10);  ///< for a request, an answer
        /// That requests may be for. None: any, but on loopback and without `auth` only loopback's
        /// own names, so that a page of the Internet cannot come in under a name of its own.
        std::vector<std::string> hosts{};
    };

    /// `auth` null: everybody may use it.
    http_server(boost::asio::any_io_executor executor, http_handler handler, limits bounds,
                std::shared_ptr<http_auth> auth = nullptr);
    ~http_server();
    http_server(const http_server&) = delete;
    http_server& operator=(const http_server&) = delete;

    /// Returns the port. Throws std::runtime_error that names address and reason.
    std::uint16_t listen(const std::string& address, std::uint16_t port);
    /// No new connections, and none of those open after its present answer.
    void stop();

private:
    class impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace mock_smsc
