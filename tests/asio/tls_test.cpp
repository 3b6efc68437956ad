#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

/// A file that is gone with it.
class temporary_file {
public:
    explicit temporary_file(const std::string& content) {
        char name[] = "/tmp/smpp-test-XXXXXX";
        const int fd = mkstemp(name);
        path_ = name;
        close(fd);
        std::ofstream(path_) << content;
    }
    ~temporary_file() { std::filesystem::remove(path_); }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }
    void replace(const std::string& content) const { std::ofstream(path_) << content; }
    [[nodiscard]] std::string content() const {
        std::ifstream in(path_);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    std::string path_;
};

struct tls : testing::Test {
    asio::io_context context;
    test_centre centre;
    smpp::server server{context.get_executor(), centre};

    std::uint16_t listen(const smpp::self_signed_certificate& certificate,
                         smpp::tls_server_options options = {}) {
        options.cert_pem = certificate.cert_pem;
        options.key_pem = certificate.key_pem;
        return server.listen("127.0.0.1", 0, options);
    }

    /// Connects, binds and submits; what failed first, and the client's line about it.
    std::pair<smpp::error_code, std::string> talk(std::uint16_t port,
                                                  smpp::client_options options) {
        smpp::client client(context.get_executor(), std::move(options));
        smpp::error_code failed;
        run(context,
            [](smpp::client& c, std::uint16_t to, smpp::error_code& ec) -> asio::awaitable<void> {
                co_await c.async_connect("127.0.0.1", to, asio::redirect_error(use_awaitable, ec));
                if (ec) {
                    co_return;
                }
                const auto bind = test_bind();
                co_await c.async_bind(bind, asio::redirect_error(use_awaitable, ec));
                if (ec) {
                    co_return;
                }
                const auto submit = test_submit("over TLS");
                co_await c.async_request(submit, asio::redirect_error(use_awaitable, ec));
                if (!ec) {
                    co_await c.async_unbind(1s, use_awaitable);
                }
            }(client, port, failed));
        security = client.security();
        return {failed, client.last_error()};
    }

    static smpp::client_options trusting(const std::string& ca_file) {
        smpp::client_options options;
        options.tls = true;
        options.tls_options.ca_file = ca_file;
        return options;
    }

    std::string security;
};

TEST_F(tls, a_trusted_certificate_for_the_host_carries_the_session) {
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    const temporary_file ca(certificate.cert_pem);
    const auto [failed, text] = talk(listen(certificate), trusting(ca.path()));
    EXPECT_FALSE(failed) << text;
    EXPECT_EQ(centre.texts, std::vector<std::string>{"over TLS"});
    EXPECT_EQ(security.find("TLSv1.3 "), 0U) << security;
}

TEST_F(tls, an_untrusted_certificate_is_refused_before_anything_is_sent) {
    const auto [failed, text] = talk(listen(smpp::make_self_signed({"127.0.0.1"})), trusting(""));
    EXPECT_TRUE(failed);
    EXPECT_NE(text.find("the certificate is not trusted (self"), std::string::npos) << text;
    EXPECT_EQ(centre.opened, 0);
}

TEST_F(tls, a_certificate_for_another_host_is_refused) {
    const auto certificate = smpp::make_self_signed({"smpp.example.com"});
    const temporary_file ca(certificate.cert_pem);
    const auto port = listen(certificate);
    const auto [failed, text] = talk(port, trusting(ca.path()));
    EXPECT_TRUE(failed);
    EXPECT_NE(text.find("the certificate is not for 127.0.0.1"), std::string::npos) << text;

    auto options = trusting(ca.path());
    options.tls_options.server_name = "smpp.example.com";
    const auto [named, why] = talk(port, options);
    EXPECT_FALSE(named) << why;
}

TEST_F(tls, an_expired_certificate_is_refused) {
    const auto certificate = smpp::make_self_signed({"127.0.0.1"}, -1);
    const temporary_file ca(certificate.cert_pem);
    const auto [failed, text] = talk(listen(certificate), trusting(ca.path()));
    EXPECT_TRUE(failed);
    EXPECT_NE(text.find("certificate has expired"), std::string::npos) << text;
}

TEST_F(tls, verification_can_be_switched_off_by_name) {
    auto options = trusting("");
    options.tls_options.verify = false;
    const auto [failed, text] = talk(listen(smpp::make_self_signed({"other"})), options);
    EXPECT_FALSE(failed) << text;
}

TEST_F(tls, a_plain_client_on_a_tls_port_is_told_so) {
    const auto [failed, text] = talk(listen(smpp::make_self_signed({"127.0.0.1"})), {});
    EXPECT_TRUE(failed);
    EXPECT_NE(text.find("before it sent anything"), std::string::npos) << text;
}

TEST_F(tls, a_tls_client_on_a_plain_port_is_told_so) {
    const auto [failed, text] = talk(server.listen("127.0.0.1", 0), trusting(""));
    EXPECT_TRUE(failed);
    EXPECT_NE(text.find("speak TLS on this port"), std::string::npos) << text;
}

