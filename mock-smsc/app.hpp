// The program: listeners, store, API, and how it starts and ends.
#pragma once

#include "mock-smsc/options.hpp"

namespace mock_smsc {

/// Runs until SIGTERM or SIGINT. Returns the exit code. Throws std::exception with one line when
/// it cannot start.
int run(const options& wanted);

}  // namespace mock_smsc
