// The deliver_sm that carries a receipt.
#pragma once

#include <string>

#include "mock-smsc/message_fields.hpp"

namespace mock_smsc {

/// `destination` is an index, for submit_multi. Clients of 3.3 get no TLVs.
[[nodiscard]] smpp::deliver_sm make_receipt(message_reader& message, std::size_t destination,
                                            bool with_tlvs);

}  // namespace mock_smsc
