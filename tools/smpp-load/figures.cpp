#include "smpp-load/figures.hpp"

namespace smpp_load {

void figures::add_all(const figures& other) {
    sent += other.sent;
    accepted += other.accepted;
    for (const auto& [status, count] : other.refused) {
        refused[status] += count;
    }
    for (const auto& [reason, count] : other.failed) {
        failed[reason] += count;
    }
    receipts += other.receipts;
    sessions_bound += other.sessions_bound;
    sessions_failed += other.sessions_failed;
    if (first_failure.empty()) {
        first_failure = other.first_failure;
    }
    latency.add_all(other.latency);
    outstanding_sum += other.outstanding_sum;
    outstanding_samples += other.outstanding_samples;
    cpu_ns += other.cpu_ns;
}

}  // namespace smpp_load
