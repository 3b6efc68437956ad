// unbind: the orderly end of a session, by either side (3.4: 4.2; 5.0: 4.1.4).
#pragma once

#include "smpp/pdu/shapes.hpp"

namespace smpp {

/// Answer to unbind; the connection is closed after it.
template <class S>
using basic_unbind_resp = basic_header_only<S, command_id::unbind_resp>;

/// No more operations from the sender.
template <class S>
using basic_unbind = basic_header_only_request<S, command_id::unbind>;

using unbind = basic_unbind<owned>;
using unbind_view = basic_unbind<view>;
using unbind_resp = basic_unbind_resp<owned>;
using unbind_resp_view = basic_unbind_resp<view>;

}  // namespace smpp
