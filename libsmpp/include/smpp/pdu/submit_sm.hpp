// submit_sm: ESME asks the MC to deliver a message (3.4: 4.4; 5.0: 4.2.1).
//
//     smpp::submit_sm sm;
//     sm.destination = smpp::address("15557654321", smpp::ton::international, smpp::npi::isdn);
//     sm.short_message = "hello";
#pragma once

#include "smpp/address.hpp"
#include "smpp/pdu/shapes.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Answer to submit_sm: the id the MC gave to the message.
template <class S>
using basic_submit_sm_resp = basic_message_id_resp<S, command_id::submit_sm_resp>;

/// The shape of submit_sm and deliver_sm.
template <class S, command_id Id>
struct basic_message {
    basic_message() = default;
    static constexpr auto id = Id;
    using response = basic_message_id_resp<S, response_of(Id)>;

    typename S::text service_type{};
    basic_address<S> source{};
    basic_address<S> destination{};
    smpp::esm_class esm_class{};
    std::uint8_t protocol_id = 0;
    std::uint8_t priority_flag = 0;
    typename S::text schedule_delivery_time{};
    typename S::text validity_period{};
    smpp::registered_delivery registered_delivery{};
    std::uint8_t replace_if_present_flag = 0;
    smpp::data_coding data_coding{};
    std::uint8_t sm_default_msg_id = 0;
    typename S::text short_message{};  ///< octets, in the alphabet that data_coding names
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("service_type", s.service_type, cstring{6}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("dest_addr_ton", s.destination.ton) &&
               field("dest_addr_npi", s.destination.npi) &&
               field("destination_addr", s.destination.digits, cstring{21}) &&
               field("esm_class", s.esm_class) && field("protocol_id", s.protocol_id) &&
               field("priority_flag", s.priority_flag) &&
               field("schedule_delivery_time", s.schedule_delivery_time, time_text{}) &&
               field("validity_period", s.validity_period, time_text{}) &&
               field("registered_delivery", s.registered_delivery) &&
               field("replace_if_present_flag", s.replace_if_present_flag) &&
               field("data_coding", s.data_coding) &&
               field("sm_default_msg_id", s.sm_default_msg_id) &&
               field("short_message", s.short_message, octets8{255}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_message&, const basic_message&) = default;
};

/// ESME asks the MC to deliver a message.
template <class S>
using basic_submit_sm = basic_message<S, command_id::submit_sm>;

using submit_sm = basic_submit_sm<owned>;
using submit_sm_view = basic_submit_sm<view>;
using submit_sm_resp = basic_submit_sm_resp<owned>;
using submit_sm_resp_view = basic_submit_sm_resp<view>;

}  // namespace smpp
