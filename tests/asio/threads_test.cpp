// What threads may share: the TLS sessions of clients, a key log, a port. For ThreadSanitizer.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "asio/server_thread.hpp"

namespace smpp_test {
namespace {

asio::awaitable<void> talk(smpp::client& client, std::uint16_t port, int submits) {
    co_await client.async_connect("127.0.0.1", port, use_awaitable);
    const auto bind = test_bind();
    co_await client.async_bind(bind, use_awaitable);
    const auto submit = test_submit();
    for (int i = 0; i < submits; ++i) {
        co_await client.async_request(submit, use_awaitable);
    }
    co_await client.async_unbind(1s, use_awaitable);
}

constexpr int client_threads = 4;

/// Several threads, each with a client that talks in one session after the other; returns how many
/// submits were answered.
int talk_from_threads(std::uint16_t port, const smpp::client_options& options, int sessions,
                      int submits) {
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < client_threads; ++i) {
        clients.emplace_back([&] {
            asio::io_context context;
            smpp::client client(context.get_executor(), options);
            for (int session = 0; session < sessions; ++session) {
                run(context, talk(client, port, submits));
                answered += submits;
            }
        });
    }
    for (auto& each : clients) {
        each.join();
    }
    return answered;
}

TEST(threads, share_a_port_and_their_clients_do_not_meet) {
    const server_thread first(0);
    const server_thread second(first.port());
    EXPECT_EQ(talk_from_threads(first.port(), {}, 8, 20), client_threads * 8 * 20);
}

TEST(threads, share_tls_sessions_and_a_key_log) {
    const auto folder = std::filesystem::temp_directory_path();
    const auto name = "smpp-keys-" + std::to_string(std::random_device()());
    const std::string keylog = (folder / name).string();
    {
        const auto certificate = smpp::make_self_signed({"127.0.0.1"});
        smpp::tls_server_options tls;
        tls.cert_pem = certificate.cert_pem;
        tls.key_pem = certificate.key_pem;
        tls.keylog_file = keylog;
        const server_thread first(0, tls);
        const server_thread second(first.port(), tls);
        smpp::client_options options;
        options.tls = true;
        options.tls_options.verify = false;
        options.tls_options.keylog_file = keylog;
        options.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
        EXPECT_EQ(talk_from_threads(first.port(), options, 5, 1), client_threads * 5);
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
    EXPECT_EQ(traffic, 2U * client_threads * 5);
    std::filesystem::remove(keylog);
}

}  // namespace
}  // namespace smpp_test
