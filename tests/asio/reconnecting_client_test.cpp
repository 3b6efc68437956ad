#include "smpp/asio/reconnecting_client.hpp"

#include <boost/asio/ip/tcp.hpp>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

using kind = smpp::connection_change::kind;

smpp::reconnect_options options_for(std::vector<smpp::host_port> hosts) {
    smpp::reconnect_options options;
    options.hosts = std::move(hosts);
    options.bind = test_bind();
    options.backoff.first = 1ms;
    options.backoff.most = 20ms;
    return options;
}

struct reconnecting_client : testing::Test {
    asio::io_context context;
    test_centre centre;
    smpp::server server{context.get_executor(), centre};
    std::uint16_t port = server.listen("127.0.0.1", 0);
    std::vector<kind> changes;
    std::optional<smpp::reconnecting_client> client;

    void make(smpp::reconnect_options options) {
        options.on_change = [this](const smpp::connection_change& change) {
            changes.push_back(change.what);
        };
        client.emplace(context.get_executor(), std::move(options));
    }
    void make() { make(options_for({{"127.0.0.1", port}})); }

    void start() {
        bool bound = false;
        client->async_start([&](smpp::error_code failed) { bound = !failed; });
        ASSERT_TRUE(run_until(context, [&] { return bound; }));
    }

    /// Submits; the outcome goes to outcomes[index].
    void submit(std::size_t index) {
        outcomes.resize(std::max(outcomes.size(), index + 1));
        client->async_request(test_submit(std::to_string(index)),
                              [this, index](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                  EXPECT_FALSE(outcomes[index]) << "completed twice";
                                  outcomes[index] = failed;
                                  ++done;
                              });
    }
    bool all_done(int count) {
        return run_until(context, [this, count] { return done == count; });
    }

    std::vector<std::optional<smpp::error_code>> outcomes;
    int done = 0;
};

TEST_F(reconnecting_client, needs_a_host) {
    EXPECT_THROW(make(options_for({})), std::invalid_argument);
}

TEST_F(reconnecting_client, a_message_before_the_start_waits_for_the_bind) {
    make();
    submit(0);
    EXPECT_EQ(client->waiting(), 1U);
    start();
    EXPECT_TRUE(all_done(1));
    EXPECT_EQ(outcomes[0], smpp::error_code());
    EXPECT_EQ(client->state(), smpp::session_state::bound_trx);
    bool ended = false;
    client->async_unbind(1s, [&](smpp::error_code failed) { ended = !failed; });
    EXPECT_TRUE(run_until(context, [&] { return ended && centre.closed == 1; }));
    EXPECT_EQ(centre.close_reason, smpp::error_code());
    EXPECT_EQ(changes, (std::vector<kind>{kind::connecting, kind::bound}));
}

TEST_F(reconnecting_client, comes_back_and_sends_what_waited_but_not_what_was_sent) {
    centre.on_submit = [&](smpp::server_session& session, const smpp::header& head) {
        if (centre.texts.size() == 3) {
            session.abort();  // two are answered; of the third nobody knows
        } else {
            centre.accept(session, head);
        }
    };
    auto options = options_for({{"127.0.0.1", port}});
    options.client.session.window = 1;
    make(std::move(options));
    start();
    for (std::size_t i = 0; i < 6; ++i) {
        submit(i);
    }
    EXPECT_TRUE(all_done(6));
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(outcomes[i], i == 2 ? smpp::error_code(smpp::session_errc::connection_lost)
                                      : smpp::error_code())
            << i;
    }
    EXPECT_EQ(centre.texts, (std::vector<std::string>{"0", "1", "2", "3", "4", "5"}));
    EXPECT_EQ(client->sessions(), 2U);
    EXPECT_EQ(changes, (std::vector<kind>{kind::connecting, kind::bound, kind::lost,
                                          kind::connecting, kind::bound}));
}

TEST_F(reconnecting_client, comes_back_after_the_peer_unbinds) {
    make();
    start();
    centre.last.lock()->shutdown();
    EXPECT_TRUE(run_until(context, [&] { return client->sessions() == 2; }));
    submit(0);
    EXPECT_TRUE(all_done(1));
    EXPECT_EQ(outcomes[0], smpp::error_code());
}

