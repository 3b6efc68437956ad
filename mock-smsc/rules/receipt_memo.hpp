// What a rule said about the receipts of a message, kept with it in the database.
//
//     note.receipt = receipt_memo(verdict);
//     const auto said = recalled(note.receipt);      // after a restart
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mock-smsc/rules/rule_set.hpp"

namespace mock_smsc {

/// JSON: the action as the rule has it, and the delays that were drawn. REQUIRES: said.receipt.
[[nodiscard]] std::string receipt_memo(const verdict& said);
/// A verdict with these parts. Empty result: `memo` is none.
[[nodiscard]] std::optional<verdict> recalled(std::string_view memo);

}  // namespace mock_smsc
