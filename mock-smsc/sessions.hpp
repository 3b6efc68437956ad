// Sessions as records name them: live ones, and closed ones as long as a record refers to them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "mock-smsc/clock.hpp"

namespace smpp {
class server_session;
}

namespace mock_smsc {

class account_use;
class session_watch;

/// What a client sends and how it is answered, counted. Its window: submits without an answer;
/// those of one read count, as their answers leave together.
struct session_traffic {
    std::uint64_t begun = 0;     ///< submits
    std::uint64_t answered = 0;  ///< of them, or never to be answered
    std::uint64_t greatest_window = 0;
    std::uint64_t last_rate = 0;  ///< submits in the last whole second with any
    std::uint64_t greatest_rate = 0;

    void on_submit(microseconds_utc now) noexcept {
        ++begun;
        if (!in_turn_) {
            in_turn_ = true;
            turn_began_ = answered;
        }
        greatest_window = std::max(greatest_window, unanswered());
        if (now / 1'000'000 != second_) {
            last_rate = in_second_;
            in_second_ = 0;
            second_ = now / 1'000'000;
        }
        greatest_rate = std::max(greatest_rate, ++in_second_);
    }
    void on_turn_end() noexcept { in_turn_ = false; }
    [[nodiscard]] std::uint64_t unanswered() const noexcept {
        return begun - (in_turn_ ? turn_began_ : answered);
    }
    /// Submits a second, at that time.
    [[nodiscard]] std::uint64_t rate(microseconds_utc now) const noexcept {
        const auto ago = now / 1'000'000 - second_;
        return ago == 0 ? last_rate : ago == 1 ? in_second_ : 0;
    }

private:
    std::uint64_t turn_began_ = 0;  // answered, when the present read began
    std::uint64_t in_second_ = 0;
    std::int64_t second_ = 0;
    bool in_turn_ = false;
};

struct session_info {
    std::uint64_t id = 0;
    std::string peer;       ///< "127.0.0.1:40000"
    std::string security;   ///< "TLSv1.3 TLS_AES_256_GCM_SHA384"; empty when plain
    std::string system_id;  ///< the account; empty until bound
    std::string system_type;
    std::string bind;   ///< "transmitter", "receiver" or "transceiver"; empty until bound
    std::string scope;  ///< that of the account
    std::uint8_t interface_version = 0;
    microseconds_utc opened = 0;
    microseconds_utc bound = 0;   ///< 0: never
    microseconds_utc closed = 0;  ///< 0: live
    std::string close_reason;
    std::uint64_t submits = 0;
    std::uint64_t receipts = 0;
    std::uint64_t bad_pdus = 0;

    session_traffic traffic;
    std::shared_ptr<account_use> account;  ///< null: none, or not bound
    std::shared_ptr<session_watch> watch;  ///< null: not linted
    bool binding = false;                  ///< a bind waits for its answer
    bool stalled = false;                  ///< seems to hang: neither heard nor answered any more
    std::uint64_t held = 0;                ///< records that refer to it
    std::weak_ptr<smpp::server_session> live;
};

class session_registry {
public:
    /// Closed sessions kept although no record refers to them.
    static constexpr std::size_t idle_kept = 1000;

    session_info& open();
    /// Takes one in that an earlier run knew. REQUIRES: ids ascend.
    session_info& restore(session_info known);
    /// All have been taken in, and what refers to them: those that nothing refers to may go.
    void retire_restored();
    void close(session_info& session, std::string reason);

    [[nodiscard]] session_info* find(std::uint64_t id) noexcept;
    [[nodiscard]] const session_info* find(std::uint64_t id) const noexcept;
    void hold(std::uint64_t id) noexcept;
    void release(std::uint64_t id);
    /// By id.
    [[nodiscard]] const std::map<std::uint64_t, session_info>& all() const noexcept {
        return sessions_;
    }
    [[nodiscard]] std::uint64_t opened() const noexcept { return opened_; }
    [[nodiscard]] std::size_t live() const noexcept { return live_; }

    /// Called with one that was opened, bound or closed.
    std::function<void(const session_info&)> on_change;
    /// Called with one that is forgotten, and was bound.
    std::function<void(std::uint64_t)> on_forget;

private:
    void retire(session_info& session);

    std::map<std::uint64_t, session_info> sessions_;
    std::deque<std::uint64_t> idle_;
    std::uint64_t last_id_ = 0;
    std::uint64_t opened_ = 0;
    std::size_t live_ = 0;
};

}  // namespace mock_smsc
