// generic_nack: the request could not be understood (3.4: 4.3; 5.0: 4.1.6).
#pragma once

#include "smpp/pdu/shapes.hpp"

namespace smpp {

/// A response: completes the request with its sequence_number (0: the header was unreadable). Never
/// answered.
template <class S>
using basic_generic_nack = basic_header_only<S, command_id::generic_nack>;

using generic_nack = basic_generic_nack<owned>;
using generic_nack_view = basic_generic_nack<view>;

}  // namespace smpp
