// State of a session, the role of a side, and who may send what when (3.4: 2.2, table
// 2-1; 5.0: 2.3).
#pragma once

#include <cstdint>
#include <string_view>

#include "smpp/command_id.hpp"

namespace smpp {

/// Which side of the session this is.
enum class role : std::uint8_t {
    esme,  ///< the client that binds
    mc,    ///< the message centre (SMSC) that is bound to
};

enum class session_state : std::uint8_t {
    open,      ///< connected, not bound
    outbound,  ///< the MC has sent outbind; the ESME is expected to bind
    bound_tx,
    bound_rx,
    bound_trx,
    unbound,  ///< unbind was sent or received; answers may still pass
    closed,
};

[[nodiscard]] std::string_view name(session_state) noexcept;

[[nodiscard]] constexpr bool is_bound(session_state state) noexcept {
    return state == session_state::bound_tx || state == session_state::bound_rx ||
           state == session_state::bound_trx;
}

/// Whether `sender` may send `id` in `state`. Numbers without a row: in the bound states.
[[nodiscard]] bool may_send(role sender, command_id id, session_state state) noexcept;

}  // namespace smpp
