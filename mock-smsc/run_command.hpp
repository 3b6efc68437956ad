// `mock-smsc run [options] -- COMMAND...`: on free ports, unless told otherwise.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "mock-smsc/options.hpp"

namespace mock_smsc {

/// Returns the exit code: the command's, 2 when the command line is wrong, 1 when it cannot start.
int run_command(std::span<const char* const> arguments,
                const std::function<const char*(const char*)>& environment);

/// Prints help, version or errors, when that is all there is to do. Returns the exit code then.
[[nodiscard]] std::optional<int> said_at_once(const parsed_options& parsed);

}  // namespace mock_smsc