TEST_F(reconnecting_client, goes_to_the_next_host_at_once_and_waits_after_a_round) {
    asio::ip::tcp::acceptor taken(context, {asio::ip::make_address("127.0.0.1"), 0});
    const auto nobody = taken.local_endpoint().port();
    taken.close();
    auto options = options_for({{"127.0.0.1", nobody}, {"127.0.0.1", port}});
    options.backoff.first = options.backoff.most = 1h;
    make(std::move(options));
    start();
    EXPECT_EQ(changes,
              (std::vector<kind>{kind::connecting, kind::failed, kind::connecting, kind::bound}));
}

TEST_F(reconnecting_client, a_refused_bind_is_tried_again_and_its_reason_told) {
    auto options = options_for({{"127.0.0.1", port}});
    options.bind = test_bind("wrong");
    std::vector<smpp::connection_change> told;
    options.on_change = [&](const smpp::connection_change& change) {
        if (change.what == kind::failed) {
            told.push_back(change);
        }
    };
    client.emplace(context.get_executor(), std::move(options));
    smpp::error_code started;
    client->async_start([&](smpp::error_code failed) { started = failed; });
    ASSERT_TRUE(run_until(context, [&] { return told.size() == 3; }));
    EXPECT_EQ(told[0].error, smpp::error_code(smpp::command_status::invalid_password));
    EXPECT_EQ(told[0].where, "127.0.0.1:" + std::to_string(port));
    EXPECT_NE(told[0].text.find("ESME_RINVPASWD"), std::string::npos) << told[0].text;
    EXPECT_EQ(client->last_error(), told[2].text);
    client->close();
    EXPECT_TRUE(run_until(context, [&] { return bool(started); }));
    EXPECT_EQ(started, smpp::session_errc::closed);
}

TEST_F(reconnecting_client, closing_tells_each_request_whether_it_was_sent) {
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};
    auto options = options_for({{"127.0.0.1", port}});
    options.client.session.window = 2;
    make(std::move(options));
    start();
    for (std::size_t i = 0; i < 4; ++i) {
        submit(i);
    }
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 2; }));
    client.reset();
    EXPECT_TRUE(all_done(4));
    EXPECT_EQ(outcomes[0], smpp::error_code(smpp::session_errc::connection_lost));
    EXPECT_EQ(outcomes[1], smpp::error_code(smpp::session_errc::connection_lost));
    EXPECT_EQ(outcomes[2], smpp::error_code(smpp::session_errc::closed));
    EXPECT_EQ(outcomes[3], smpp::error_code(smpp::session_errc::closed));
}

TEST_F(reconnecting_client, unbinding_waits_for_what_is_outstanding) {
    smpp::header waiting;
    centre.on_submit = [&](smpp::server_session&, const smpp::header& head) { waiting = head; };
    make();
    start();
    submit(0);
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 1; }));
    bool ended = false;
    client->async_unbind(10s, [&](smpp::error_code) { ended = true; });
    submit(1);
    EXPECT_TRUE(all_done(1));
    EXPECT_EQ(outcomes[1], smpp::error_code(smpp::session_errc::closed));
    EXPECT_FALSE(ended);
    centre.accept(*centre.last.lock(), waiting);
    EXPECT_TRUE(all_done(2));
    EXPECT_EQ(outcomes[0], smpp::error_code());
    EXPECT_TRUE(run_until(context, [&] { return ended; }));
}

TEST_F(reconnecting_client, what_waits_can_be_cancelled_and_what_is_sent_too) {
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};
    auto options = options_for({{"127.0.0.1", port}});
    options.client.session.window = 1;
    make(std::move(options));
    start();
    asio::cancellation_signal signals[2];
    int cancelled = 0;
    for (auto& signal : signals) {
        client->async_request(
            test_submit(),
            asio::bind_cancellation_slot(signal.slot(),
                                         [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                             EXPECT_EQ(failed, smpp::session_errc::cancelled);
                                             ++cancelled;
                                         }));
    }
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 1; }));
    EXPECT_EQ(client->waiting(), 1U);
    signals[1].emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(run_until(context, [&] { return cancelled == 1; }));
    EXPECT_EQ(client->in_flight(), 1U);
    signals[0].emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(run_until(context, [&] { return cancelled == 2; }));
    EXPECT_EQ(client->in_flight(), 0U);
    EXPECT_EQ(centre.texts.size(), 1U);
}

