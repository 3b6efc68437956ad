// The command of `mock-smsc run`: started with our addresses in its environment, and waited for.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "mock-smsc/options.hpp"
#include "mock-smsc/ready_file.hpp"

namespace mock_smsc {

/// SMPP_URL, SMPP_HOST, SMPP_PORT and MOCK_SMSC_API.
[[nodiscard]] std::vector<std::string> child_environment(const addresses& where,
                                                         const options& wanted);

/// Throws std::runtime_error that names the command.
[[nodiscard]] pid_t start_child(const std::vector<std::string>& command,
                                const std::vector<std::string>& added_environment);

/// Its exit code, as a shell gives it, once it has ended. Does not wait.
[[nodiscard]] std::optional<int> child_ended(pid_t child);

}  // namespace mock_smsc
