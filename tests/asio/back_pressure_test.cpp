// Peers and owners that are slower than the other side.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <map>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

struct back_pressure : testing::Test {
    asio::io_context context;
    test_centre centre;
    std::optional<smpp::server> server;
    std::optional<smpp::client> client;

    void bind(smpp::client_options options, const smpp::server_options& of_server = {}) {
        server.emplace(context.get_executor(), centre, of_server);
        client.emplace(context.get_executor(), std::move(options));
        run(context, [](smpp::client& c, std::uint16_t to) -> asio::awaitable<void> {
            co_await c.async_connect("127.0.0.1", to, use_awaitable);
            const auto pdu = test_bind();
            co_await c.async_bind(pdu, use_awaitable);
        }(*client, server->listen("127.0.0.1", 0)));
    }
    bool until(const std::function<bool()>& condition) { return run_until(context, condition); }
};

TEST_F(back_pressure, what_the_client_does_not_take_waits_and_none_is_lost) {
    smpp::client_options options;
    options.answer_incoming = false;
    options.max_unread = 10;
    smpp::server_options of_server;
    of_server.session.window = 32768;
    bind(options, of_server);
    constexpr std::uint64_t count = 30'000;
    const auto session = centre.last.lock();
    smpp::deliver_sm message;
    message.short_message = std::string(200, 'x');
    for (std::uint64_t i = 1; i <= count; ++i) {
        ASSERT_TRUE(session->request(message, i).has_value());
    }
    // As long as nobody takes them the network fills up, and the rest stays with the centre.
    std::size_t before = 0;
    EXPECT_TRUE(until([&] {
        const bool still = session->unwritten() == before && before > 0;
        before = session->unwritten();
        context.restart();
        return context.poll() == 0 && still;
    }));
    EXPECT_GT(session->unwritten(), count / 10 * message.short_message.size());

    std::size_t taken = 0;
    std::function<void()> take = [&] {
        client->async_receive([&](smpp::error_code failed, const smpp::pdu& received) {
            if (!failed) {
                ++taken;
                EXPECT_FALSE(client->respond(received.header.sequence_number,
                                             smpp::command_status::ok, smpp::deliver_sm_resp()));
                take();
            }
        });
    };
    take();
    EXPECT_TRUE(until([&] { return centre.answers.size() == count; }));
    EXPECT_EQ(taken, count);
}

TEST_F(back_pressure, what_the_client_answers_itself_is_refused_when_it_has_enough) {
    smpp::client_options options;
    options.max_unread = 1;
    bind(options);
    const auto session = centre.last.lock();
    for (std::uint64_t i = 1; i <= 2; ++i) {
        EXPECT_TRUE(session->request(smpp::deliver_sm(), i).has_value());
    }
    EXPECT_FALSE(session->notify(smpp::alert_notification()));
    EXPECT_TRUE(session->request(smpp::data_sm(), 3).has_value());
    EXPECT_TRUE(until([&] { return centre.answers.size() == 3; }));
    EXPECT_EQ(centre.answers[0].second, smpp::command_status::ok);
    EXPECT_EQ(centre.answers[1].second, smpp::command_status::message_queue_full);
    EXPECT_EQ(centre.answers[2].second, smpp::command_status::message_queue_full);
}

TEST_F(back_pressure, a_server_that_pauses_is_not_told_of_what_comes_meanwhile) {
    smpp::client_options options;
    options.session.window = 1000;
    options.session.enquire_link_timer = 0s;
    smpp::server_options of_server;
    of_server.session.enquire_link_timer = 1ms;
    of_server.session.response_timer = 1ms;
    centre.on_submit = [&](smpp::server_session& session, const smpp::header& head) {
        centre.accept(session, head);
        session.pause_reading();
    };
    bind(options, of_server);
    const auto session = centre.last.lock();
    int answered = 0;
    const auto submit = [&] {
        client->async_request(test_submit(),
                              [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                  EXPECT_FALSE(failed) << failed.message();
                                  ++answered;
                              });
    };
    submit();
    EXPECT_TRUE(until([&] { return answered == 1; }));
    submit();
    submit();
    // All its timers pass, and it neither reads nor calls the client dead.
    const auto end = std::chrono::steady_clock::now() + 50ms;
    EXPECT_TRUE(until([&] { return std::chrono::steady_clock::now() > end; }));
    EXPECT_EQ(centre.texts.size(), 1U);
    ASSERT_EQ(centre.closed, 0);
    centre.on_submit = nullptr;
    session->resume_reading();
    EXPECT_TRUE(until([&] { return answered == 3; }));
}

