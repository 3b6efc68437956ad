// Why a session failed, as one line for people: what, where, and what to try.
#pragma once

#include <string>

#include "smpp/error.hpp"
#include "target.hpp"

namespace notifier {

/// Resolving, connecting or the TLS handshake failed; `detail` is the library's own account.
[[nodiscard]] std::string connect_failure(const target& where, const smpp::error_code& code,
                                          std::string_view detail);
/// The bind was refused or not answered.
[[nodiscard]] std::string bind_failure(const target& where, const smpp::error_code& code,
                                       std::string_view detail);
/// A bound session has ended.
[[nodiscard]] std::string connection_loss(const target& where, std::string_view detail);
/// Whether another attempt may end differently.
[[nodiscard]] bool may_pass(const smpp::error_code& code);
/// Submitted, and no answer.
[[nodiscard]] std::string unanswered(const target& where, const smpp::error_code& code,
                                     std::string_view detail);

}  // namespace notifier
