// broadcast_sm: a message to all stations of an area (5.0: 4.4.1).
//
// Must carry the TLVs broadcast_area_identifier, broadcast_content_type, broadcast_rep_num and
// broadcast_frequency_interval.
#pragma once

#include "smpp/address.hpp"
#include "smpp/pdu/shapes.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Answer to broadcast_sm; areas that failed are in the TLVs.
template <class S>
using basic_broadcast_sm_resp = basic_message_id_resp<S, command_id::broadcast_sm_resp>;

/// The text is in tlv::message_payload.
template <class S>
struct basic_broadcast_sm {
    basic_broadcast_sm() = default;
    static constexpr auto id = command_id::broadcast_sm;
    using response = basic_broadcast_sm_resp<S>;

    typename S::text service_type{};
    basic_address<S> source{};
    typename S::text message_id{};
    std::uint8_t priority_flag = 0;
    typename S::text schedule_delivery_time{};
    typename S::text validity_period{};
    std::uint8_t replace_if_present_flag = 0;
    smpp::data_coding data_coding{};
    std::uint8_t sm_default_msg_id = 0;
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("service_type", s.service_type, cstring{6}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("message_id", s.message_id, cstring{65}) &&
               field("priority_flag", s.priority_flag) &&
               field("schedule_delivery_time", s.schedule_delivery_time, time_text{}) &&
               field("validity_period", s.validity_period, time_text{}) &&
               field("replace_if_present_flag", s.replace_if_present_flag) &&
               field("data_coding", s.data_coding) &&
               field("sm_default_msg_id", s.sm_default_msg_id) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_broadcast_sm&, const basic_broadcast_sm&) = default;
};

using broadcast_sm = basic_broadcast_sm<owned>;
using broadcast_sm_view = basic_broadcast_sm<view>;
using broadcast_sm_resp = basic_broadcast_sm_resp<owned>;
using broadcast_sm_resp_view = basic_broadcast_sm_resp<view>;

}  // namespace smpp
