// The command of `mock-smsc run`: started with our addresses in its environment, and waited for.
#pragma once

#include <sys/types.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mock-smsc/options.hpp"
#include "mock-smsc/ready_file.hpp"

namespace mock_smsc {

/// SMPP_URL, SMPP_HOST, SMPP_PORT and MOCK_SMSC_API; with TLS SMPPS_URL, SMPPS_PORT and, when the
/// certificate is ours, MOCK_SMSC_CA.
[[nodiscard]] std::vector<std::string> child_environment(const addresses& where,
                                                         const options& wanted);

/// Descriptors that are open now.
[[nodiscard]] std::set<int> open_descriptors();

/// Only the descriptors of `inherited`, which were given to us, stay open in it. Throws
/// std::runtime_error that names the command.
[[nodiscard]] pid_t start_child(const std::vector<std::string>& command,
                                const std::vector<std::string>& added_environment,
                                const std::set<int>& inherited);

/// Its exit code, as a shell gives it, once it has ended. Does not wait.
[[nodiscard]] std::optional<int> child_ended(pid_t child);

}  // namespace mock_smsc
