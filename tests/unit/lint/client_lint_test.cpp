#include "smpp/lint/client_lint.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using smpp::lint::client_lint;
using smpp::lint::rule;

std::vector<std::pair<std::string, rule>> found(const client_lint& lint) {
    std::vector<std::pair<std::string, rule>> out;
    for (const auto& each : lint.findings()) {
        out.emplace_back(each.client, each.finding.rule);
    }
    return out;
}

void session(client_lint& lint, std::string_view client, std::uint64_t messages,
             client_lint::time& now, client_lint::time pause) {
    lint.on_bind(client, true, now);
    now += 50ms;
    lint.on_end(client, messages, now);
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
        lint.on_bind("a", false, now);
        now += 100ms;
    }
    client_lint::time patient = 1s;
    for (int i = 0; i < 10; ++i) {
        lint.on_bind("b", false, now);
        now += patient *= 2;
    }
    EXPECT_EQ(found(lint), (decltype(found(lint)){{"a", rule::client_bind_storm}}));
}

TEST(client_lint, an_accepted_bind_ends_the_row) {
    client_lint lint;
    client_lint::time now{0};
    for (int i = 0; i < 40; ++i) {
        lint.on_bind("a", i % 4 == 3, now);
        now += 100ms;
    }
    EXPECT_TRUE(lint.findings().empty());
}

TEST(client_lint, clients_are_bounded) {
    client_lint lint;
    for (std::size_t i = 0; i < 2 * client_lint::max_clients; ++i) {
        lint.on_bind(std::to_string(i), false, client_lint::time(i));
    }
    EXPECT_TRUE(lint.findings().empty());
}

}  // namespace
