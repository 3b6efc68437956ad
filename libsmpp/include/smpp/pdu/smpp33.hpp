// The operations that only SMPP 3.3 has: param_retrieve, query_last_msgs, query_msg_details.
#pragma once

#include <vector>

#include "smpp/pdu/dest_address.hpp"

namespace smpp {

template <class S>
struct basic_param_retrieve_resp {
    basic_param_retrieve_resp() = default;
    static constexpr auto id = command_id::param_retrieve_resp;

    typename S::text param_value{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("param_value", s.param_value, cstring{101});
    }
    friend bool operator==(const basic_param_retrieve_resp&,
                           const basic_param_retrieve_resp&) = default;
};

/// Asks for the value of a configurable parameter.
template <class S>
struct basic_param_retrieve {
    basic_param_retrieve() = default;
    static constexpr auto id = command_id::param_retrieve;
    using response = basic_param_retrieve_resp<S>;

    typename S::text param_name{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("param_name", s.param_name, cstring{32});
    }
    friend bool operator==(const basic_param_retrieve&, const basic_param_retrieve&) = default;
};

/// Element of query_last_msgs_resp.
template <class S>
struct basic_message_id_item {
    basic_message_id_item() = default;

    typename S::text message_id{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{9});
    }
    friend bool operator==(const basic_message_id_item&, const basic_message_id_item&) = default;
};

template <class S>
struct basic_query_last_msgs_resp {
    basic_query_last_msgs_resp() = default;
    static constexpr auto id = command_id::query_last_msgs_resp;

    std::vector<basic_message_id_item<S>> messages{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("number_msgs", s.messages, list8{"message_id"});
    }
    friend bool operator==(const basic_query_last_msgs_resp&,
                           const basic_query_last_msgs_resp&) = default;
};

/// Asks for the ids of the last messages of a source.
template <class S>
struct basic_query_last_msgs {
    basic_query_last_msgs() = default;
    static constexpr auto id = command_id::query_last_msgs;
    using response = basic_query_last_msgs_resp<S>;

    basic_address<S> source{};
    std::uint8_t num_messages = 0;  ///< at most 100

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("num_messages", s.num_messages);
    }
    friend bool operator==(const basic_query_last_msgs&, const basic_query_last_msgs&) = default;
};

template <class S>
struct basic_query_msg_details_resp {
    basic_query_msg_details_resp() = default;
    static constexpr auto id = command_id::query_msg_details_resp;

    typename S::text service_type{};
    basic_address<S> source{};
    std::vector<basic_dest_address<S>> dest_address{};
    std::uint8_t protocol_id = 0;
    std::uint8_t priority_flag = 0;
    typename S::text schedule_delivery_time{};
    typename S::text validity_period{};
    smpp::registered_delivery registered_delivery{};
    smpp::data_coding data_coding{};
    typename S::text short_message{};
    typename S::text message_id{};
    typename S::text final_date{};
    smpp::message_state message_state{};
    std::uint8_t error_code = 0;

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("service_type", s.service_type, cstring{6}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("number_of_dests", s.dest_address, list8{"dest_address"}) &&
               field("protocol_id", s.protocol_id) && field("priority_flag", s.priority_flag) &&
               field("schedule_delivery_time", s.schedule_delivery_time, time_text{}) &&
               field("validity_period", s.validity_period, time_text{}) &&
               field("registered_delivery", s.registered_delivery) &&
               field("data_coding", s.data_coding) &&
               field("short_message", s.short_message, octets8{255}) &&
               field("message_id", s.message_id, cstring{9}) &&
               field("final_date", s.final_date, time_text{}) &&
               field("message_state", s.message_state) && field("error_code", s.error_code);
    }
    friend bool operator==(const basic_query_msg_details_resp&,
                           const basic_query_msg_details_resp&) = default;
};

/// Asks for all of one message.
template <class S>
struct basic_query_msg_details {
    basic_query_msg_details() = default;
    static constexpr auto id = command_id::query_msg_details;
    using response = basic_query_msg_details_resp<S>;

    typename S::text message_id{};
    basic_address<S> source{};
    std::uint8_t sm_length = 0;  ///< octets of text wanted

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{9}) &&
               field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{21}) &&
               field("sm_length", s.sm_length);
    }
    friend bool operator==(const basic_query_msg_details&,
                           const basic_query_msg_details&) = default;
};

using param_retrieve = basic_param_retrieve<owned>;
using param_retrieve_view = basic_param_retrieve<view>;
using param_retrieve_resp = basic_param_retrieve_resp<owned>;
using param_retrieve_resp_view = basic_param_retrieve_resp<view>;
using query_last_msgs = basic_query_last_msgs<owned>;
using query_last_msgs_view = basic_query_last_msgs<view>;
using query_last_msgs_resp = basic_query_last_msgs_resp<owned>;
using query_last_msgs_resp_view = basic_query_last_msgs_resp<view>;
using query_msg_details = basic_query_msg_details<owned>;
using query_msg_details_view = basic_query_msg_details<view>;
using query_msg_details_resp = basic_query_msg_details_resp<owned>;
using query_msg_details_resp_view = basic_query_msg_details_resp<view>;

}  // namespace smpp
