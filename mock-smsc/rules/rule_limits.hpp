// What rules can do where: a rule that could do nothing is refused when it is given.
#pragma once

#include <string>
#include <string_view>

#include "mock-smsc/rules/json_values.hpp"

namespace mock_smsc::rule_json {

/// A request that clients may send, or one of command_words.
[[nodiscard]] bool is_command(std::string_view name) noexcept;

/// Conditions and actions fit the command. `dot` is what stands before names in errors. Throws
/// std::runtime_error.
void check_possible(const json::value& given, const rule& read, const std::string& dot);

}  // namespace mock_smsc::rule_json
