// A server with a thread of its own, for tests of what threads share.
#pragma once

#include <thread>

#include "asio/support.hpp"

namespace smpp_test {

class server_thread {
public:
    /// Port 0 takes a free one; others may share it.
    explicit server_thread(std::uint16_t port,
                           const std::optional<smpp::tls_server_options>& tls = std::nullopt) {
        smpp::server_options options;
        options.reuse_port = true;
        server_.emplace(context_.get_executor(), centre_, options);
        port_ = server_->listen("127.0.0.1", port, tls);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~server_thread() {
        asio::post(context_, [this] { server_.reset(); });
        thread_.join();
    }
    server_thread(const server_thread&) = delete;
    server_thread& operator=(const server_thread&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    asio::io_context context_;
    test_centre centre_;
    std::optional<smpp::server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace smpp_test
