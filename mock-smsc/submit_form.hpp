// Whether a carrier could take a submit at all: what no rule decides.
#pragma once

#include "mock-smsc/message_fields.hpp"

namespace mock_smsc {

/// The status that the specification has for what is wrong with it; ok: nothing. `version` is what
/// its session has bound with. REQUIRES: `body` is a submit and borrows from the PDU.
[[nodiscard]] smpp::command_status status_of_form(const smpp::body_view& body,
                                                  const message_fields& fields,
                                                  smpp::interface_version version) noexcept;

}  // namespace mock_smsc
