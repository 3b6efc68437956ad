// What has happened so far, for /metrics. Only grows; the number of series is bounded whatever
// clients do.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/clock.hpp"
#include "smpp/command_id.hpp"
#include "smpp/command_status.hpp"

namespace mock_smsc {

/// As Prometheus has them: how many took at most so long.
class time_histogram {
public:
    static constexpr std::array<double, 12> bounds = {0.0005, 0.001, 0.005, 0.01, 0.05, 0.1,
                                                      0.5,    1,     5,     10,   60,   600};  // s

    void add(microseconds_utc time) noexcept;
    /// Of one bucket alone; the last one is for what took longer than all bounds.
    [[nodiscard]] const std::array<std::uint64_t, bounds.size() + 1>& buckets() const noexcept {
        return buckets_;
    }
    [[nodiscard]] double sum() const noexcept { return static_cast<double>(sum_) / 1e6; }

private:
    std::array<std::uint64_t, bounds.size() + 1> buckets_{};
    std::int64_t sum_ = 0;  // microseconds
};

class counters {
public:
    /// Accounts with series of their own; all others share one.
    static constexpr std::size_t most_accounts = 100;
    static constexpr std::string_view other_accounts = "(others)";

    struct submit_series {
        std::string account;
        smpp::command_id command{};
        smpp::command_status status{};
        auto operator<=>(const submit_series&) const = default;
    };
    struct bind_series {
        bind_kind kind{};
        smpp::command_status status{};
        auto operator<=>(const bind_series&) const = default;
    };

    /// A submit has its answer, or will never have one. `time`: since it came.
    void submit(std::string_view account, smpp::command_id command, smpp::command_status status,
                microseconds_utc time);
    void bind(bind_kind kind, smpp::command_status status) { ++binds_[{kind, status}]; }
    /// Names of what rules and limits did, separated by commas.
    void faults(std::string_view names);
    /// A receipt is acknowledged or given up. `time`: since the submit.
    void receipt(microseconds_utc time) noexcept { receipt_time_.add(time); }

    [[nodiscard]] const std::map<submit_series, std::uint64_t>& submits() const noexcept {
        return submits_;
    }
    [[nodiscard]] const std::map<bind_series, std::uint64_t>& binds() const noexcept {
        return binds_;
    }
    [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& faults() const noexcept {
        return faults_;
    }
    [[nodiscard]] const time_histogram& submit_time() const noexcept { return submit_time_; }
    [[nodiscard]] const time_histogram& receipt_time() const noexcept { return receipt_time_; }

private:
    std::map<submit_series, std::uint64_t> submits_;
    std::pair<const submit_series, std::uint64_t>* last_ = nullptr;  // the next is like it, often
    std::set<std::string, std::less<>> accounts_;
    std::map<bind_series, std::uint64_t> binds_;
    std::map<std::string, std::uint64_t, std::less<>> faults_;
    time_histogram submit_time_;
    time_histogram receipt_time_;
};

}  // namespace mock_smsc
