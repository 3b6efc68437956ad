// Words of the API for values that the specification only numbers.
#pragma once

#include <optional>
#include <string_view>

#include "smpp/values.hpp"

namespace mock_smsc {

/// "DELIVERED"; "UNKNOWN" for a value without a name.
[[nodiscard]] std::string_view state_word(smpp::message_state state) noexcept;
[[nodiscard]] std::optional<smpp::message_state> state_named(std::string_view word) noexcept;

}  // namespace mock_smsc
