// The delivery receipt that a PDU carries.
#pragma once

#include <optional>

#include "smpp-dump/output.hpp"
#include "smpp/text/receipt.hpp"

namespace smpp_dump {

/// Of a deliver_sm or data_sm whose text is one.
[[nodiscard]] std::optional<smpp::receipt> receipt_of(const record& r, smpp::alphabet standard);

/// The message_id that it is about: the text's, or that of receipted_message_id. Empty: neither.
[[nodiscard]] std::string receipted_id(const record& r, smpp::alphabet standard);

}  // namespace smpp_dump
