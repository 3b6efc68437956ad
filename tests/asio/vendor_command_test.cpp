// Commands that no specification has, over clients and servers.
#include <boost/asio/as_tuple.hpp>

#include "asio/support.hpp"
#include "smpp/asio/client_pool.hpp"
#include "smpp/asio/reconnecting_client.hpp"
#include "support/vendor_status.hpp"

namespace smpp_test {
namespace {

using smpp::command_status;

/// Knows how much credit a subscriber has; of "nobody" it knows nothing.
struct vendor_centre : test_centre {
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span frame) override {
        if (!std::holds_alternative<smpp::unknown_pdu_view>(body)) {
            test_centre::on_request(session, head, body, frame);
            return;
        }
        EXPECT_EQ(head.id, vendor_status::id);
        vendor_status asked;
        EXPECT_FALSE(smpp::decode_body(frame.subspan(smpp::header_size), head.status,
                                       smpp::decode_mode::strict, asked));
        vendor_status_resp answer;
        if (asked.subscriber == "nobody") {
            EXPECT_FALSE(
                session.respond(head.sequence_number, command_status::query_failed, answer));
        } else {
            answer.credit = static_cast<std::uint16_t>(asked.subscriber.size());
            EXPECT_FALSE(session.respond(head.sequence_number, command_status::ok, answer));
        }
    }
    void on_response(smpp::server_session& session, std::uint64_t token, const smpp::header& head,
                     const smpp::body_view& body) override {
        test_centre::on_response(session, token, head, body);
        if (const auto* raw = std::get_if<smpp::unknown_pdu_view>(&body)) {
            vendor_status_resp answer;
            EXPECT_FALSE(smpp::decode_body(smpp::as_octets(raw->octets), head.status,
                                           smpp::decode_mode::strict, answer));
            credits.push_back(answer.credit);
        }
    }
    std::vector<int> credits;
};

vendor_status asking_for(std::string subscriber) {
    vendor_status out;
    out.subscriber = std::move(subscriber);
    return out;
}

struct vendor_command : testing::Test {
    asio::io_context context;
    vendor_centre centre;
    std::optional<smpp::server> server;
    std::optional<smpp::client> client;
    std::uint16_t port = 0;

