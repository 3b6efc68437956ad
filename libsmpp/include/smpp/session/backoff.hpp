// Backoff: how long to wait before the next try. Grows to a cap, and differs from peer to peer, so
// that a thousand clients do not come back in the same moment.
//
//     smpp::backoff backoff({}, seed);
//     wait(backoff.next());  ...  backoff.reset();     // it worked
#pragma once

#include <cstdint>

#include "smpp/session/options.hpp"

namespace smpp {

struct backoff_options {
    duration first = std::chrono::milliseconds(500);
    duration most = std::chrono::seconds(60);
    double factor = 2;
    double jitter = 0.5;  ///< 0.5: from half of the wait to all of it
};

class backoff {
public:
    backoff(const backoff_options& options, std::uint64_t seed) noexcept
        : options_(options), random_(seed), wait_(options.first) {}

    [[nodiscard]] duration next() noexcept;
    void reset() noexcept {
        wait_ = options_.first;
        tries_ = 0;
    }
    /// Calls of next() since the last reset().
    [[nodiscard]] std::uint32_t tries() const noexcept { return tries_; }

private:
    /// From 0 to 1 (splitmix64).
    double random() noexcept;

    backoff_options options_;
    std::uint64_t random_;
    duration wait_;
    std::uint32_t tries_ = 0;
};

}  // namespace smpp
