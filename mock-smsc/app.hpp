// The program: listeners, store, API, and how it starts and ends.
#pragma once

#include "mock-smsc/options.hpp"

namespace mock_smsc {

/// Runs until SIGTERM or SIGINT, or until `command` ends, when there is one. Returns the exit code:
/// the command's, or 0. Throws std::exception with one line when it cannot start.
int run(const options& wanted, const std::vector<std::string>& command = {});

}  // namespace mock_smsc
