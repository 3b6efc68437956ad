// Operations that are given up: by their slot, by closing, by asking twice.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "asio/support.hpp"
#include "smpp/asio/client_pool.hpp"

namespace smpp_test {
namespace {

using namespace asio::experimental::awaitable_operators;

struct cancellation : testing::Test {
    asio::io_context context;
    test_centre centre;
    std::optional<smpp::server> server{std::in_place, context.get_executor(), centre};
    std::uint16_t port = server->listen("127.0.0.1", 0);
    /// Takes connections and says nothing: no handshake ever ends.
    asio::ip::tcp::acceptor silent{context, {asio::ip::make_address("127.0.0.1"), 0}};
    asio::ip::tcp::socket held{context};
    std::optional<smpp::client> client;
    asio::cancellation_signal signal;
    std::vector<smpp::error_code> ends;

    void make(smpp::client_options options = {}) {
        client.emplace(context.get_executor(), std::move(options));
    }
    /// For the port that is silent; its timer would never come.
    static smpp::client_options over_tls() {
        smpp::client_options options;
        options.tls = true;
        options.tls_options.verify = false;
        options.connect_timer = 1h;
        return options;
    }
    void bind(smpp::client_options options = {}) {
        make(std::move(options));
        run(context, [](smpp::client& c, std::uint16_t to) -> asio::awaitable<void> {
            co_await c.async_connect("127.0.0.1", to, use_awaitable);
            const auto pdu = test_bind();
            co_await c.async_bind(pdu, use_awaitable);
        }(*client, port));
    }
    smpp::reconnecting_client reconnecting(std::uint16_t to, smpp::client_options with = {}) {
        smpp::reconnect_options options;
        options.client = std::move(with);
        options.hosts = {{"127.0.0.1", to}};
        options.bind = test_bind();
        return smpp::reconnecting_client(context.get_executor(), std::move(options));
    }
    auto kept() {
        return [this](smpp::error_code failed) { ends.push_back(failed); };
    }
    auto stoppable() { return asio::bind_cancellation_slot(signal.slot(), kept()); }
    void stop_and_expect_cancelled() {
        context.restart();
        context.poll();
        EXPECT_TRUE(ends.empty());
        signal.emit(asio::cancellation_type::terminal);
        EXPECT_TRUE(ends.empty()) << "a handler must not run inside the signal";
        signal.emit(asio::cancellation_type::terminal);
        expect_ends({smpp::session_errc::cancelled});
    }
    void expect_ends(const std::vector<smpp::error_code>& expected) {
        EXPECT_TRUE(run_until(context, [&] { return ends.size() >= expected.size(); }));
        EXPECT_EQ(ends, expected);
    }
    void wait_for_handshake() {
        bool accepted = false;
        silent.async_accept(held, [&](smpp::error_code) { accepted = true; });
        EXPECT_TRUE(run_until(context, [&] { return accepted && held.available() > 0; }));
    }
    /// Nothing is left that would keep the executor at work, long before any timer.
    void expect_nothing_left() {
        server.reset();
        const auto begin = std::chrono::steady_clock::now();
        context.restart();
        context.run_for(20s);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, 15s);
        EXPECT_TRUE(context.stopped());
    }
};

TEST_F(cancellation, receiving_or_a_timer_is_whichever_comes_first) {
    bind();
    run(context, [](smpp::client& c) -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            asio::steady_timer timer(c.get_executor(), 1ms);
            const auto first =
                co_await (c.async_receive(use_awaitable) || timer.async_wait(use_awaitable));
            EXPECT_EQ(first.index(), 1U);
        }
    }(*client));
    // A message that comes later is not lost on who waited before.
    EXPECT_TRUE(centre.last.lock()->request(smpp::deliver_sm(), 1).has_value());
    run(context, [](smpp::client& c) -> asio::awaitable<void> {
        const auto received = co_await c.async_receive(use_awaitable);
        EXPECT_EQ(received.header.id, smpp::command_id::deliver_sm);
    }(*client));
}

TEST_F(cancellation, connecting_ends_by_its_slot) {
    make(over_tls());
    client->async_connect("127.0.0.1", silent.local_endpoint().port(), stoppable());
    stop_and_expect_cancelled();
    expect_nothing_left();
}

TEST_F(cancellation, a_slot_of_before_does_not_end_what_came_after) {
    make(over_tls());
    client->async_connect("127.0.0.1", silent.local_endpoint().port(), stoppable());
    make();
    client->async_connect("127.0.0.1", port, kept());
    signal.emit(asio::cancellation_type::terminal);
    expect_ends({smpp::session_errc::cancelled, {}});
}

TEST_F(cancellation, connecting_ends_with_the_client) {
    make(over_tls());
    client->async_connect("127.0.0.1", silent.local_endpoint().port(), kept());
    wait_for_handshake();
    client.reset();
    expect_ends({smpp::session_errc::cancelled});
    expect_nothing_left();
}

TEST_F(cancellation, a_second_connect_ends_the_first) {
    make(over_tls());
    const auto nobody = silent.local_endpoint().port();
    client->async_connect("127.0.0.1", nobody, kept());
    client->async_connect("127.0.0.1", nobody, kept());
    expect_ends({smpp::session_errc::cancelled});
    client->close();
    expect_ends({smpp::session_errc::cancelled, smpp::session_errc::cancelled});
    expect_nothing_left();
}

