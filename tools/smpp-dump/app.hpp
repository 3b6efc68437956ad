// smpp-dump as a function: reads what the arguments name and writes to standard output.
#pragma once

#include <string>
#include <vector>

namespace smpp_dump {

/// Returns the exit status: 0 fine, 1 findings that --fail-on names, 2 wrong usage, 3 damaged or
/// unreadable input.
[[nodiscard]] int run(const std::vector<std::string>& arguments) noexcept;

}  // namespace smpp_dump
