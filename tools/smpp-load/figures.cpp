#include "smpp-load/figures.hpp"

#include <algorithm>

namespace smpp_load {

void message_figures::add_all(const message_figures& other) {
    sent += other.sent;
    accepted += other.accepted;
    for (const auto& [status, count] : other.refused) {
        refused[status] += count;
    }
    for (const auto& [reason, count] : other.failed) {
        failed[reason] += count;
    }
    unsent += other.unsent;
    received += other.received;
    latency.add_all(other.latency);
    lag.add_all(other.lag);
    outstanding_sum += other.outstanding_sum;
    outstanding_samples += other.outstanding_samples;
}

std::uint64_t message_figures::answered() const noexcept {
    std::uint64_t out = accepted;
    for (const auto& [status, count] : refused) {
        out += count;
    }
    return out;
}

void session_figures::add_all(const session_figures& other) {
    bound += other.bound;
    failed += other.failed;
    lost += other.lost;
    resumed += other.resumed;
    if (first_failure.empty()) {
        first_failure = other.first_failure;
    }
    if (security.empty()) {
        security = other.security;
    }
    binding = std::max(binding, other.binding);
    loading = std::max(loading, other.loading);
    threads_loading += other.threads_loading;
    cpu += other.cpu;
}

}  // namespace smpp_load
