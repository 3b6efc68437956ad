// Trace: sees every PDU of a connection, in and out, as octets. Costs nothing when unset.
//
//     options.trace = [&](smpp::direction way, smpp::octet_span frame) { writer.write(way, frame);
//     };
#pragma once

#include <functional>

#include "smpp/octets.hpp"

namespace smpp {

enum class direction : std::uint8_t {
    in,   ///< from the peer
    out,  ///< to the peer
};

/// Called on the connection's executor with one whole PDU; binds show their password (see capture/
/// for masking). Must not throw.
using trace_hook = std::function<void(direction, octet_span frame)>;

}  // namespace smpp
