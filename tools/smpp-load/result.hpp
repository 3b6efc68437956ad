// What the figures of a run say together.
#pragma once

#include <string>

#include "smpp-load/figures.hpp"
#include "smpp-load/options.hpp"

namespace smpp_load {

struct result {
    const options& wanted;
    figures all{};

    /// Messages answered; with --bind rx, received.
    [[nodiscard]] std::uint64_t done() const noexcept;
    /// They, a second.
    [[nodiscard]] double rate() const noexcept;
    /// Average outstanding, as a part of all windows.
    [[nodiscard]] double window_use() const noexcept;
    /// Processor time as a part of what the threads could have had, and in us of each message.
    [[nodiscard]] double cpu_use() const noexcept;
    [[nodiscard]] double cpu_us_of_each() const noexcept;
    /// Every session was bound to the end, and every message answered that was due.
    [[nodiscard]] bool good() const noexcept;
    /// What kept the rate from being higher, in one line.
    [[nodiscard]] std::string limit() const;
};

}  // namespace smpp_load