TEST_F(reconnecting_client, no_more_than_max_waiting_wait) {
    auto options = options_for({{"127.0.0.1", port}});
    options.max_waiting = 2;
    make(std::move(options));
    for (std::size_t i = 0; i < 3; ++i) {
        submit(i);
    }
    EXPECT_TRUE(all_done(1));
    EXPECT_EQ(outcomes[2], smpp::error_code(smpp::session_errc::window_full));
}

TEST_F(reconnecting_client, a_window_out_of_range_is_the_nearest_in_it) {
    smpp::header last;
    centre.on_submit = [&](smpp::server_session&, const smpp::header& head) { last = head; };
    auto options = options_for({{"127.0.0.1", port}});
    options.client.session.window = 0;
    make(options);
    start();
    submit(0);
    submit(1);
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 1; }));
    EXPECT_EQ(client->waiting(), 1U);
    centre.accept(*centre.last.lock(), last);
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 2; }));

    options.client.session.window = 40'000;
    options.client.wait_for_window = false;
    make(std::move(options));
    start();
    for (int i = 0; i < 32'768 + 2; ++i) {
        client->async_request(test_submit(), [](smpp::error_code, const smpp::submit_sm_resp&) {});
    }
    EXPECT_TRUE(run_until(context, [&] { return client->in_flight() == 32'768; }));
    EXPECT_EQ(client->waiting(), 2U);
    // Those that wait do so without work for the executor.
    EXPECT_TRUE(run_until(context, [&] { return centre.texts.size() == 2U + 32'768; }));
    context.restart();
    EXPECT_LT(context.poll(), 100U);
}

TEST_F(reconnecting_client, what_its_bind_never_allows_is_refused) {
    auto options = options_for({{"127.0.0.1", port}});
    options.bind = smpp::bind_receiver();
    make(std::move(options));
    submit(0);
    EXPECT_TRUE(all_done(1));
    EXPECT_EQ(outcomes[0], smpp::error_code(smpp::session_errc::not_bound));
}

TEST_F(reconnecting_client, the_rate_limit_holds_and_complaints_slow_down) {
    auto options = options_for({{"127.0.0.1", port}});
    options.pace.max_rate = 200;
    make(std::move(options));
    start();
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < 21; ++i) {
        submit(i);
    }
    EXPECT_TRUE(all_done(21));
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 99ms);
    centre.on_submit = [](smpp::server_session& session, const smpp::header& head) {
        std::ignore = session.respond(head.sequence_number, smpp::command_status::throttled,
                                      smpp::submit_sm_resp());
    };
    submit(21);
    EXPECT_TRUE(all_done(22));
    EXPECT_EQ(outcomes[21], smpp::error_code(smpp::command_status::throttled));
    EXPECT_EQ(client->rate(), 100);
}

TEST_F(reconnecting_client, messages_of_the_peer_come_from_every_session) {
    make();
    start();
    std::vector<std::string> texts;
    std::function<void()> receive = [&] {
        client->async_receive([&](smpp::error_code failed, const smpp::pdu& received) {
            if (!failed) {
                texts.push_back(std::get<smpp::deliver_sm>(received.body).short_message);
                receive();
            } else {
                texts.push_back(failed.message());
            }
        });
    };
    receive();
    for (std::uint64_t i = 1; i <= 2; ++i) {
        smpp::deliver_sm message;
        message.short_message = std::to_string(i);
        EXPECT_TRUE(centre.last.lock()->request(message, i).has_value());
        EXPECT_TRUE(run_until(context, [&] { return texts.size() == i; }));
        centre.last.lock()->abort();
        EXPECT_TRUE(run_until(context, [&] { return client->sessions() == i + 1; }));
    }
    EXPECT_EQ(texts, (std::vector<std::string>{"1", "2"}));
    client->close();
    EXPECT_TRUE(run_until(context, [&] { return texts.size() == 3; }));
}

}  // namespace
}  // namespace smpp_test
