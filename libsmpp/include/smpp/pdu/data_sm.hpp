// data_sm: a message either way, its text in the TLV message_payload (3.4: 4.7; 5.0: 4.2.2).
#pragma once

#include "smpp/address.hpp"
#include "smpp/pdu/shapes.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Answer to data_sm.
template <class S>
using basic_data_sm_resp = basic_message_id_resp<S, command_id::data_sm_resp>;

/// A message without short_message: the text is in tlv::message_payload.
template <class S>
struct basic_data_sm {
    basic_data_sm() = default;
    static constexpr auto id = command_id::data_sm;
    using response = basic_data_sm_resp<S>;

    typename S::text service_type{};
    basic_address<S> source{};
    basic_address<S> destination{};
    smpp::esm_class esm_class{};
    smpp::registered_delivery registered_delivery{};
    smpp::data_coding data_coding{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("service_type", s.service_type, cstring{6}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{65}) &&
               field("dest_addr_ton", s.destination.ton) &&
               field("dest_addr_npi", s.destination.npi) &&
               field("destination_addr", s.destination.digits, cstring{65}) &&
               field("esm_class", s.esm_class) &&
               field("registered_delivery", s.registered_delivery) &&
               field("data_coding", s.data_coding) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_data_sm&, const basic_data_sm&) = default;
};

using data_sm = basic_data_sm<owned>;
using data_sm_view = basic_data_sm<view>;
using data_sm_resp = basic_data_sm_resp<owned>;
using data_sm_resp_view = basic_data_sm_resp<view>;

}  // namespace smpp
