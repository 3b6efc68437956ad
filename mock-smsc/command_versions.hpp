// Which version of SMPP has which request.
#pragma once

#include "smpp/command_id.hpp"
#include "smpp/values.hpp"

namespace mock_smsc {

/// False: to a client of that version there is no such request, and its response is none, either.
[[nodiscard]] constexpr bool has_command(smpp::interface_version version,
                                         smpp::command_id id) noexcept {
    switch (id) {
        case smpp::command_id::data_sm: return version >= smpp::interface_version::v3_4;
        case smpp::command_id::broadcast_sm:
        case smpp::command_id::query_broadcast_sm:
        case smpp::command_id::cancel_broadcast_sm: return version >= smpp::interface_version::v5_0;
        default: return true;
    }
}

}  // namespace mock_smsc
