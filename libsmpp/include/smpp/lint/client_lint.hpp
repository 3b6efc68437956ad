// What a client does over several sessions: a bind for each message, a storm of binds after
// refusals.
//
//     smpp::lint::client_lint lint;
//     lint.on_bind("10.0.0.1/user", accepted, now);           // whatever tells one client apart
//     lint.on_end("10.0.0.1/user", messages_submitted, now);
//     for (const auto& each : lint.findings()) { ... }
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

    /// A bind was answered. `now` counts from anywhere and never goes back.
    void on_bind(std::string_view client, bool accepted, time now);
    /// A session ended that was bound, after that many messages.
    void on_end(std::string_view client, std::uint64_t messages, time now);

    /// One of each kind for each client.
    [[nodiscard]] const std::vector<client_finding>& findings() const noexcept { return found_; }

    static constexpr std::size_t max_clients = 10'000;  ///< beyond, all are forgotten
    static constexpr unsigned sessions = 5;  ///< of one message each, in a row, are a habit
    static constexpr unsigned refusals = 5;  ///< in a row, each soon after the one before
    static constexpr time soon = std::chrono::seconds(2);

private:
    struct client {
        unsigned single_messages = 0;
        unsigned quick_refusals = 0;
        time last_end{-1};
        time last_refusal{-1};
    };
    client& of(std::string_view name);
    void add(rule which, std::string_view client, time now, std::string detail);

    std::map<std::string, client, std::less<>> clients_;
    std::vector<client_finding> found_;
};

}  // namespace smpp::lint
