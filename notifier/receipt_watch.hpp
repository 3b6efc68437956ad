// Waits for delivery receipts: holds each accepted recipient until every part of its message has a
// final one. Receipts may come in any order, twice, and before the message is known.
//
//     receipt_watch watch([](std::uint64_t work, outcome&& result) { ... });
//     watch.expect(work, std::move(accepted), now);
//     watch.on_deliver(deliver_sm, now);               // the last one missing calls the handler
//     watch.expire(now - 60s, "no receipt in 60 s");   // so does this, with what is missing
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "outcome.hpp"
#include "smpp/pdu/deliver_sm.hpp"

namespace notifier {

class receipt_watch {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using outcome_handler = std::function<void(std::uint64_t work, outcome&&)>;

    explicit receipt_watch(outcome_handler done) : done_(std::move(done)) {}

    /// `result` is accepted; one receipt is awaited for each of its message_ids.
    void expect(std::uint64_t work, outcome&& result, time_point now);
    /// False: it is no receipt.
    bool on_deliver(const smpp::deliver_sm& pdu, time_point now);
    /// Everyone who is waited for since then or longer is told, with the ids that are missing.
    void expire(time_point since, std::string_view why);
    /// Everyone is told; their receipts may still come, to another session.
    void give_up(std::string_view why);

    /// Since when the first one is waited for; empty: nobody is.
    [[nodiscard]] std::optional<time_point> oldest();

    [[nodiscard]] bool empty() const noexcept { return waiting_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

    /// Receipts for unknown messages that are kept at most; more are forgotten, all of them.
    static constexpr std::size_t most_early = 10'000;

private:
    struct entry {
        outcome result{};
        std::vector<std::optional<smpp::message_state>> finals{};  // by part
        time_point since{};                                        ///< the first submit
    };
    struct place {
        std::uint64_t work = 0;
        std::size_t part = 0;
    };
    struct early_receipt {
        receipt_seen seen{};
        time_point at{};
        bool taken = false;
    };

    bool take(const receipt_seen& seen, time_point at);
    void take_early(std::vector<std::string> ids);
    void forget_ids(const std::vector<std::string>& ids, std::uint64_t work);
    void settle(std::uint64_t work);
    void tell_missing(std::uint64_t work, std::string_view why, bool may_come);
    void drop_settled();

    outcome_handler done_;
    std::unordered_map<std::uint64_t, entry> waiting_;
    std::deque<std::pair<time_point, std::uint64_t>> order_;  // of waiting_, and of some settled
    std::unordered_multimap<std::string, place> by_id_;
    std::unordered_multimap<std::string, std::shared_ptr<early_receipt>> early_;  // all its keys
};

}  // namespace notifier
