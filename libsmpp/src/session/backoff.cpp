#include "smpp/session/backoff.hpp"

#include <algorithm>

namespace smpp {

double backoff::random() noexcept {
    random_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = random_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31U;
    return static_cast<double>(mixed >> 11U) * 0x1.0p-53;
}

duration backoff::next() noexcept {
    const duration wait = std::min(wait_, options_.most);
    ++tries_;
    // Compared before it is multiplied: a long outage must not overflow.
    const auto grown = static_cast<double>(wait.count()) * std::max(options_.factor, 1.0);
    wait_ = grown >= static_cast<double>(options_.most.count())
                ? options_.most
                : duration(static_cast<duration::rep>(grown));
    const double kept = 1 - std::clamp(options_.jitter, 0.0, 1.0) * random();
    return duration(static_cast<duration::rep>(static_cast<double>(wait.count()) * kept));
}

}  // namespace smpp