TEST_F(tls, an_authority_that_cannot_be_read_is_named) {
    const auto [failed, text] =
        talk(listen(smpp::make_self_signed({"127.0.0.1"})), trusting("/nonexistent/ca.pem"));
    EXPECT_TRUE(failed);
    EXPECT_NE(text.find("/nonexistent/ca.pem"), std::string::npos) << text;
}

TEST_F(tls, a_client_certificate_is_asked_for_and_verified) {
    const auto servers = smpp::make_self_signed({"127.0.0.1"});
    const auto clients = smpp::make_self_signed({"client"});
    const temporary_file ca(servers.cert_pem);
    const temporary_file client_ca(clients.cert_pem);
    const temporary_file key(clients.key_pem);
    smpp::tls_server_options asking;
    asking.client_ca_file = client_ca.path();
    const auto port = listen(servers, asking);

    const auto [without, why] = talk(port, trusting(ca.path()));
    EXPECT_TRUE(without);

    auto options = trusting(ca.path());
    options.tls_options.cert_file = client_ca.path();
    options.tls_options.key_file = key.path();
    const auto [with, text] = talk(port, options);
    EXPECT_FALSE(with) << text;
}

TEST_F(tls, the_lowest_version_is_an_option) {
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    const temporary_file ca(certificate.cert_pem);
    const temporary_file keys("");
    smpp::tls_server_options only_1_3;
    only_1_3.min_version = smpp::tls_version::v1_3;
    only_1_3.keylog_file = keys.path();
    const auto [failed, text] = talk(listen(certificate, only_1_3), trusting(ca.path()));
    EXPECT_FALSE(failed) << text;
    EXPECT_NE(keys.content().find("CLIENT_TRAFFIC_SECRET_0"), std::string::npos);
}

TEST_F(tls, a_session_is_resumed_where_the_client_keeps_it) {
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    const temporary_file ca(certificate.cert_pem);
    const auto port = listen(certificate);
    auto options = trusting(ca.path());
    EXPECT_FALSE(talk(port, options).first);
    EXPECT_FALSE(talk(port, options).first);
    EXPECT_EQ(security.find("resumed"), std::string::npos) << security;
    options.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
    for (int i = 0; i < 3; ++i) {
        const auto [failed, text] = talk(port, options);
        EXPECT_FALSE(failed) << text;
        EXPECT_EQ(security.find("resumed") != std::string::npos, i > 0) << security;
    }
    // A peer that does not know the session any more shakes hands in full.
    server.reload_certificates();
    const auto [failed, text] = talk(port, options);
    EXPECT_FALSE(failed) << text;
    EXPECT_EQ(security.find("resumed"), std::string::npos) << security;
}

TEST_F(tls, as_many_as_connect_at_a_time_resume_what_one_cache_keeps) {
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    const temporary_file ca(certificate.cert_pem);
    const auto port = listen(certificate);
    auto options = trusting(ca.path());
    options.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
    // Each full handshake gives two tickets, and a resumed one gives the next.
    for (const std::size_t at_a_time : {1U, 2U, 4U}) {
        std::vector<std::unique_ptr<smpp::client>> clients;
        std::size_t bound = 0;
        for (std::size_t i = 0; i < at_a_time; ++i) {
            auto& client = *clients.emplace_back(
                std::make_unique<smpp::client>(context.get_executor(), options));
            client.async_connect("127.0.0.1", port, [&](smpp::error_code failed) {
                EXPECT_FALSE(failed) << client.last_error();
                client.async_bind(test_bind(), [&](smpp::error_code refused, const auto&) {
                    EXPECT_FALSE(refused);
                    ++bound;
                });
            });
        }
        ASSERT_TRUE(run_until(context, [&] { return bound == at_a_time; }));
        std::size_t resumed = 0;
        for (const auto& each : clients) {
            resumed += each->security().find("resumed") != std::string::npos ? 1U : 0U;
        }
        EXPECT_GE(resumed, at_a_time == 1 ? 0U : 2U) << at_a_time;
    }
}

/// Shakes hands by TLS 1.2 with whoever comes, and waits for them to go.
asio::awaitable<void> old_centre(asio::ip::tcp::acceptor& from, asio::ssl::context& with,
                                 int connections) {
    for (int i = 0; i < connections; ++i) {
        auto socket = co_await from.async_accept(use_awaitable);
        asio::ssl::stream<asio::ip::tcp::socket> stream(std::move(socket), with);
        co_await stream.async_handshake(asio::ssl::stream_base::server, use_awaitable);
        char octet[1];
        smpp::error_code ended;
        const auto into = asio::buffer(octet);
        co_await stream.async_read_some(into, asio::redirect_error(use_awaitable, ended));
    }
}

