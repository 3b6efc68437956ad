#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

struct client_server : testing::Test {
    asio::io_context context;
    test_centre centre;
    smpp::server server{context.get_executor(), centre};
    std::uint16_t port = server.listen("127.0.0.1", 0);
    smpp::client client{context.get_executor()};

    asio::awaitable<void> bind() {
        co_await client.async_connect("127.0.0.1", port, use_awaitable);
        const auto pdu = test_bind();
        const auto answer = co_await client.async_bind(pdu, use_awaitable);
        EXPECT_EQ(answer.system_id, "centre");
    }
};

TEST_F(client_server, a_message_is_bound_for_submitted_and_unbound) {
    run(context, [](client_server& t) -> asio::awaitable<void> {
        co_await t.bind();
        const auto submit = test_submit("first");
        const auto answer = co_await t.client.async_request(submit, use_awaitable);
        EXPECT_EQ(answer.message_id, "1");
        EXPECT_EQ(t.client.state(), smpp::session_state::bound_trx);
        co_await t.client.async_unbind(1s, use_awaitable);
        EXPECT_EQ(t.client.state(), smpp::session_state::closed);
    }(*this));
    EXPECT_EQ(centre.texts, std::vector<std::string>{"first"});
    EXPECT_TRUE(run_until(context, [&] { return centre.closed == 1; }));
    EXPECT_EQ(centre.close_reason, smpp::error_code());
    EXPECT_EQ(server.session_count(), 0U);
}

TEST_F(client_server, a_refused_bind_is_the_status_of_the_centre) {
    run(context, [](client_server& t) -> asio::awaitable<void> {
        co_await t.client.async_connect("127.0.0.1", t.port, use_awaitable);
        const auto pdu = test_bind("wrong");
        smpp::error_code failed;
        co_await t.client.async_bind(pdu, asio::redirect_error(use_awaitable, failed));
        EXPECT_EQ(failed, smpp::error_code(smpp::command_status::invalid_password));
    }(*this));
}

TEST_F(client_server, a_thousand_requests_pass_a_window_of_ten_in_order) {
    run(context, bind());
    int answered = 0;
    for (int i = 0; i < 1000; ++i) {
        client.async_request(test_submit(std::to_string(i)),
                             [&, i](smpp::error_code failed, const smpp::submit_sm_resp& answer) {
                                 EXPECT_FALSE(failed);
                                 EXPECT_EQ(answer.message_id, std::to_string(i + 1));
                                 ++answered;
                             });
        EXPECT_LE(client.in_flight(), 10U);
    }
    EXPECT_TRUE(run_until(context, [&] { return answered == 1000; }));
    ASSERT_EQ(centre.texts.size(), 1000U);
    EXPECT_EQ(centre.texts.back(), "999");
}

TEST_F(client_server, a_full_window_refuses_when_asked_to) {
    smpp::client_options options;
    options.wait_for_window = false;
    options.session.window = 1;
    client = smpp::client(context.get_executor(), options);
    run(context, bind());
    std::vector<smpp::error_code> outcomes;
    for (int i = 0; i < 2; ++i) {
        client.async_request(test_submit(),
                             [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                 outcomes.push_back(failed);
                             });
    }
    EXPECT_TRUE(outcomes.empty()) << "a handler must not run inside the initiating call";
    EXPECT_TRUE(run_until(context, [&] { return outcomes.size() == 2; }));
    EXPECT_EQ(outcomes[0], smpp::session_errc::window_full);
    EXPECT_EQ(outcomes[1], smpp::error_code());
}

TEST_F(client_server, a_request_without_a_connection_is_never_sent) {
    smpp::error_code outcome;
    bool done = false;
    client.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        outcome = failed;
        done = true;
    });
    EXPECT_TRUE(run_until(context, [&] { return done; }));
    EXPECT_EQ(outcome, smpp::session_errc::closed);
}

TEST_F(client_server, a_lost_connection_tells_sent_from_never_sent) {
    centre.on_submit = [](smpp::server_session& session, const smpp::header&) { session.abort(); };
    smpp::client_options options;
    options.session.window = 2;
    client = smpp::client(context.get_executor(), options);
    run(context, bind());
    std::vector<smpp::error_code> outcomes(3, smpp::codec_errc::truncated);
    int done = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        client.async_request(test_submit(),
                             [&, i](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                 outcomes[i] = failed;
                                 ++done;
                             });
    }
    EXPECT_TRUE(run_until(context, [&] { return done == 3; }));
    EXPECT_EQ(outcomes[0], smpp::session_errc::connection_lost);
    EXPECT_EQ(outcomes[1], smpp::session_errc::connection_lost);
    EXPECT_EQ(outcomes[2], smpp::session_errc::closed);
    EXPECT_EQ(client.state(), smpp::session_state::closed);
}

