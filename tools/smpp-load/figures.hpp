// What a run measured.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "smpp/command_status.hpp"
#include "support/latency_histogram.hpp"

namespace smpp_load {

/// Of one thread; summed up in the end.
struct figures {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
    std::map<smpp::command_status, std::uint64_t> refused{};
    std::map<std::string, std::uint64_t> failed{};  ///< no answer, by reason
    std::uint64_t receipts = 0;
    std::uint64_t sessions_bound = 0;
    std::uint64_t sessions_failed = 0;
    std::string first_failure{};  ///< of a session
    tools::latency_histogram latency{};
    std::uint64_t outstanding_sum = 0;  ///< over samples
    std::uint64_t outstanding_samples = 0;
    std::uint64_t cpu_ns = 0;

    void add_all(const figures& other);
};

/// Read by the progress display while the threads run.
struct live_counters {
    std::atomic<std::uint64_t> sent{0};
    std::atomic<std::uint64_t> answered{0};
    std::atomic<std::uint64_t> failed{0};
};

}  // namespace smpp_load
