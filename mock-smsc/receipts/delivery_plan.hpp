// When a message reaches its final state, and which one: what schedule_delivery_time,
// validity_period and the settings make of it.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "mock-smsc/message_fields.hpp"

namespace mock_smsc {

struct delivery_settings {
    std::chrono::microseconds delay{0};  ///< from the submit (or the scheduled time) on
    smpp::message_state outcome = smpp::message_state::delivered;
    /// States on the way there, each so long after the submit (or the scheduled time).
    std::vector<std::pair<std::chrono::microseconds, smpp::message_state>> steps{};
    bool silent = false;   ///< no receipt, whoever asks
    bool unasked = false;  ///< receipts even for those that did not ask
};

struct delivery_step {
    microseconds_utc at = 0;
    smpp::message_state state{};
};

struct delivery_plan {
    smpp::message_state first = smpp::message_state::enroute;      ///< until `at`
    smpp::message_state outcome = smpp::message_state::delivered;  ///< then
    bool silent = false;
    bool unasked = false;
    microseconds_utc at = 0;  ///< not after the submit: at once
    /// Before that; null: none.
    std::shared_ptr<const std::vector<delivery_step>> steps;
};

[[nodiscard]] delivery_plan plan_delivery(const message_fields& fields, microseconds_utc received,
                                          const delivery_settings& settings);

/// Whether registered_delivery asks for a receipt of that final state.
[[nodiscard]] bool wants_receipt(smpp::registered_delivery asked,
                                 smpp::message_state state) noexcept;
/// Whether a state on the way is told: as an intermediate notification, or as a receipt.
[[nodiscard]] bool wants_step(smpp::registered_delivery asked) noexcept;
/// One per destination that gets the message.
[[nodiscard]] std::uint8_t receipts_of(const message_fields& fields) noexcept;
/// Those that a message of that final state calls for.
[[nodiscard]] std::uint8_t receipts_of(const message_fields& fields, smpp::message_state state,
                                       bool unasked = false) noexcept;

}  // namespace mock_smsc
