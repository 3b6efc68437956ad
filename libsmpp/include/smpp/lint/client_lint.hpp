// What a client does over several sessions: a bind for each message, a storm of binds after
// refusals, sessions that carry nothing.
//
//     smpp::lint::client_lint lint;
//     lint.on_bind("10.0.0.1/user", bind, accepted, now);     // whatever tells one client apart
//     session.belongs_to(lint.sessions_of("10.0.0.1/user"));
//     lint.on_end("10.0.0.1/user", bind, messages_carried, now);
//     for (const auto& each : lint.findings()) { ... }
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/command_id.hpp"
#include "smpp/lint/client_sessions.hpp"
#include "smpp/lint/finding.hpp"

namespace smpp::lint {

struct client_finding {
    lint::finding finding;
    std::string client;
    std::chrono::nanoseconds at{};
};

class client_lint {
public:
    using time = std::chrono::nanoseconds;

    /// A bind was answered; `bind` is its command, or that of its response. `now` counts from
    /// anywhere and never goes back.
    void on_bind(std::string_view client, command_id bind, bool accepted, time now);
    /// A session ended that was bound, after that many messages either way.
    void on_end(std::string_view client, command_id bind, std::uint64_t messages, time now);

    /// Changes as its sessions come and go.
    [[nodiscard]] std::shared_ptr<const client_sessions> sessions_of(std::string_view client);

    /// One of each kind for each client.
    [[nodiscard]] const std::vector<client_finding>& findings() const noexcept { return found_; }

    static constexpr std::size_t max_clients = 10'000;  ///< beyond, all are forgotten
    static constexpr unsigned sessions = 5;  ///< of one message each, in a row, are a habit
    static constexpr unsigned refusals = 5;  ///< in a row, each soon after the one before
    static constexpr unsigned idle = 3;      ///< sessions that carried nothing beside others
    static constexpr time soon = std::chrono::seconds(2);

private:
    struct client {
        unsigned single_messages = 0;
        unsigned quick_refusals = 0;
        unsigned idle_sessions = 0;
        time last_end{-1};
        time last_refusal{-1};
        std::shared_ptr<client_sessions> all = std::make_shared<client_sessions>();
    };
    client& of(std::string_view name);
    void add(rule which, std::string_view client, time now, std::string detail);

    std::map<std::string, client, std::less<>> clients_;
    std::vector<client_finding> found_;
};

}  // namespace smpp::lint
