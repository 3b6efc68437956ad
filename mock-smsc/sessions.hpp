// Sessions as records name them: live ones, and closed ones as long as a record refers to them.
#pragma once

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

struct session_info {
    std::uint64_t id = 0;
    std::string peer;       ///< "127.0.0.1:40000"
    std::string security;   ///< "TLSv1.3 TLS_AES_256_GCM_SHA384"; empty when plain
    std::string system_id;  ///< the account; empty until bound
    std::string system_type;
    std::string bind;  ///< "transmitter", "receiver" or "transceiver"; empty until bound
    std::uint8_t interface_version = 0;
    microseconds_utc opened = 0;
    microseconds_utc bound = 0;   ///< 0: never
    microseconds_utc closed = 0;  ///< 0: live
    std::string close_reason;
    std::uint64_t submits = 0;
    std::uint64_t receipts = 0;
    std::uint64_t bad_pdus = 0;

    bool stalled = false;    ///< by a rule: not answered any more
    std::uint64_t held = 0;  ///< records that refer to it
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
    /// Called with one that is forgotten.
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
