// `mock-smsc accounts hash [--argon2id]`: a password from standard input, its hash to standard
// output.
#pragma once

#include <span>

namespace mock_smsc {

/// Returns the exit code.
int accounts_command(std::span<const char* const> arguments);

}  // namespace mock_smsc