TEST_F(client_server, a_cancelled_request_ends_once_and_its_late_answer_harms_nobody) {
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};  // no answer
    run(context, bind());
    asio::cancellation_signal signal;
    int done = 0;
    client.async_request(test_submit(), asio::bind_cancellation_slot(
                                            signal.slot(), [&](smpp::error_code failed,
                                                               const smpp::submit_sm_resp&) {
                                                EXPECT_EQ(failed, smpp::session_errc::cancelled);
                                                ++done;
                                            }));
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 1; }));
    signal.emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(run_until(context, [&] { return done == 1; }));
    EXPECT_EQ(client.in_flight(), 0U);
    signal.emit(asio::cancellation_type::terminal);

    smpp::header late;
    late.sequence_number = 2;  // the bind was 1
    centre.accept(*centre.last.lock(), late);
    centre.on_submit = nullptr;
    bool answered = false;
    client.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        answered = !failed;
    });
    EXPECT_TRUE(run_until(context, [&] { return answered; }));
    EXPECT_EQ(done, 1);
}

TEST_F(client_server, a_request_that_waits_for_the_window_can_be_cancelled) {
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};
    smpp::client_options options;
    options.session.window = 1;
    client = smpp::client(context.get_executor(), options);
    run(context, bind());
    client.async_request(test_submit("sent"), [](smpp::error_code, const smpp::submit_sm_resp&) {});
    asio::cancellation_signal signal;
    bool cancelled = false;
    client.async_request(
        test_submit("waits"),
        asio::bind_cancellation_slot(signal.slot(),
                                     [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                         cancelled = failed == smpp::session_errc::cancelled;
                                     }));
    signal.emit(asio::cancellation_type::partial);
    EXPECT_TRUE(run_until(context, [&] { return cancelled && !centre.texts.empty(); }));
    EXPECT_EQ(centre.texts, std::vector<std::string>{"sent"});
}

TEST_F(client_server, messages_for_the_client_are_answered_and_kept_in_order) {
    run(context, bind());
    const auto session = centre.last.lock();
    for (std::uint64_t i = 1; i <= 3; ++i) {
        smpp::deliver_sm message;
        message.short_message = std::to_string(i);
        EXPECT_TRUE(session->request(message, i).has_value());
    }
    run(context, [](client_server& t) -> asio::awaitable<void> {
        for (int i = 1; i <= 3; ++i) {
            const auto received = co_await t.client.async_receive(use_awaitable);
            EXPECT_EQ(std::get<smpp::deliver_sm>(received.body).short_message, std::to_string(i));
        }
    }(*this));
    EXPECT_TRUE(run_until(context, [&] { return centre.answers.size() == 3; }));
    for (std::uint64_t i = 1; i <= 3; ++i) {
        EXPECT_EQ(centre.answers[i - 1], std::make_pair(i, smpp::command_status::ok));
    }
}

TEST_F(client_server, a_reader_that_waits_learns_of_the_end) {
    run(context, bind());
    smpp::error_code outcome;
    client.async_receive([&](smpp::error_code failed, const smpp::pdu&) { outcome = failed; });
    centre.last.lock()->abort();
    EXPECT_TRUE(run_until(context, [&] { return bool(outcome); }));
}

TEST_F(client_server, connecting_names_what_failed_and_where) {
    asio::ip::tcp::acceptor taken(context, {asio::ip::make_address("127.0.0.1"), 0});
    const auto closed_port = taken.local_endpoint().port();
    taken.close();
    run(context, [](client_server& t, std::uint16_t nobody) -> asio::awaitable<void> {
        smpp::error_code failed;
        co_await t.client.async_connect("127.0.0.1", nobody,
                                        asio::redirect_error(use_awaitable, failed));
        EXPECT_EQ(failed, asio::error::connection_refused);
        EXPECT_EQ(t.client.last_error(),
                  "cannot connect to 127.0.0.1:" + std::to_string(nobody) + ": Connection refused");
        co_await t.client.async_connect("no-such-host.invalid", 2775,
                                        asio::redirect_error(use_awaitable, failed));
        EXPECT_TRUE(failed);
        EXPECT_EQ(t.client.last_error().find("cannot resolve no-such-host.invalid: "), 0U);
    }(*this, closed_port));
}

TEST_F(client_server, a_client_reconnects_after_the_end) {
    run(context, [](client_server& t) -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            co_await t.bind();
            const auto submit = test_submit();
            co_await t.client.async_request(submit, use_awaitable);
            if (i == 1) {
                co_await t.client.async_unbind(1s, use_awaitable);
            }
        }
    }(*this));
    EXPECT_EQ(centre.texts.size(), 3U);
    EXPECT_EQ(centre.opened, 3);
    EXPECT_TRUE(run_until(context, [&] { return centre.closed == 2; }));
}

