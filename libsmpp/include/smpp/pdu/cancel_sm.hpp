// cancel_sm: withdraws a message, or all between two addresses (3.4: 4.9; 5.0: 4.5.2).
#pragma once

#include "smpp/address.hpp"
#include "smpp/pdu/shapes.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Answer to cancel_sm: status only.
template <class S>
using basic_cancel_sm_resp = basic_status_resp<S, command_id::cancel_sm_resp>;

/// With an empty message_id all messages of source to destination are meant.
template <class S>
struct basic_cancel_sm {
    basic_cancel_sm() = default;
    static constexpr auto id = command_id::cancel_sm;
    using response = basic_cancel_sm_resp<S>;

    typename S::text service_type{};
    typename S::text message_id{};
    basic_address<S> source{};
    basic_address<S> destination{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("service_type", s.service_type, cstring{6}) &&
               field("message_id", s.message_id, cstring{65}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("dest_addr_ton", s.destination.ton) &&
               field("dest_addr_npi", s.destination.npi) &&
               field("destination_addr", s.destination.digits, cstring{21}) &&
               field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_cancel_sm&, const basic_cancel_sm&) = default;
};

using cancel_sm = basic_cancel_sm<owned>;
using cancel_sm_view = basic_cancel_sm<view>;
using cancel_sm_resp = basic_cancel_sm_resp<owned>;
using cancel_sm_resp_view = basic_cancel_sm_resp<view>;

}  // namespace smpp
