// submit_multi: one message to many numbers and distribution lists (3.4: 4.5; 5.0: 4.2.3).
#pragma once

#include <vector>

#include "smpp/pdu/dest_address.hpp"
#include "smpp/tlv_list.hpp"

namespace smpp {

/// A destination that did not get the message, and why.
template <class S>
struct basic_unsuccess_sme {
    basic_unsuccess_sme() = default;

    basic_address<S> address{};
    std::uint32_t error_status_code = 0;  ///< a command_status

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("dest_addr_ton", s.address.ton) && field("dest_addr_npi", s.address.npi) &&
               field("destination_addr", s.address.digits, cstring{21}) &&
               field("error_status_code", s.error_status_code);
    }
    friend bool operator==(const basic_unsuccess_sme&, const basic_unsuccess_sme&) = default;
};

/// Answer to submit_multi: one id for all, and the list of those that failed.
template <class S>
struct basic_submit_multi_resp {
    basic_submit_multi_resp() = default;
    static constexpr auto id = command_id::submit_multi_resp;

    typename S::text message_id{};
    std::vector<basic_unsuccess_sme<S>> unsuccess_sme{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{65}) &&
               field("no_unsuccess", s.unsuccess_sme, list8{"unsuccess_sme"}) &&
               field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_submit_multi_resp&,
                           const basic_submit_multi_resp&) = default;
};

/// One message, 1 to 255 destinations.
template <class S>
struct basic_submit_multi {
    basic_submit_multi() = default;
    static constexpr auto id = command_id::submit_multi;
    using response = basic_submit_multi_resp<S>;

    typename S::text service_type{};
    basic_address<S> source{};
    std::vector<basic_dest_address<S>> dest_address{};
    smpp::esm_class esm_class{};
    std::uint8_t protocol_id = 0;
    std::uint8_t priority_flag = 0;
    typename S::text schedule_delivery_time{};
    typename S::text validity_period{};
    smpp::registered_delivery registered_delivery{};
    std::uint8_t replace_if_present_flag = 0;
    smpp::data_coding data_coding{};
    std::uint8_t sm_default_msg_id = 0;
    typename S::text short_message{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("service_type", s.service_type, cstring{6}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("number_of_dests", s.dest_address, list8{"dest_address", 1}) &&
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
    friend bool operator==(const basic_submit_multi&, const basic_submit_multi&) = default;
};

using submit_multi = basic_submit_multi<owned>;
using submit_multi_view = basic_submit_multi<view>;
using submit_multi_resp = basic_submit_multi_resp<owned>;
using submit_multi_resp_view = basic_submit_multi_resp<view>;

}  // namespace smpp
