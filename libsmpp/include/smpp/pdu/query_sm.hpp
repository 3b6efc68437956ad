// query_sm: what became of a message (3.4: 4.8; 5.0: 4.5.1).
#pragma once

#include "smpp/address.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// The state of the message; final_date is empty until the state is final.
template <class S>
struct basic_query_sm_resp {
    basic_query_sm_resp() = default;
    static constexpr auto id = command_id::query_sm_resp;

    typename S::text message_id{};
    typename S::text final_date{};
    smpp::message_state message_state{};
    std::uint8_t error_code = 0;
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{65}) &&
               field("final_date", s.final_date, time_text{}) &&
               field("message_state", s.message_state) && field("error_code", s.error_code) &&
               field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_query_sm_resp&, const basic_query_sm_resp&) = default;
};

/// Asks for the state of one message; source must be that of its submit_sm.
template <class S>
struct basic_query_sm {
    basic_query_sm() = default;
    static constexpr auto id = command_id::query_sm;
    using response = basic_query_sm_resp<S>;

    typename S::text message_id{};
    basic_address<S> source{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{65}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_query_sm&, const basic_query_sm&) = default;
};

using query_sm = basic_query_sm<owned>;
using query_sm_view = basic_query_sm<view>;
using query_sm_resp = basic_query_sm_resp<owned>;
using query_sm_resp_view = basic_query_sm_resp<view>;

}  // namespace smpp
