// Submits that asked for a receipt, and the receipts that came: for --stats.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "smpp-dump/dlr.hpp"
#include "support/latency_histogram.hpp"

namespace smpp_dump {

class receipt_tally {
public:
    explicit receipt_tally(smpp::alphabet standard) : standard_(standard) {}

    /// The stat of the receipt that `r` is; empty: it is none. Matches it with its submit by
    /// message_id, whichever of the sessions that was in.
    std::string add(const record& r);
    void end(const session& s);

    [[nodiscard]] std::uint64_t asked() const noexcept { return asked_; }
    /// Submits of which a receipt with a final state has come.
    [[nodiscard]] std::uint64_t matched() const noexcept { return delay_.count(); }
    /// Such receipts of submits that had theirs already.
    [[nodiscard]] std::uint64_t repeated() const noexcept { return repeated_; }
    /// Such receipts of submits that did not ask, or were not seen.
    [[nodiscard]] std::uint64_t unasked() const noexcept { return unasked_; }
    /// From the submit_sm_resp to the receipt.
    [[nodiscard]] const tools::latency_histogram& delay() const noexcept { return delay_; }

private:
    static constexpr std::size_t most = 1'000'000;  // that wait; the oldest give way
    static constexpr std::size_t most_receipted = 100'000;

    void on_request(const record& r);
    void on_response(const record& r);
    void on_receipt(const record& r, const smpp::receipt& receipt);
    void waits_no_more(const std::string& key);

    smpp::alphabet standard_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> unanswered_{};  // session, number
    std::unordered_map<std::string, std::int64_t> waiting_{};               // when accepted
    std::deque<std::string> order_{};
    std::unordered_set<std::string> receipted_{};  // the last of those that wait no more
    std::deque<std::string> receipted_order_{};
    std::uint64_t asked_ = 0;
    std::uint64_t repeated_ = 0;
    std::uint64_t unasked_ = 0;
    tools::latency_histogram delay_{};
};

}  // namespace smpp_dump
