// Connects to a place step by step (DNS, TCP, TLS) and tells each step.
//
//     smpp_dump::connector connector(executor, target, {&context, verify, seconds(15)}, on_step);
//     std::unique_ptr<channel> server = co_await connector.run();      // null: it was told why
#pragma once

#include <memory>

#include "smpp-dump/live/channel.hpp"
#include "smpp-dump/live/place.hpp"
#include "smpp-dump/live/step.hpp"

namespace smpp_dump {

struct connector_options {
    const tls_context* tls = nullptr;  ///< needed when the place says so; outlives the connector
    bool verify = true;                ///< a certificate that cannot be trusted ends it
    std::chrono::nanoseconds patience = std::chrono::seconds(15);  ///< for each step
};

class connector {
public:
    connector(asio::any_io_executor executor, place target, connector_options options,
              step_sink on_step);

    /// REQUIRES: called once, and the connector lives until it has completed.
    [[nodiscard]] asio::awaitable<std::unique_ptr<channel>> run();
    /// What is going on fails.
    void cancel() noexcept;

private:
    using resolver = asio::ip::tcp::resolver;

    [[nodiscard]] asio::awaitable<bool> resolve();
    [[nodiscard]] asio::awaitable<bool> connect();
    [[nodiscard]] asio::awaitable<bool> secure();
    void fail(step done, const stopwatch& watch);
    template <class Cancelled>
    void arm(Cancelled& what);
    [[nodiscard]] std::string reason(const boost::system::error_code& failed) const;

    asio::any_io_executor executor_;
    place target_;
    connector_options options_;
    step_sink on_step_;
    resolver resolver_;
    asio::steady_timer timer_;
    std::vector<asio::ip::tcp::endpoint> addresses_{};
    asio::ip::tcp::socket socket_;
    std::unique_ptr<channel> channel_{};
    bool timed_out_ = false;
};

}  // namespace smpp_dump
