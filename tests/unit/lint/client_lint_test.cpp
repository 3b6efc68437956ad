#include "smpp/lint/client_lint.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace {

using namespace lint_test;
using lint::client_lint;

std::vector<std::pair<std::string, rule>> found(const client_lint& lint) {
    std::vector<std::pair<std::string, rule>> out;
    for (const auto& each : lint.findings()) {
        out.emplace_back(each.client, each.finding.rule);
    }
    return out;
}

void session(client_lint& lint, std::string_view client, std::uint64_t messages,
             client_lint::time& now, client_lint::time pause) {
    lint.on_bind(client, command_id::bind_transceiver, true, now);
    now += 50ms;
    lint.on_end(client, command_id::bind_transceiver, messages, now);
    now += pause;
}

TEST(client_lint, a_bind_for_each_message_is_told_once) {
    client_lint lint;
    client_lint::time now{0};
    for (unsigned i = 0; i < 3 * client_lint::sessions; ++i) {
        session(lint, "a", 1, now, 10ms);
        session(lint, "b", 100, now, 10ms);
    }
    EXPECT_EQ(found(lint), (decltype(found(lint)){{"a", rule::client_bind_per_message}}));
}

TEST(client_lint, a_message_now_and_then_is_worth_a_session) {
    client_lint lint;
    client_lint::time now{0};
    for (int i = 0; i < 20; ++i) {
        session(lint, "a", 1, now, 1min);
    }
    EXPECT_TRUE(lint.findings().empty());
}

TEST(client_lint, refusals_without_a_pause_are_a_storm) {
    client_lint lint;
    client_lint::time now{0};
    for (int i = 0; i < 20; ++i) {
        lint.on_bind("a", command_id::bind_transmitter, false, now);
        now += 100ms;
    }
    client_lint::time patient = 1s;
    for (int i = 0; i < 10; ++i) {
        lint.on_bind("b", command_id::bind_transmitter, false, now);
        now += patient *= 2;
    }
    EXPECT_EQ(found(lint), (decltype(found(lint)){{"a", rule::client_bind_storm}}));
}

TEST(client_lint, an_accepted_bind_ends_the_row) {
    client_lint lint;
    client_lint::time now{0};
    for (int i = 0; i < 40; ++i) {
        lint.on_bind("a", command_id::bind_transmitter, i % 4 == 3, now);
        now += 100ms;
    }
    EXPECT_TRUE(lint.findings().empty());
}

TEST(client_lint, clients_are_bounded) {
    client_lint lint;
    for (std::size_t i = 0; i < 2 * client_lint::max_clients; ++i) {
        lint.on_bind(std::to_string(i), command_id::bind_transmitter, false, client_lint::time(i));
    }
    EXPECT_TRUE(lint.findings().empty());
}

TEST(client_lint, the_sessions_of_a_client_are_counted) {
    client_lint lint;
    const auto all = lint.sessions_of("a");
    lint.on_bind("a", command_id::bind_transmitter_resp, true, 0ms);
    EXPECT_EQ(all->receivers, 0U);
    lint.on_bind("a", command_id::bind_receiver_resp, true, 0ms);
    lint.on_bind("b", command_id::bind_receiver_resp, true, 0ms);
    lint.on_bind("a", command_id::bind_transceiver_resp, false, 0ms);
    EXPECT_EQ(all->bound, 2U);
    EXPECT_EQ(all->receivers, 1U);
    lint.on_end("a", command_id::bind_receiver_resp, 1, 1ms);
    EXPECT_EQ(all->bound, 1U);
    EXPECT_EQ(all->receivers, 0U);
    EXPECT_EQ(all->ever, 2U);
}

}  // namespace

namespace lint_test {

rule_cases client_cases() {
    using clients = std::function<void(client_lint&, client_lint::time&)>;
    const auto of_clients = [](rule which, const clients& offence, const clients& good) {
        const auto run = [](const clients& all) {
            client_lint lint;
            client_lint::time now{0};
            all(lint, now);
            rules out;
            for (const auto& each : lint.findings()) {
                out.push_back(each.finding.rule);
            }
            return out;
        };
        return rule_case{which, [=] { return run(offence); }, [=] { return run(good); }};
    };
    const auto sessions = [](std::uint64_t messages) {
        return [=](client_lint& lint, client_lint::time& now) {
            for (unsigned i = 0; i < client_lint::sessions; ++i) {
                session(lint, "a", messages, now, 10ms);
            }
        };
    };
    const auto refusals = [](client_lint::time pause) {
        return [=](client_lint& lint, client_lint::time& now) {
            for (unsigned i = 0; i < client_lint::refusals; ++i) {
                lint.on_bind("a", command_id::bind_transmitter, false, now);
                now += pause;
            }
        };
    };
    /// One that works, and others beside it.
    const auto beside = [](command_id bind, std::uint64_t messages) {
        return [=](client_lint& lint, client_lint::time& now) {
            for (unsigned i = 0; i <= client_lint::idle; ++i) {
                lint.on_bind("a", bind, true, now);
            }
            for (unsigned i = 0; i < client_lint::idle; ++i) {
                lint.on_end("a", bind, messages, now);
            }
            lint.on_end("a", bind, 100, now);
        };
    };
    return {
        of_clients(rule::client_bind_per_message, sessions(1), sessions(2)),
        of_clients(rule::client_bind_storm, refusals(1s), refusals(3s)),
        of_clients(rule::client_idle_binds, beside(command_id::bind_transceiver, 0),
                   beside(command_id::bind_transceiver, 10)),
        of_clients(rule::client_idle_binds, beside(command_id::bind_transmitter, 0),
                   beside(command_id::bind_receiver, 0)),
    };
}

}  // namespace lint_test
