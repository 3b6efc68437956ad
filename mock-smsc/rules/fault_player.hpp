// Answers requests as rules ask: later, twice, spoilt, or by closing the connection.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "mock-smsc/rules/rule_set.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {

/// submit_sm_resp and its kin. Borrows.
struct submit_answer {
    smpp::command_id request{};
    std::uint32_t sequence_number = 0;
    smpp::command_status status{};
    std::string_view message_id{};
    std::vector<smpp::basic_unsuccess_sme<smpp::view>> unsuccess_sme{};  ///< submit_multi only
    std::uint64_t message = 0;                                           ///< its number
};

/// With generic_nack to who sends what its version does not have.
void answer_submit(smpp::server_session& session, const submit_answer& what);

/// An answer, spoilt.
[[nodiscard]] std::string spoilt(std::string answer, damage how);

class fault_player {
public:
    /// Answers that may wait; more are given at once.
    static constexpr std::size_t most_waiting = 200'000;

    explicit fault_player(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void play(const std::shared_ptr<smpp::server_session>& session, const submit_answer& what,
              const verdict& how);
    /// The same with the octets of any answer.
    void play(const std::shared_ptr<smpp::server_session>& session, std::string answer,
              const verdict& how);
    /// Called with the number of a message whose answer leaves.
    std::function<void(std::uint64_t)> on_answered;
    /// Calls later; at once when too many wait.
    void after(std::chrono::microseconds delay, std::function<void()> what);

private:
    /// `submit`: the number of the message that is answered; empty: another request is.
    void give(const std::shared_ptr<smpp::server_session>& session, std::string answer,
              const verdict& how, std::optional<std::uint64_t> submit);

    struct waiting {
        std::chrono::steady_clock::time_point when;
        std::uint64_t order = 0;
        std::function<void()> what;

        bool operator<(const waiting& other) const noexcept {
            return when != other.when ? when > other.when : order > other.order;
        }
    };

    void arm_timer();

    boost::asio::steady_timer timer_;
    std::priority_queue<waiting> waiting_;
    std::uint64_t order_ = 0;
    std::chrono::steady_clock::time_point armed_ = std::chrono::steady_clock::time_point::max();
};

/// Ends a connection in that way.
void end_session(smpp::server_session& session, ending how);

/// From now on it seems to hang: it takes and says nothing, and stays open.
void stall_session(smpp::server_session& session);

}  // namespace mock_smsc
