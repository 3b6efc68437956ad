// What ps and /proc show of the command line: the URLs in it without their passwords.
//
//     const std::vector<std::string> arguments = notifier::take_arguments({argv, argc});
#pragma once

#include <span>
#include <string>
#include <vector>

namespace notifier {

/// Copies of the arguments of main(); what stands at their place is masked then, as far as it has
/// room. Until then, a moment after the start, others on this machine can read them.
[[nodiscard]] std::vector<std::string> take_arguments(std::span<char* const> arguments);

/// An argument for others to see: passwords of URLs as ****.
[[nodiscard]] std::string mask_argument(std::string_view argument);

}  // namespace notifier
