// One connection through the proxy: client, server, and the tap between them.
#pragma once

#include <functional>
#include <memory>

#include "smpp-dump/live/channel.hpp"
#include "smpp-dump/live/connector.hpp"
#include "smpp-dump/live/proxy.hpp"
#include "smpp-dump/live/tap.hpp"

namespace smpp_dump {

/// What the connections share; outlives them.
struct proxy_shared {
    const proxy_options* options = nullptr;
    const tls_context* to_clients = nullptr;
    const tls_context* to_server = nullptr;
    connection_context records{};
    std::function<void()> settle{};
    std::uint64_t pieces = 0;  // frames of the records
};

class proxied : public std::enable_shared_from_this<proxied> {
public:
    proxied(proxy_shared& shared, asio::ip::tcp::socket client);

    [[nodiscard]] asio::awaitable<void> run();
    /// Ends both sides at once; what came is shown.
    void stop() noexcept;

private:
    [[nodiscard]] asio::awaitable<bool> greet_client();
    [[nodiscard]] asio::awaitable<void> pump(bool from_client);
    [[nodiscard]] asio::awaitable<bool> pass_end(bool from_client, stream_end end);
    void pumped();
    void tell(const std::string& what) const;

    proxy_shared* shared_;
    channel client_;
    std::string name_;  // of the client
    asio::any_io_executor executor_;
    asio::steady_timer timer_;
    std::unique_ptr<connector> connector_{};
    std::unique_ptr<channel> server_{};
    std::unique_ptr<tap> tap_{};
    int pumping_ = 2;
    bool stopped_ = false;
};

}  // namespace smpp_dump
