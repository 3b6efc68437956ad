// The result of a run, for people and for programs.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "smpp-load/result.hpp"

namespace smpp_load {

/// The percentiles of latency that are shown.
inline constexpr std::pair<const char*, double> percentiles_shown[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}, {"p99.99", 0.9999}};

/// "0.024"
[[nodiscard]] std::string milliseconds(std::chrono::nanoseconds time);

[[nodiscard]] std::string report_text(const result& got);
/// One object, with a newline.
[[nodiscard]] std::string report_json(const result& got);

}  // namespace smpp_load
