// What an account's limits say about a submit.
#pragma once

#include <optional>
#include <string_view>

#include "mock-smsc/message_fields.hpp"

namespace mock_smsc {

struct refusal {
    smpp::command_status status{};
    std::string_view limit;  ///< "tps", "window" or "addresses"
};

/// REQUIRES: the session has an account. Uses up a token.
[[nodiscard]] std::optional<refusal> refused_by_limits(const session_info& session,
                                                       const message_fields& fields,
                                                       microseconds_utc now);

}  // namespace mock_smsc
