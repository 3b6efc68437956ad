// The progress bar, as one line of text. No terminal, no clock.
#pragma once

#include <cstdint>
#include <string>

namespace notifier::bulk {

struct progress_state {
    std::uint64_t rows = 0;
    std::uint64_t earlier = 0;  ///< of the rows, what earlier runs have done
    std::uint64_t sent = 0;     ///< of this run
    std::uint64_t accepted = 0;
    std::uint64_t failed = 0;
    std::uint64_t awaited = 0;  ///< accepted, and waiting for receipts
    double rate = 0;            ///< outcomes a second, lately
};

/// At most `width` characters.
[[nodiscard]] std::string progress_line(const progress_state& now, std::size_t width);

/// Outcomes a second over the last few seconds.
class rate_meter {
public:
    /// `seconds` must not decrease.
    [[nodiscard]] double update(double seconds, std::uint64_t count);

private:
    double last_seconds_ = 0;
    std::uint64_t last_count_ = 0;
    double rate_ = 0;
};

}  // namespace notifier::bulk
