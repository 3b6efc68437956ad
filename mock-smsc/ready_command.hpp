// `mock-smsc ready`: asks a running one whether it is ready.
#pragma once

#include <functional>
#include <span>

namespace mock_smsc {

/// Exit code: 0 ready, 1 not, 2 wrong usage.
int ready_command(std::span<const char* const> arguments,
                  const std::function<const char*(const char*)>& environment);

}  // namespace mock_smsc
