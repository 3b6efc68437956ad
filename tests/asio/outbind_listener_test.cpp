#include "smpp/asio/outbind_listener.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

/// Takes the bind of a receiver, and then has a message for it.
struct outbind_centre : test_centre {
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span frame) override {
        if (!std::holds_alternative<smpp::bind_receiver_view>(body)) {
            test_centre::on_request(session, head, body, frame);
            return;
        }
        std::ignore = session.respond(head.sequence_number, smpp::command_status::ok,
                                      smpp::bind_receiver_resp());
        EXPECT_TRUE(session.request(smpp::deliver_sm(), 1).has_value());
    }
};

struct outbind_listener : testing::Test {
    asio::io_context context;
    outbind_centre centre;
    smpp::server server{context.get_executor(), centre};
    std::optional<smpp::outbind_listener> listener{std::in_place, context.get_executor(),
                                                   "127.0.0.1", std::uint16_t{0}};
    smpp::client client{context.get_executor()};
    std::vector<smpp::error_code> ends;

    void dial(const std::optional<smpp::tls_client_options>& tls = std::nullopt) {
        server.dial(
            "127.0.0.1", listener->port(),
            [](const smpp::error_code& failed, smpp::server_session* session) {
                ASSERT_NE(session, nullptr) << failed.message();
                smpp::outbind outbind;
                outbind.system_id = "centre";
                EXPECT_FALSE(session->notify(outbind));
            },
            tls);
    }
    void listen_tls() {
        const auto certificate = smpp::make_self_signed({"127.0.0.1"});
        smpp::tls_server_options tls;
        tls.cert_pem = certificate.cert_pem;
        tls.key_pem = certificate.key_pem;
        listener.emplace(context.get_executor(), "127.0.0.1", std::uint16_t{0}, tls);
    }
    /// Takes a centre, binds as it wants, and gets its message.
    void hear_a_centre() {
        run(context, [](outbind_listener& t) -> asio::awaitable<void> {
            co_await t.client.async_accept(*t.listener, use_awaitable);
            const auto first = co_await t.client.async_receive(use_awaitable);
            EXPECT_EQ(std::get<smpp::outbind>(first.body).system_id, "centre");
            EXPECT_EQ(t.client.state(), smpp::session_state::outbound);
            smpp::bind_receiver bind;
            bind.system_id = "user";
            co_await t.client.async_bind(bind, use_awaitable);
            const auto second = co_await t.client.async_receive(use_awaitable);
            EXPECT_EQ(second.header.id, smpp::command_id::deliver_sm);
            co_await t.client.async_unbind(1s, use_awaitable);
        }(*this));
    }
    auto kept() {
        return [this](smpp::error_code failed) { ends.push_back(failed); };
    }
    bool until(const std::function<bool()>& condition) { return run_until(context, condition); }
};

TEST_F(outbind_listener, a_centre_connects_and_the_client_binds_and_receives) {
    for (int i = 0; i < 2; ++i) {
        dial();
        hear_a_centre();
    }
    EXPECT_TRUE(until([&] { return centre.closed == 2; }));
    EXPECT_EQ(centre.close_reason, smpp::error_code());
    EXPECT_EQ(centre.answers.size(), 2U);
}

TEST_F(outbind_listener, over_tls_the_listener_shows_its_certificate) {
    listen_tls();
    smpp::tls_client_options trusting;
    trusting.verify = false;
    dial(trusting);
    hear_a_centre();
    EXPECT_EQ(client.security().find("TLSv1.3 "), 0U) << client.security();
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
    EXPECT_EQ(centre.close_reason, smpp::error_code());
}

TEST_F(outbind_listener, a_handshake_that_fails_is_told_on_either_side) {
    listen_tls();
    client.async_accept(*listener, kept());
    std::optional<smpp::error_code> dialled;
    server.dial(
        "127.0.0.1", listener->port(),
        [&](const smpp::error_code& failed, smpp::server_session* session) {
            EXPECT_EQ(session, nullptr);
            dialled = failed;
        },
        smpp::tls_client_options{});  // verifies, and knows no such authority
    EXPECT_TRUE(until([&] { return dialled && ends.size() == 1; }));
    EXPECT_TRUE(*dialled);
    EXPECT_TRUE(ends[0]);
    EXPECT_EQ(client.last_error().find("TLS handshake with a centre failed"), 0U)
        << client.last_error();
    EXPECT_EQ(centre.opened, 0);
}

TEST_F(outbind_listener, a_handshake_ends_by_its_timer_and_by_the_client) {
    listen_tls();
    smpp::client_options hurried;
    hurried.connect_timer = 20ms;
    for (const bool by_timer : {true, false}) {
        client = smpp::client(context.get_executor(), by_timer ? hurried : smpp::client_options{});
        client.async_accept(*listener, kept());
        asio::ip::tcp::socket silent(context);
        silent.connect({asio::ip::make_address("127.0.0.1"), listener->port()});
        if (!by_timer) {
            EXPECT_TRUE(until([&] { return context.poll() == 0; }));
            client.close();
        }
        EXPECT_TRUE(until([&] { return ends.size() == (by_timer ? 1U : 2U); }));
    }
    EXPECT_TRUE(ends[0]);
    EXPECT_EQ(ends[1], smpp::session_errc::cancelled);
}

TEST_F(outbind_listener, waiting_ends_by_slot_by_closing_and_with_the_listener) {
    asio::cancellation_signal signal;
    client.async_accept(*listener, asio::bind_cancellation_slot(signal.slot(), kept()));
    signal.emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(until([&] { return ends.size() == 1; }));
    client.async_accept(*listener, kept());
    client.close();
    EXPECT_TRUE(until([&] { return ends.size() == 2; }));
    client.async_accept(*listener, kept());
    listener.reset();
    client.close();  // both at once
    EXPECT_TRUE(until([&] { return ends.size() == 3; }));
    listener.emplace(context.get_executor(), "127.0.0.1", std::uint16_t{0});
    client.async_accept(*listener, kept());
    listener->close();
    EXPECT_TRUE(until([&] { return ends.size() == 4; }));
    using smpp::session_errc;
    EXPECT_EQ(ends, (std::vector<smpp::error_code>{session_errc::cancelled, session_errc::cancelled,
                                                   session_errc::cancelled, session_errc::closed}));
    EXPECT_NE(client.last_error(), "");
}

TEST_F(outbind_listener, several_clients_wait_at_one_and_each_gets_its_own_centre) {
    smpp::client other(context.get_executor());
    client.async_accept(*listener, kept());
    other.async_accept(*listener, kept());
    dial();
    EXPECT_TRUE(until([&] { return ends.size() == 1; }));
    other.close();
    client.close();
    EXPECT_TRUE(until([&] { return ends.size() == 2; }));
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
}

TEST_F(outbind_listener, a_port_that_is_taken_is_named) {
    try {
        const smpp::outbind_listener second(context.get_executor(), "127.0.0.1", listener->port());
        FAIL() << "listens twice";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find(std::to_string(listener->port())),
                  std::string::npos)
            << error.what();
    }
}

}  // namespace
}  // namespace smpp_test
