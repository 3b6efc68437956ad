#include "smpp/session/state.hpp"

namespace smpp {
namespace {

// The names are those of the last two columns of tables/command_id.def.
enum states : unsigned {
    none = 0,
    open = 1U << static_cast<unsigned>(session_state::open),
    outbound = 1U << static_cast<unsigned>(session_state::outbound),
    bound_tx = 1U << static_cast<unsigned>(session_state::bound_tx),
    bound_rx = 1U << static_cast<unsigned>(session_state::bound_rx),
    bound_trx = 1U << static_cast<unsigned>(session_state::bound_trx),
    unbound = 1U << static_cast<unsigned>(session_state::unbound),
    any_bound = bound_tx | bound_rx | bound_trx,
    any_open = any_bound | open | outbound | unbound,
};

}  // namespace

std::string_view name(session_state state) noexcept {
    switch (state) {
        case session_state::open: return "OPEN";
        case session_state::outbound: return "OUTBOUND";
        case session_state::bound_tx: return "BOUND_TX";
        case session_state::bound_rx: return "BOUND_RX";
        case session_state::bound_trx: return "BOUND_TRX";
        case session_state::unbound: return "UNBOUND";
        case session_state::closed: return "CLOSED";
    }
    return {};
}

bool may_send(role sender, command_id id, session_state state) noexcept {
    const unsigned bit = 1U << static_cast<unsigned>(state);
    switch (id) {
#define X(name, number, esme_states, mc_states) \
    case command_id::name:                      \
        return (bit & (sender == role::esme ? (esme_states) : (mc_states))) != 0;
#include "smpp/tables/command_id.def"
#undef X
    }
    return (bit & any_bound) != 0;
}

}  // namespace smpp