TEST_F(tls, a_session_of_version_1_2_is_resumed_every_time) {
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    asio::ssl::context old(asio::ssl::context::tlsv12_server);
    old.use_certificate_chain(asio::buffer(certificate.cert_pem));
    old.use_private_key(asio::buffer(certificate.key_pem), asio::ssl::context::pem);
    asio::ip::tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
    constexpr int connections = 4;
    asio::co_spawn(context, old_centre(acceptor, old, connections), [](std::exception_ptr failed) {
        EXPECT_FALSE(failed) << "the centre ended early";
    });
    const temporary_file ca(certificate.cert_pem);
    auto options = trusting(ca.path());
    options.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
    for (int i = 0; i < connections; ++i) {
        smpp::client client(context.get_executor(), options);
        std::optional<smpp::error_code> connected;
        client.async_connect("127.0.0.1", acceptor.local_endpoint().port(),
                             [&](smpp::error_code failed) { connected = failed; });
        ASSERT_TRUE(run_until(context, [&] { return connected.has_value(); }));
        EXPECT_FALSE(*connected) << client.last_error();
        EXPECT_EQ(client.security().find("TLSv1.2 "), 0U) << client.security();
        EXPECT_EQ(client.security().find("resumed") != std::string::npos, i > 0) << i;
    }
}

TEST_F(tls, a_client_reads_its_files_once_and_again_when_they_have_changed) {
    const auto first = smpp::make_self_signed({"127.0.0.1"});
    const auto second = smpp::make_self_signed({"127.0.0.1"});
    const temporary_file ca(first.cert_pem);
    smpp::client client(context.get_executor(), trusting(ca.path()));
    const auto connect = [&](std::uint16_t port) {
        std::optional<smpp::error_code> connected;
        client.async_connect("127.0.0.1", port,
                             [&](smpp::error_code failed) { connected = failed; });
        EXPECT_TRUE(run_until(context, [&] { return connected.has_value(); }));
        return *connected;
    };
    const auto port = listen(first);
    EXPECT_FALSE(connect(port));
    // As if nothing had changed: it does not look inside.
    const auto written = std::filesystem::last_write_time(ca.path());
    ca.replace(std::string(first.cert_pem.size(), 'x'));
    std::filesystem::last_write_time(ca.path(), written);
    EXPECT_FALSE(connect(port)) << client.last_error();
    ca.replace(second.cert_pem);
    std::filesystem::last_write_time(ca.path(), written + 1s);
    EXPECT_TRUE(connect(port));
    EXPECT_FALSE(connect(listen(second))) << client.last_error();
}

TEST_F(tls, a_session_with_a_client_certificate_is_resumed_too) {
    const auto servers = smpp::make_self_signed({"127.0.0.1"});
    const auto clients = smpp::make_self_signed({"client"});
    const temporary_file ca(servers.cert_pem);
    const temporary_file client_ca(clients.cert_pem);
    const temporary_file key(clients.key_pem);
    smpp::tls_server_options asking;
    asking.client_ca_file = client_ca.path();
    const auto port = listen(servers, asking);
    auto options = trusting(ca.path());
    options.tls_options.cert_file = client_ca.path();
    options.tls_options.key_file = key.path();
    options.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
    EXPECT_FALSE(talk(port, options).first);
    EXPECT_FALSE(talk(port, options).first);
    EXPECT_NE(security.find("resumed"), std::string::npos) << security;
}

TEST_F(tls, certificates_are_reloaded_while_sessions_go_on) {
    const auto old = smpp::make_self_signed({"127.0.0.1"});
    const auto fresh = smpp::make_self_signed({"127.0.0.1"});
    const temporary_file certificate(old.cert_pem);
    const temporary_file key(old.key_pem);
    const temporary_file old_ca(old.cert_pem);
    const temporary_file fresh_ca(fresh.cert_pem);
    smpp::tls_server_options files;
    files.cert_file = certificate.path();
    files.key_file = key.path();
    const auto port = server.listen("127.0.0.1", 0, files);
    smpp::client staying(context.get_executor(), trusting(old_ca.path()));
    run(context, [](smpp::client& c, std::uint16_t to) -> asio::awaitable<void> {
        co_await c.async_connect("127.0.0.1", to, use_awaitable);
        const auto bind = test_bind();
        co_await c.async_bind(bind, use_awaitable);
    }(staying, port));

    certificate.replace("no certificate");
    EXPECT_THROW(server.reload_certificates(), std::runtime_error);
    EXPECT_FALSE(talk(port, trusting(old_ca.path())).first) << "the old one stays in use";
    certificate.replace(fresh.cert_pem);
    key.replace(fresh.key_pem);
    server.reload_certificates();
    EXPECT_FALSE(talk(port, trusting(fresh_ca.path())).first);
    EXPECT_TRUE(talk(port, trusting(old_ca.path())).first);

    bool answered = false;
    staying.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        answered = !failed;
    });
    EXPECT_TRUE(run_until(context, [&] { return answered; }));
}

TEST_F(tls, a_peer_that_says_nothing_ends_by_the_connect_timer) {
    asio::ip::tcp::acceptor silent(context, {asio::ip::make_address("127.0.0.1"), 0});
    auto options = trusting("");
    options.connect_timer = 500ms;
    const auto [failed, text] = talk(silent.local_endpoint().port(), options);
    EXPECT_EQ(failed, asio::error::timed_out);
    EXPECT_NE(text.find("TLS handshake with 127.0.0.1"), std::string::npos) << text;
}

}  // namespace
}  // namespace smpp_test
