// Decides what to submit next and what an answer means: pipelining within a window and a rate,
// back-off when the SMSC is busy, and one verdict for each recipient. No sockets, no clock.
//
//     notifier::dispatcher d(limits, source, [&](outcome&& result) { report.add(result); });
//     while (auto submit = d.next(now)) send(*submit);                  // then wait until
//     d.wake_up() d.on_answer(submit->token, status, message_id, now);
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "message.hpp"
#include "outcome.hpp"
#include "smpp/command_status.hpp"
#include "smpp/session/pace.hpp"

namespace notifier {

using time_point = std::chrono::steady_clock::time_point;

/// One recipient and what to send there.
struct work {
    std::uint64_t id = 0;
    address to{};
    std::shared_ptr<const prepared_message> message{};
};

/// Gives one work after the other; false at the end.
using work_source = std::function<bool(work&)>;

struct dispatch_limits {
    std::uint32_t window = 10;
    double rate = 0;  ///< submits a second; 0: no limit
    std::uint32_t retry = 0;
    seconds wait{0.5};
    bool resend_unknown = false;
};

/// Which part of which recipient a submit carries.
struct submit_token {
    std::uint64_t work = 0;
    std::uint32_t part = 0;
};

struct submit {
    submit_token token{};
    smpp::submit_sm pdu{};
};

class dispatcher {
public:
    using outcome_handler = std::function<void(std::uint64_t work, outcome&&)>;

    dispatcher(const dispatch_limits& limits, work_source source, outcome_handler done);

    /// The next submit, if there is one and window, rate and back-off allow it now.
    [[nodiscard]] std::optional<submit> next(time_point now);
    /// When to ask next() again although no answer has come; empty: only after an answer.
    [[nodiscard]] std::optional<time_point> wake_up(time_point now);

    /// The submit was answered.
    void on_answer(submit_token token, smpp::command_status status, std::string message_id,
                   time_point now);
    /// It was sent, and there will be no answer: it may have arrived.
    void on_unanswered(submit_token token, std::string_view why, time_point now);
    /// It was never sent.
    void on_unsent(submit_token token);
    /// It can never be sent (a field is too long for the wire).
    void on_impossible(submit_token token, std::string_view why, time_point now);

    /// Nothing more will be sent: everyone without a verdict gets this one.
    void give_up(std::string_view why, time_point now);

    /// Every recipient has its verdict.
    [[nodiscard]] bool finished();
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] std::uint64_t answered() const noexcept { return answered_; }
    /// How often the SMSC's "too busy" made it pause, and how long the last time.
    [[nodiscard]] std::uint64_t pauses() const noexcept { return pauses_; }
    [[nodiscard]] seconds last_pause() const noexcept { return last_pause_; }

private:
    enum class part_state : std::uint8_t { waiting, sent, accepted, failed, unknown };
    struct part {
        part_state state = part_state::waiting;
        std::uint32_t attempts = 0;
        std::string message_id{};
    };
    struct entry {
        notifier::work work{};
        std::vector<part> parts{};
        std::optional<time_point> first_sent{};
        std::optional<smpp::command_status> status{};
        std::optional<smpp::command_status> put_off{};  // the last answer after which it waits
        std::string error{};
        bool failed = false;  // a part is lost: the rest is not sent
    };

    bool pull();
    bool skip_abandoned();
    void answer_refused(entry& e, submit_token token, smpp::command_status status, time_point now);
    void slow_down(time_point now);
    void settle(std::uint64_t id, time_point now);
    void wait_again(entry& e, submit_token token, smpp::command_status status);
    static void give_up(entry& e, std::string_view why);
    [[nodiscard]] outcome verdict(const entry& e, time_point now) const;
    entry* find(submit_token token);

    dispatch_limits limits_;
    work_source source_;
    outcome_handler done_;
    bool exhausted_ = false;
    std::unordered_map<std::uint64_t, entry> entries_;
    std::deque<submit_token> ready_;
    std::size_t in_flight_ = 0;
    std::uint64_t answered_ = 0;
    std::optional<smpp::pace> pace_;  // the rate; begins with the first submit
    time_point not_before_{};         // back-off
    time_point busy_until_{};         // the pause at hand, if any
    std::uint32_t busy_ = 0;          // pauses in a row, nothing accepted between them
    std::uint64_t pauses_ = 0;
    seconds last_pause_{};
};

/// Attempts beyond `retry` that a submit gets while the SMSC says that it is too busy, one after
/// each pause.
inline constexpr std::uint32_t busy_attempts = 8;

}  // namespace notifier
