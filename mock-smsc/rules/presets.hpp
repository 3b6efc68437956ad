// Ready-made rules: magic destinations, and carriers as one meets them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mock_smsc {

/// JSON list: destinations that end in 99NNNN, 98NNNN or 97NNNN behave as their number says.
[[nodiscard]] std::string magic_rules();

/// JSON list of "healthy", "slow", "flaky", "throttling", "strict" or "dead". Empty result: another
/// name.
[[nodiscard]] std::optional<std::string> carrier_rules(std::string_view name);

}  // namespace mock_smsc
