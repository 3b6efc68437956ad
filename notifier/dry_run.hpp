// --dry-run: what would be sent, part by part.
//
//     std::cout << notifier::dry_run_json(message, recipient);
#pragma once

#include <string>

#include "message.hpp"

namespace notifier {

/// One object on one line for each part, each line ended.
[[nodiscard]] std::string dry_run_json(const prepared_message& message, const address& to);
/// One line for each part.
[[nodiscard]] std::string dry_run_text(const prepared_message& message, const address& to);

}  // namespace notifier
