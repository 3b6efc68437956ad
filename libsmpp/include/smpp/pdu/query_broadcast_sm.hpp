// query_broadcast_sm: what became of a broadcast (5.0: 4.6.1).
#pragma once

#include "smpp/address.hpp"
#include "smpp/pdu/shapes.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Carries the TLVs message_state, broadcast_area_identifier and broadcast_area_success.
template <class S>
using basic_query_broadcast_sm_resp = basic_message_id_resp<S, command_id::query_broadcast_sm_resp>;

/// Asks for the state of one broadcast.
template <class S>
struct basic_query_broadcast_sm {
    basic_query_broadcast_sm() = default;
    static constexpr auto id = command_id::query_broadcast_sm;
    using response = basic_query_broadcast_sm_resp<S>;

    typename S::text message_id{};
    basic_address<S> source{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{65}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_query_broadcast_sm&,
                           const basic_query_broadcast_sm&) = default;
};

using query_broadcast_sm = basic_query_broadcast_sm<owned>;
using query_broadcast_sm_view = basic_query_broadcast_sm<view>;
using query_broadcast_sm_resp = basic_query_broadcast_sm_resp<owned>;
using query_broadcast_sm_resp_view = basic_query_broadcast_sm_resp<view>;

}  // namespace smpp
