// When a message reaches its final state, and which one: what schedule_delivery_time,
// validity_period and the settings make of it.
#pragma once

#include <chrono>

#include "mock-smsc/message_fields.hpp"

namespace mock_smsc {

struct delivery_settings {
    std::chrono::microseconds delay{0};  ///< from the submit (or the scheduled time) on
    smpp::message_state outcome = smpp::message_state::delivered;
};

struct delivery_plan {
    smpp::message_state first = smpp::message_state::enroute;      ///< until `at`
    smpp::message_state outcome = smpp::message_state::delivered;  ///< then
    bool silent = false;                                           ///< no receipt, whoever asks
    microseconds_utc at = 0;  ///< not after the submit: at once
};

[[nodiscard]] delivery_plan plan_delivery(const message_fields& fields, microseconds_utc received,
                                          const delivery_settings& settings);

/// Whether registered_delivery asks for a receipt of that final state.
[[nodiscard]] bool wants_receipt(smpp::registered_delivery asked,
                                 smpp::message_state state) noexcept;
/// Receipts that a message of that final state calls for: one per destination.
[[nodiscard]] std::uint8_t receipts_of(const message_fields& fields,
                                       smpp::message_state state) noexcept;

}  // namespace mock_smsc
