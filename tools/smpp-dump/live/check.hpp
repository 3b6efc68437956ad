// --check URL: goes the way of a client (DNS, TCP, TLS, bind, enquire_link, unbind) and reports
// each step.
//
//     bool good = smpp_dump::run_check({.target = parse_place(url, "--check")}, on_step);
#pragma once

#include <chrono>

#include "smpp-dump/live/place.hpp"
#include "smpp-dump/live/proxy.hpp"
#include "smpp-dump/live/step.hpp"

namespace smpp_dump {

struct check_options {
    place target{};
    secure_options secure{};
    std::chrono::nanoseconds patience = std::chrono::seconds(15);  ///< for each step
};

/// Stops at the first step that fails; false then. Throws input_error when the certificates that
/// the options name cannot be used.
[[nodiscard]] bool run_check(const check_options& options, const step_sink& on_step);

/// A line for people, and a JSON object; without a line end, passwords in neither.
[[nodiscard]] std::string step_line(const step& done);
[[nodiscard]] std::string step_json(const step& done);

}  // namespace smpp_dump
