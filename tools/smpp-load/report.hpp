// The result of a run, for people and for programs.
#pragma once

#include <chrono>
#include <string>

#include "smpp-load/figures.hpp"
#include "smpp-load/options.hpp"

namespace smpp_load {

struct result {
    figures all{};
    std::chrono::duration<double> took{};  ///< from the first message to the last answer
};

/// What kept the rate from being higher, in one line.
[[nodiscard]] std::string limit_of(const options& wanted, const result& got);
[[nodiscard]] std::string report_text(const options& wanted, const result& got);
/// One object, with a newline.
[[nodiscard]] std::string report_json(const options& wanted, const result& got);

}  // namespace smpp_load
