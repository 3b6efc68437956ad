// Shapes that several PDUs share: header only, TLVs only, a message_id. Each PDU is one of these
// under its own command_id.
#pragma once

#include "smpp/storage.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Nothing but the header.
template <class S, command_id Id>
struct basic_header_only {
    basic_header_only() = default;
    static constexpr auto id = Id;

    template <class V, class Self>
    static constexpr bool fields(V&&, Self&) {
        return true;
    }
    friend bool operator==(const basic_header_only&, const basic_header_only&) = default;
};

/// A request that is nothing but its header, and so is its response.
template <class S, command_id Id>
struct basic_header_only_request : basic_header_only<S, Id> {
    using response = basic_header_only<S, response_of(Id)>;
};

/// A response without mandatory fields; 5.0 lets it carry TLVs.
template <class S, command_id Id>
struct basic_status_resp {
    basic_status_resp() = default;
    static constexpr auto id = Id;

    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_status_resp&, const basic_status_resp&) = default;
};

/// A response with the id of a message. The body is absent when command_status is an error.
template <class S, command_id Id>
struct basic_message_id_resp {
    basic_message_id_resp() = default;
    static constexpr auto id = Id;

    typename S::text message_id{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("message_id", s.message_id, cstring{65}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_message_id_resp&, const basic_message_id_resp&) = default;
};

}  // namespace smpp
