// enquire_link: is the peer still there? (3.4: 4.11; 5.0: 4.1.2).
#pragma once

#include "smpp/pdu/shapes.hpp"

namespace smpp {

/// The peer is there.
template <class S>
using basic_enquire_link_resp = basic_header_only<S, command_id::enquire_link_resp>;

/// Must be answered at once, in every state.
template <class S>
using basic_enquire_link = basic_header_only_request<S, command_id::enquire_link>;

using enquire_link = basic_enquire_link<owned>;
using enquire_link_view = basic_enquire_link<view>;
using enquire_link_resp = basic_enquire_link_resp<owned>;
using enquire_link_resp_view = basic_enquire_link_resp<view>;

}  // namespace smpp