    static smpp::session_options session(bool knows) {
        smpp::session_options out;
        if (knows) {
            out.vendor_commands = {vendor_status::id};
        }
        return out;
    }
    void listen(bool centre_knows) {
        smpp::server_options options;
        options.session = session(centre_knows);
        server.emplace(context.get_executor(), centre, options);
        port = server->listen("127.0.0.1", 0);
    }
    void bind(bool centre_knows, bool client_knows) {
        listen(centre_knows);
        smpp::client_options options;
        options.session = session(client_knows);
        client.emplace(context.get_executor(), options);
        run(context, [](smpp::client& c, std::uint16_t to) -> asio::awaitable<void> {
            co_await c.async_connect("127.0.0.1", to, use_awaitable);
            const auto pdu = test_bind();
            co_await c.async_bind(pdu, use_awaitable);
        }(*client, port));
    }
    bool until(const std::function<bool()>& condition) { return run_until(context, condition); }
};

TEST_F(vendor_command, is_asked_by_the_client_and_answered_among_others) {
    bind(true, false);
    run(context, [](smpp::client& c) -> asio::awaitable<void> {
        const auto tuple = asio::as_tuple(use_awaitable);
        const auto ask = asking_for("15551234567");
        const auto answer = co_await c.async_request(ask, use_awaitable);
        EXPECT_EQ(answer.credit, 11);
        const auto submit = test_submit();
        const auto taken = co_await c.async_request(submit, use_awaitable);
        EXPECT_EQ(taken.message_id, "1");
        const auto nobody = asking_for("nobody");
        const auto [failed, none] = co_await c.async_request(nobody, tuple);
        EXPECT_EQ(failed, command_status::query_failed);
        const auto too_long = asking_for(std::string(21, '1'));
        const auto [refused, never] = co_await c.async_request(too_long, tuple);
        EXPECT_EQ(refused, smpp::codec_errc::too_long);
    }(*client));
}

TEST_F(vendor_command, answers_find_their_requests_when_many_are_under_way) {
    bind(true, false);
    int right = 0;
    for (std::size_t i = 1; i <= 20; ++i) {  // more than the window holds
        client->async_request(asking_for(std::string(i, '1')),
                              [&, i](smpp::error_code failed, const vendor_status_resp& answer) {
                                  right += !failed && answer.credit == i ? 1 : 0;
                              });
        client->async_request(test_submit(),
                              [&](smpp::error_code failed, const smpp::submit_sm_resp& answer) {
                                  right += !failed && !answer.message_id.empty() ? 1 : 0;
                              });
    }
    EXPECT_TRUE(until([&] { return right == 40; }));
}

TEST_F(vendor_command, is_asked_by_the_centre_and_answered_by_the_client) {
    bind(false, true);
    ASSERT_TRUE(centre.last.lock()->request(asking_for("15551234567"), 7).has_value());
    run(context, [](smpp::client& c) -> asio::awaitable<void> {
        const auto received = co_await c.async_receive(use_awaitable);
        EXPECT_EQ(received.header.id, vendor_status::id);
        vendor_status asked;
        EXPECT_FALSE(
            smpp::decode_body(smpp::as_octets(std::get<smpp::unknown_pdu>(received.body).octets),
                              received.header.status, smpp::decode_mode::strict, asked));
        EXPECT_EQ(asked.subscriber, "15551234567");
        vendor_status_resp answer;
        answer.credit = 500;
        EXPECT_FALSE(c.respond(received.header.sequence_number, command_status::ok, answer));
    }(*client));
    EXPECT_TRUE(until([&] { return centre.answers.size() == 1; }));
    EXPECT_EQ(centre.answers[0], std::pair(std::uint64_t{7}, command_status::ok));
    EXPECT_EQ(centre.credits, std::vector{500});
}

TEST_F(vendor_command, that_a_side_does_not_know_is_nacked_and_the_session_goes_on) {
    bind(false, false);
    std::vector<smpp::error_code> outcomes;
    client->async_request(asking_for("1"), [&](smpp::error_code failed, const vendor_status_resp&) {
        outcomes.push_back(failed);
    });
    ASSERT_TRUE(centre.last.lock()->request(asking_for("1"), 7).has_value());
    EXPECT_TRUE(until([&] { return outcomes.size() == 1 && centre.answers.size() == 1; }));
    EXPECT_EQ(outcomes[0], command_status::invalid_command_id);
    EXPECT_EQ(centre.answers[0].second, command_status::invalid_command_id);
    client->async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        outcomes.push_back(failed);
    });
    EXPECT_TRUE(until([&] { return outcomes.size() == 2; }));
    EXPECT_FALSE(outcomes[1]);
}

template <class Client>
void expect_credit(asio::io_context& context, Client& client) {
    int credit = 0;
    client.async_start([](smpp::error_code failed) { EXPECT_FALSE(failed); });
    client.async_request(asking_for("15551234567"),
                         [&](smpp::error_code failed, const vendor_status_resp& answer) {
                             EXPECT_FALSE(failed) << failed.message();
                             credit = answer.credit;
                         });
    EXPECT_TRUE(run_until(context, [&] { return credit == 11; }));
}

TEST_F(vendor_command, is_asked_through_clients_that_come_back_and_pools) {
    listen(true);
    smpp::reconnect_options member;
    member.hosts = {{"127.0.0.1", port}};
    member.bind = test_bind();
    smpp::reconnecting_client lasting(context.get_executor(), member);
    expect_credit(context, lasting);
    smpp::pool_options options;
    options.members = {member, member};
    smpp::client_pool pool(context.get_executor(), options);
    expect_credit(context, pool);
}

}  // namespace
}  // namespace smpp_test
