// Statistics of a session, or of several on one executor: what became of the requests of each
// command, how long it took, and how full the window was.
//
//     options.session.statistics = std::make_shared<smpp::session_statistics>();
//     ...
//     if (const auto* submits = statistics->of(smpp::command_id::submit_sm)) {
//     submits->latency.percentile(0.99); }
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "smpp/command_id.hpp"
#include "smpp/command_status.hpp"
#include "smpp/session/latency_histogram.hpp"

namespace smpp {

/// Of one command. Once nothing is outstanding, sent = accepted + refused + failed.
struct command_statistics {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;   ///< answered with ESME_ROK
    std::uint64_t refused = 0;    ///< answered with another status
    std::uint64_t failed = 0;     ///< no answer in time, connection lost, cancelled
    std::uint64_t received = 0;   ///< requests of the peer
    latency_histogram latency{};  ///< from request to answer, nanoseconds
};

class session_statistics {
public:
    /// Null: neither sent nor received.
    [[nodiscard]] const command_statistics* of(command_id id) const noexcept;
    void for_each(const std::function<void(command_id, const command_statistics&)>& visit) const;

    /// Requests outstanding at the moment of sending one, that included.
    [[nodiscard]] std::uint32_t window_most() const noexcept { return window_most_; }
    [[nodiscard]] double window_average() const noexcept {
        return sent_ == 0 ? 0 : static_cast<double>(window_sum_) / static_cast<double>(sent_);
    }

    // --- from the session ---
    void on_sent(command_id id, std::uint32_t in_flight);
    void on_answer(command_id id, command_status status, std::int64_t nanoseconds);
    void on_failed(command_id id) { ++at(id).failed; }
    void on_received(command_id id) { ++at(id).received; }

private:
    command_statistics& at(command_id id);

    /// Few commands are used, and a histogram takes 15 KiB.
    std::map<command_id, std::unique_ptr<command_statistics>> commands_;
    std::uint64_t sent_ = 0;
    std::uint64_t window_sum_ = 0;
    std::uint32_t window_most_ = 0;
};

}  // namespace smpp
