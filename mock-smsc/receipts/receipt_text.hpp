// The deliver_sm that carries a receipt.
#pragma once

#include <string>

#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/rules/rule.hpp"

namespace mock_smsc {

struct receipt_wish {
    std::size_t destination = 0;  ///< index, for submit_multi
    bool with_tlvs = true;        ///< clients of 3.3 get none
    smpp::message_state state{};
    bool intermediate = false;              ///< an intermediate notification
    const receipt_action* style = nullptr;  ///< null: the specification's
};

[[nodiscard]] smpp::deliver_sm make_receipt(message_reader& message, const receipt_wish& wish);

}  // namespace mock_smsc
