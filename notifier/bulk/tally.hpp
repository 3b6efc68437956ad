// Counts outcomes and the reasons of failures.
//
//     bulk::tally tally;
//     tally.add(outcome);
//     write_out(bulk::summary_text(tally, seconds));
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "notifier/outcome.hpp"

namespace notifier::bulk {

class tally {
public:
    void add(const outcome& result);
    /// One that an earlier run has told of.
    void add_earlier(const outcome& result);

    [[nodiscard]] std::uint64_t count(outcome_state state) const {
        return counts_[static_cast<std::size_t>(state)];
    }
    [[nodiscard]] std::uint64_t total() const;
    [[nodiscard]] std::uint64_t earlier() const noexcept { return earlier_; }
    /// Of this run.
    [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }
    /// Not accepted, or not delivered where that was waited for.
    [[nodiscard]] std::uint64_t failed() const noexcept { return failed_; }
    /// Of those accepted; empty: nobody waited for receipts.
    [[nodiscard]] std::optional<std::uint64_t> delivered() const noexcept {
        return waited_ ? std::optional(delivered_) : std::nullopt;
    }
    /// How often each reason was given.
    [[nodiscard]] const std::map<std::string, std::uint64_t>& reasons() const noexcept {
        return reasons_;
    }

private:
    void count(const outcome& result);

    std::array<std::uint64_t, 4> counts_{};
    std::uint64_t earlier_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t delivered_ = 0;
    bool waited_ = false;
    std::map<std::string, std::uint64_t> reasons_;
};

/// Some lines for people.
[[nodiscard]] std::string summary_text(const tally& counts, double elapsed_seconds);
/// One object, as the last line of --output json has it.
[[nodiscard]] std::string summary_json(const tally& counts, double elapsed_seconds, int exit_code);

}  // namespace notifier::bulk
