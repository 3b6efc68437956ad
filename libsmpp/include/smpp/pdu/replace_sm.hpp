// replace_sm: new text and options for a message not yet delivered (3.4: 4.10; 5.0: 4.5.3).
#pragma once

#include "smpp/address.hpp"
#include "smpp/pdu/shapes.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Answer to replace_sm: status only.
template <class S>
using basic_replace_sm_resp = basic_status_resp<S, command_id::replace_sm_resp>;

/// Replaces the text of one message; source must be that of its submit_sm.
template <class S>
struct basic_replace_sm {
    basic_replace_sm() = default;
    static constexpr auto id = command_id::replace_sm;
    using response = basic_replace_sm_resp<S>;

    typename S::text message_id{};
    basic_address<S> source{};
    typename S::text schedule_delivery_time{};
    typename S::text validity_period{};
    smpp::registered_delivery registered_delivery{};
    std::uint8_t sm_default_msg_id = 0;
    typename S::text short_message{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{65}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("schedule_delivery_time", s.schedule_delivery_time, time_text{}) &&
               field("validity_period", s.validity_period, time_text{}) &&
               field("registered_delivery", s.registered_delivery) &&
               field("sm_default_msg_id", s.sm_default_msg_id) &&
               field("short_message", s.short_message, octets8{255}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_replace_sm&, const basic_replace_sm&) = default;
};

using replace_sm = basic_replace_sm<owned>;
using replace_sm_view = basic_replace_sm<view>;
using replace_sm_resp = basic_replace_sm_resp<owned>;
using replace_sm_resp_view = basic_replace_sm_resp<view>;

}  // namespace smpp
