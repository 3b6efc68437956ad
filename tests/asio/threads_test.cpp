// What threads may share: the TLS sessions of clients, a key log, a port. For ThreadSanitizer.
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

/// A server with a thread of its own.
class tls_server_thread {
public:
    tls_server_thread(const smpp::self_signed_certificate& certificate, const std::string& keylog,
                      std::uint16_t port) {
        smpp::server_options options;
        options.reuse_port = true;
        smpp::tls_server_options tls;
        tls.cert_pem = certificate.cert_pem;
        tls.key_pem = certificate.key_pem;
        tls.keylog_file = keylog;
        server_.emplace(context_.get_executor(), centre_, options);
        port_ = server_->listen("127.0.0.1", port, tls);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~tls_server_thread() {
        asio::post(context_, [this] { server_.reset(); });
        thread_.join();
    }
    tls_server_thread(const tls_server_thread&) = delete;
    tls_server_thread& operator=(const tls_server_thread&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    asio::io_context context_;
    test_centre centre_;
    std::optional<smpp::server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

asio::awaitable<void> talk(smpp::client& client, std::uint16_t port) {
    co_await client.async_connect("127.0.0.1", port, use_awaitable);
    const auto bind = test_bind();
    co_await client.async_bind(bind, use_awaitable);
    const auto submit = test_submit();
    co_await client.async_request(submit, use_awaitable);
    co_await client.async_unbind(1s, use_awaitable);
}

TEST(threads, share_tls_sessions_and_a_key_log) {
    const auto folder = std::filesystem::temp_directory_path();
    const auto name = "smpp-keys-" + std::to_string(std::random_device()());
    const std::string keylog = (folder / name).string();
    {
        const auto certificate = smpp::make_self_signed({"127.0.0.1"});
        const tls_server_thread first(certificate, keylog, 0);
        const tls_server_thread second(certificate, keylog, first.port());
        smpp::client_options options;
        options.tls = true;
        options.tls_options.verify = false;
        options.tls_options.keylog_file = keylog;
        options.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
        std::vector<std::thread> clients;
        for (int i = 0; i < 4; ++i) {
            clients.emplace_back([&options, port = first.port()] {
                asio::io_context context;
                smpp::client client(context.get_executor(), options);
                for (int session = 0; session < 5; ++session) {
                    run(context, talk(client, port));
                }
            });
        }
        for (auto& each : clients) {
            each.join();
        }
    }
    // Each connection has its lines from either side, and none is mixed with another.
    std::ifstream lines(keylog);
    std::size_t traffic = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto space = line.find(' ');
        ASSERT_NE(space, std::string::npos) << line;
        traffic += line.substr(0, space) == "CLIENT_TRAFFIC_SECRET_0" ? 1U : 0U;
        EXPECT_EQ(line.find(' ', space + 1), space + 1 + 64) << line;
    }
    EXPECT_EQ(traffic, 2U * 4 * 5);
    std::filesystem::remove(keylog);
}

}  // namespace
}  // namespace smpp_test
