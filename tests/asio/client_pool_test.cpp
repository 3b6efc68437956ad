#include "smpp/asio/client_pool.hpp"

#include <map>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

struct client_pool : testing::Test {
    static constexpr std::size_t count = 3;

    struct place {
        explicit place(asio::io_context& context) : server(context.get_executor(), centre) {
            port = server.listen("127.0.0.1", 0);
        }
        test_centre centre;
        smpp::server server;
        std::uint16_t port;
    };

    asio::io_context context;
    std::vector<std::unique_ptr<place>> places;
    std::optional<smpp::client_pool> pool;
    std::map<std::string, smpp::error_code> outcomes;

    client_pool() {
        for (std::size_t i = 0; i < count; ++i) {
            places.push_back(std::make_unique<place>(context));
        }
    }

    void start(smpp::balance how, std::uint32_t window = 10) {
        smpp::pool_options options;
        options.how = how;
        for (const auto& each : places) {
            smpp::reconnect_options member;
            member.hosts = {{"127.0.0.1", each->port}};
            member.bind = test_bind();
            member.backoff.first = 1ms;
            member.backoff.most = 5ms;
            member.client.session.window = window;
            options.members.push_back(std::move(member));
        }
        pool.emplace(context.get_executor(), std::move(options));
        bool bound = false;
        pool->async_start([&](smpp::error_code failed) { bound = !failed; });
        ASSERT_TRUE(run_until(context, [&] { return bound && pool->bound() == count; }));
    }

    void submit(const std::string& text) {
        pool->async_request(test_submit(text),
                            [this, text](smpp::error_code failed, const smpp::submit_sm_resp&) {
                                EXPECT_TRUE(outcomes.emplace(text, failed).second);
                            });
    }
    bool done(std::size_t number) {
        return run_until(context, [&] { return outcomes.size() == number; });
    }
    [[nodiscard]] std::vector<std::size_t> shares() const {
        std::vector<std::size_t> out;
        for (const auto& each : places) {
            out.push_back(each->centre.texts.size());
        }
        return out;
    }
};

TEST_F(client_pool, needs_members) {
    EXPECT_THROW(smpp::client_pool(context.get_executor(), {}), std::invalid_argument);
}

TEST_F(client_pool, round_robin_gives_each_the_same) {
    start(smpp::balance::round_robin, 100);
    for (int i = 0; i < 30; ++i) {
        submit(std::to_string(i));
    }
    EXPECT_TRUE(done(30));
    EXPECT_EQ(shares(), (std::vector<std::size_t>{10, 10, 10}));
}

TEST_F(client_pool, least_outstanding_spares_the_slow) {
    places[1]->centre.on_submit = [](smpp::server_session&, const smpp::header&) {};  // no answer
    start(smpp::balance::least_outstanding, 100);
    for (int i = 0; i < 30; ++i) {
        submit(std::to_string(i));
        EXPECT_TRUE(run_until(context, [&] { return pool->in_flight() <= 1; }));
    }
    const auto share = shares();
    EXPECT_EQ(share[1], 1U);
    EXPECT_EQ(share[0] + share[2], 29U);
}

TEST_F(client_pool, failover_uses_the_first_that_is_bound) {
    start(smpp::balance::failover);
    submit("a");
    EXPECT_TRUE(done(1));
    places[0]->server.abort();
    EXPECT_TRUE(run_until(context, [&] { return pool->bound() == 2; }));
    submit("b");
    EXPECT_TRUE(done(2));
    EXPECT_EQ(shares(), (std::vector<std::size_t>{1, 1, 0}));
    EXPECT_EQ(outcomes["b"], smpp::error_code());
}

TEST_F(client_pool, when_a_member_dies_what_it_had_not_sent_goes_to_the_others) {
    start(smpp::balance::least_outstanding, 2);
    places[0]->centre.on_submit = [&](smpp::server_session& session, const smpp::header&) {
        places[0]->server.abort();
        static_cast<void>(session);
    };
    for (int i = 0; i < 60; ++i) {
        submit(std::to_string(i));
    }
    EXPECT_TRUE(done(60));
    std::size_t unknown = 0;
    for (const auto& [text, failed] : outcomes) {
        unknown += failed == smpp::session_errc::connection_lost ? 1U : 0U;
        EXPECT_TRUE(!failed || failed == smpp::session_errc::connection_lost) << failed.message();
    }
    EXPECT_GE(unknown, 1U);
    EXPECT_LE(unknown, 2U);  // its window
    const auto share = shares();
    EXPECT_EQ(share[1] + share[2], 60 - unknown);
}

TEST_F(client_pool, with_none_bound_requests_wait_for_the_first_that_comes_back) {
    start(smpp::balance::round_robin);
    for (const auto& each : places) {
        each->centre.last.lock()->abort();
    }
    EXPECT_TRUE(run_until(context, [&] { return pool->bound() == 0; }));
    for (int i = 0; i < 5; ++i) {
        submit(std::to_string(i));
    }
    EXPECT_EQ(pool->waiting(), 5U);
    EXPECT_TRUE(done(5));
    for (const auto& [text, failed] : outcomes) {
        EXPECT_FALSE(failed) << failed.message();
    }
}

TEST_F(client_pool, messages_come_from_all_members_and_are_told_apart) {
    start(smpp::balance::round_robin);
    std::map<std::size_t, std::string> received;
    for (std::size_t i = 0; i < count; ++i) {
        smpp::deliver_sm message;
        message.short_message = std::to_string(i);
        EXPECT_TRUE(places[i]->centre.last.lock()->request(message, 1).has_value());
    }
    std::function<void()> receive = [&] {
        pool->async_receive([&](smpp::error_code failed, const smpp::pdu& pdu) {
            if (!failed) {
                received[pool->last_member()] = std::get<smpp::deliver_sm>(pdu.body).short_message;
                receive();
            }
        });
    };
    receive();
    EXPECT_TRUE(run_until(context, [&] { return received.size() == count; }));
    for (const auto& [member, text] : received) {
        EXPECT_EQ(text, std::to_string(member));
    }
}

TEST_F(client_pool, unbinding_ends_all_in_order) {
    start(smpp::balance::round_robin);
    bool ended = false;
    pool->async_unbind(1s, [&](smpp::error_code failed) { ended = !failed; });
    EXPECT_TRUE(run_until(context, [&] { return ended; }));
    EXPECT_EQ(pool->bound(), 0U);
    EXPECT_TRUE(run_until(context, [&] {
        return places[0]->centre.closed == 1 && places[1]->centre.closed == 1 &&
               places[2]->centre.closed == 1;
    }));
    for (const auto& each : places) {
        EXPECT_EQ(each->centre.close_reason, smpp::error_code());
    }
}

}  // namespace
}  // namespace smpp_test