TEST_F(client_server, a_destroyed_client_completes_what_is_pending) {
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};
    run(context, bind());
    smpp::error_code outcome;
    client.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        outcome = failed;
    });
    { const smpp::client gone = std::move(client); }
    EXPECT_TRUE(run_until(context, [&] { return bool(outcome) && centre.closed == 1; }));
    EXPECT_EQ(outcome, smpp::session_errc::connection_lost);
}

TEST_F(client_server, a_stopped_server_unbinds_its_sessions_and_tells_when_all_are_gone) {
    run(context, bind());
    bool stopped = false;
    server.stop(1s, [&] { stopped = true; });
    EXPECT_TRUE(run_until(context, [&] { return stopped; }));
    EXPECT_EQ(centre.closed, 1);
    EXPECT_EQ(server.session_count(), 0U);
    EXPECT_TRUE(run_until(context, [&] { return client.state() == smpp::session_state::closed; }));
}

TEST_F(client_server, a_server_that_is_destroyed_closes_its_sessions_before_it_is_gone) {
    auto second = std::make_unique<smpp::server>(context.get_executor(), centre);
    port = second->listen("127.0.0.1", 0);
    run(context, bind());
    second.reset();
    EXPECT_EQ(centre.closed, 1);
    EXPECT_TRUE(run_until(context, [&] { return client.state() == smpp::session_state::closed; }));
    EXPECT_EQ(centre.closed, 1);
}

TEST_F(client_server, a_peer_that_speaks_http_is_named) {
    asio::ip::tcp::acceptor web(context, {asio::ip::make_address("127.0.0.1"), 0});
    port = web.local_endpoint().port();
    static constexpr std::string_view page = "HTTP/1.1 400 Bad Request\r\n\r\n";
    asio::ip::tcp::socket socket(context);
    web.async_accept(socket, [&](const smpp::error_code&) {
        asio::async_write(socket, asio::buffer(page), [](const smpp::error_code&, std::size_t) {});
    });
    run(context, [](client_server& t) -> asio::awaitable<void> {
        co_await t.client.async_connect("127.0.0.1", t.port, use_awaitable);
        const auto pdu = test_bind();
        smpp::error_code failed;
        co_await t.client.async_bind(pdu, asio::redirect_error(use_awaitable, failed));
        EXPECT_TRUE(failed);
    }(*this));
    EXPECT_NE(client.last_error().find("does not speak SMPP"), std::string::npos)
        << client.last_error();
}

TEST_F(client_server, garbage_closes_its_own_session_only) {
    run(context, bind());
    asio::ip::tcp::socket rude(context);
    rude.connect({asio::ip::make_address("127.0.0.1"), port});
    static constexpr std::string_view garbage = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    asio::write(rude, asio::buffer(garbage));
    EXPECT_TRUE(run_until(context, [&] { return centre.closed == 1; }));
    bool answered = false;
    client.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        answered = !failed;
    });
    EXPECT_TRUE(run_until(context, [&] { return answered; }));
}

TEST_F(client_server, a_handler_that_throws_does_not_end_its_session) {
    run(context, bind());
    int answered = 0;
    for (int i = 0; i < 20; ++i) {
        client.async_request(test_submit(), [&](smpp::error_code, const smpp::submit_sm_resp&) {
            if (++answered % 3 == 1) {
                throw std::runtime_error("of the application");
            }
        });
    }
    int thrown = 0;
    EXPECT_TRUE(run_until(context, [&] {
        for (;;) {
            try {
                context.restart();
                context.poll();
                return answered == 20;
            } catch (const std::runtime_error&) {
                ++thrown;
            }
        }
    }));
    EXPECT_EQ(thrown, 7);
    bool still = false;
    client.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        still = !failed;
    });
    EXPECT_TRUE(run_until(context, [&] { return still; }));
}

TEST_F(client_server, the_trace_sees_every_pdu_both_ways) {
    std::vector<std::pair<smpp::direction, std::string>> seen;
    smpp::client_options options;
    options.trace = [&](smpp::direction way, smpp::octet_span frame) {
        const auto id = smpp::load_be<std::uint32_t>(frame.data() + 4);
        seen.emplace_back(way, smpp::name(static_cast<smpp::command_id>(id)));
    };
    client = smpp::client(context.get_executor(), options);
    run(context, [](client_server& t) -> asio::awaitable<void> {
        co_await t.bind();
        const auto submit = test_submit();
        co_await t.client.async_request(submit, use_awaitable);
        co_await t.client.async_unbind(1s, use_awaitable);
    }(*this));
    using smpp::direction;
    const std::vector<std::pair<direction, std::string>> expected{
        {direction::out, "bind_transceiver"}, {direction::in, "bind_transceiver_resp"},
        {direction::out, "submit_sm"},        {direction::in, "submit_sm_resp"},
        {direction::out, "unbind"},           {direction::in, "unbind_resp"}};
    EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace smpp_test
