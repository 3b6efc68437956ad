// command_id: the number that says which PDU this is. The rows are in tables/command_id.def.
//
//     smpp::name(smpp::command_id::submit_sm)            // "submit_sm"
//     smpp::response_of(smpp::command_id::submit_sm)     // command_id::submit_sm_resp
#pragma once

#include <cstdint>
#include <string_view>

namespace smpp {

/// Open: any number can be held; only the table's rows have names.
enum class command_id : std::uint32_t {
#define X(name, number, esme_states, mc_states) name = number,
#include "smpp/tables/command_id.def"
#undef X
};

inline constexpr std::uint32_t response_bit = 0x80000000U;

/// Name in the specification; empty for a number without a row.
[[nodiscard]] constexpr std::string_view name(command_id id) noexcept {
    switch (id) {
#define X(name, number, esme_states, mc_states) \
    case command_id::name:                      \
        return #name;
#include "smpp/tables/command_id.def"
#undef X
    }
    return {};
}

[[nodiscard]] constexpr bool is_known(command_id id) noexcept { return !name(id).empty(); }

[[nodiscard]] constexpr bool is_response(command_id id) noexcept {
    return (static_cast<std::uint32_t>(id) & response_bit) != 0;
}

/// The response that answers a request. REQUIRES: a request that has one (outbind and
/// alert_notification have none).
[[nodiscard]] constexpr command_id response_of(command_id id) noexcept {
    return command_id(static_cast<std::uint32_t>(id) | response_bit);
}

}  // namespace smpp
