// The whole program, but for main().
//
//     return notifier::run({argv + 1, argv + argc});
#pragma once

#include <span>

namespace notifier {

/// Does what the command line asks for and returns the exit code. Never throws.
[[nodiscard]] int run(std::span<const char* const> arguments) noexcept;

}  // namespace notifier
