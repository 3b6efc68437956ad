// smpp-load as a function.
#pragma once

#include <string>
#include <vector>

namespace smpp_load {

/// Returns the exit status: 0 all messages answered, 1 not, 2 wrong usage.
[[nodiscard]] int run(const std::vector<std::string>& arguments) noexcept;

}  // namespace smpp_load
