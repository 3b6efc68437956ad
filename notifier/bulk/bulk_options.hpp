// The options of --bulk.
#pragma once

#include <cstdint>
#include <string>

namespace notifier {

enum class progress_mode : std::uint8_t { automatic, always, never };

struct bulk_options {
    std::string input;    ///< a file, "-" for standard input; empty: no --bulk
    std::string journal;  ///< empty: none
    std::string report;   ///< empty: none
    progress_mode progress = progress_mode::automatic;
    bool skip_invalid = false;

    [[nodiscard]] bool given() const noexcept { return !input.empty(); }
};

}  // namespace notifier