/// A client that binds and then takes what comes as it likes.
struct slow_reader : back_pressure {
    asio::ip::tcp::socket socket{context};
    std::vector<char> octets = std::vector<char>(16384);
    std::size_t taken = 0;

    void connect(const smpp::server_options& options) {
        server.emplace(context.get_executor(), centre, options);
        const auto port = server->listen("127.0.0.1", 0);
        socket.open(asio::ip::tcp::v4());
        socket.connect({asio::ip::make_address("127.0.0.1"), port});
        std::string bind;
        EXPECT_FALSE(smpp::append(bind, smpp::command_status::ok, 1, test_bind()));
        asio::write(socket, asio::buffer(bind));
        EXPECT_TRUE(until([&] {
            const auto session = centre.last.lock();
            return session && session->state() == smpp::session_state::bound_trx;
        }));
        socket.non_blocking(true);
    }
    /// Whether there was anything.
    bool take() {
        smpp::error_code failed;
        taken += socket.read_some(asio::buffer(octets), failed);
        return !failed;
    }
};

TEST_F(slow_reader, that_makes_progress_is_waited_for) {
    smpp::server_options options;
    options.write_timer = 500ms;
    options.high_water = 64U << 20U;
    connect(options);
    const auto session = centre.last.lock();
    const std::vector<std::uint8_t> much(40U << 20U);
    session->send_raw(much);
    // Three times the timer, in a write that is much greater than the network takes at once.
    const auto begin = std::chrono::steady_clock::now();
    for (auto passed = 0ms; passed < 1500ms && centre.closed == 0;) {
        passed = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - begin);
        while (taken < static_cast<std::size_t>(passed.count()) * 16384 && take()) {
        }
        context.restart();
        context.run_one_for(1ms);
    }
    EXPECT_EQ(centre.closed, 0) << centre.close_reason.message();
    EXPECT_GT(session->unwritten(), 0U) << "the test has to write for longer";
}

TEST_F(slow_reader, that_takes_nothing_ends_with_an_error_of_its_own) {
    smpp::server_options options;
    options.write_timer = 50ms;
    connect(options);
    const std::vector<std::uint8_t> much(12U << 20U);
    centre.last.lock()->send_raw(much);
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
    EXPECT_EQ(centre.close_reason, smpp::session_errc::write_timeout);
}

TEST_F(back_pressure, who_waits_too_long_for_room_is_never_sent) {
    smpp::client_options options;
    options.session.window = 1;
    options.waiting_timer = 30ms;
    bind(options);
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};  // no answer
    std::map<std::string, smpp::error_code> outcomes;
    for (const char* text : {"one", "two", "three"}) {
        client->async_request(test_submit(text),
                              [&, text](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                  EXPECT_TRUE(outcomes.emplace(text, failed).second);
                              });
    }
    EXPECT_TRUE(until([&] { return outcomes.size() == 2; }));
    EXPECT_EQ(outcomes["two"], smpp::session_errc::queue_timeout);
    EXPECT_EQ(outcomes["three"], smpp::session_errc::queue_timeout);
    EXPECT_TRUE(until([&] { return centre.texts.size() == 1; }));
    client->close();
    EXPECT_TRUE(until([&] { return outcomes.size() == 3; }));
    EXPECT_EQ(outcomes["one"], smpp::session_errc::connection_lost);
    EXPECT_EQ(centre.texts, std::vector<std::string>{"one"});
}

}  // namespace
}  // namespace smpp_test