TEST_F(cancellation, unbinding_goes_on_when_nobody_waits_for_it_any_more) {
    smpp::header asked;
    centre.on_submit = [&](smpp::server_session&, const smpp::header& head) { asked = head; };
    bind();
    client->async_request(test_submit(), [](smpp::error_code, const smpp::submit_sm_resp&) {});
    client->async_unbind(20s, stoppable());
    EXPECT_TRUE(run_until(context, [&] { return asked.sequence_number != 0; }));
    stop_and_expect_cancelled();
    centre.accept(*centre.last.lock(), asked);
    EXPECT_TRUE(run_until(context, [&] { return centre.closed == 1; }));
    EXPECT_EQ(centre.close_reason, smpp::error_code());
}

TEST_F(cancellation, who_unbinds_twice_is_told_twice) {
    bind();
    client->async_unbind(1s, kept());
    client->async_unbind(1s, kept());
    expect_ends({{}, {}});
    client->async_unbind(1s, kept());
    expect_ends({{}, {}, {}});
}

TEST_F(cancellation, starting_goes_on_when_nobody_waits_for_it_any_more) {
    auto again = reconnecting(port);
    again.async_start(stoppable());
    signal.emit(asio::cancellation_type::total);
    expect_ends({smpp::session_errc::cancelled});
    EXPECT_TRUE(run_until(context, [&] { return again.sessions() == 1; }));
}

TEST_F(cancellation, a_second_start_waits_for_the_bind_as_the_first_does) {
    auto again = reconnecting(silent.local_endpoint().port(), over_tls());
    again.async_start(kept());
    again.async_start(kept());
    context.poll();
    EXPECT_TRUE(ends.empty()) << "nothing is bound";
    again.close();
    expect_ends({smpp::session_errc::closed, smpp::session_errc::closed});
    expect_nothing_left();

    ends.clear();
    server.emplace(context.get_executor(), centre);
    auto other = reconnecting(server->listen("127.0.0.1", 0));
    other.async_start(kept());
    other.async_start(kept());
    expect_ends({{}, {}});
    EXPECT_EQ(centre.opened, 1);
    other.async_start(kept());
    expect_ends({{}, {}, {}});
}

TEST_F(cancellation, unbinding_a_pool_twice_waits_for_the_same_end) {
    smpp::header asked;
    centre.on_submit = [&](smpp::server_session&, const smpp::header& head) { asked = head; };
    auto again = reconnecting(port);
    again.async_start([](smpp::error_code) {});
    EXPECT_TRUE(run_until(context, [&] { return again.sessions() == 1; }));
    std::optional<smpp::error_code> outcome;
    again.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        outcome = failed;
    });
    EXPECT_TRUE(run_until(context, [&] { return asked.sequence_number != 0; }));
    again.async_unbind(20s, kept());
    again.async_unbind(20s, stoppable());
    signal.emit(asio::cancellation_type::terminal);
    expect_ends({smpp::session_errc::cancelled});
    again.async_unbind(20s, kept());
    context.poll();
    EXPECT_FALSE(outcome) << "the second call ended the session early";
    centre.accept(*centre.last.lock(), asked);
    expect_ends({smpp::session_errc::cancelled, {}, {}});
    EXPECT_EQ(outcome, smpp::error_code());
}

TEST_F(cancellation, unbinding_ends_a_connection_under_way) {
    auto again = reconnecting(silent.local_endpoint().port(), over_tls());
    again.async_start([](smpp::error_code) {});
    wait_for_handshake();
    again.async_unbind(1s, kept());
    expect_ends({{}});
    expect_nothing_left();
}

TEST_F(cancellation, receiving_from_a_pool_ends_by_its_slot) {
    auto again = reconnecting(port);
    again.async_start([](smpp::error_code) {});
    EXPECT_TRUE(run_until(context, [&] { return again.sessions() == 1; }));
    again.async_receive(asio::bind_cancellation_slot(
        signal.slot(),
        [this](smpp::error_code failed, const smpp::pdu&) { ends.push_back(failed); }));
    stop_and_expect_cancelled();
}

TEST_F(cancellation, any_of_many_that_wait_for_the_window) {
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};
    smpp::client_options options;
    options.session.window = 1;
    options.max_waiting = 3;
    bind(options);
    asio::cancellation_signal signals[5];
    std::vector<std::optional<smpp::error_code>> outcomes(5);
    for (std::size_t i = 0; i < 5; ++i) {
        client->async_request(
            test_submit(std::to_string(i)),
            asio::bind_cancellation_slot(
                signals[i].slot(), [&, i](smpp::error_code failed, const smpp::submit_sm_resp&) {
                    EXPECT_FALSE(outcomes[i]);
                    outcomes[i] = failed;
                }));
    }
    // 0 is sent, three wait, and there is no room for the last.
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 1 && outcomes[4]; }));
    EXPECT_EQ(outcomes[4], smpp::error_code(smpp::session_errc::window_full));
    for (const std::size_t i : {2U, 1U}) {
        signals[i].emit(asio::cancellation_type::terminal);
        signals[i].emit(asio::cancellation_type::terminal);
        EXPECT_TRUE(run_until(context, [&] { return outcomes[i].has_value(); }));
        EXPECT_EQ(outcomes[i], smpp::error_code(smpp::session_errc::cancelled));
    }
    // The place of the one that was sent goes to the one that waits.
    signals[0].emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 2; }));
    EXPECT_EQ(centre.texts.back(), "3");
    EXPECT_EQ(outcomes[0], smpp::error_code(smpp::session_errc::cancelled));
    client.reset();
    EXPECT_TRUE(run_until(context, [&] { return outcomes[3].has_value(); }));
    EXPECT_EQ(outcomes[3], smpp::error_code(smpp::session_errc::connection_lost));
}

}  // namespace
}  // namespace smpp_test
