// bind_receiver, bind_transmitter, bind_transceiver: the ESME opens a session
// (3.4: 4.1; 5.0: 4.1.1).
//
//     smpp::bind_transceiver bind;
//     bind.system_id = "user";
//     bind.password = "secret";
#pragma once

#include "smpp/pdu/shapes.hpp"
#include "smpp/values.hpp"

namespace smpp {

/// Answer to a bind. The TLV sc_interface_version tells what the MC speaks; absent means 3.3.
template <class S, command_id Id>
struct basic_bind_resp {
    basic_bind_resp() = default;
    static constexpr auto id = Id;

    typename S::text system_id{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("system_id", s.system_id, cstring{16}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_bind_resp&, const basic_bind_resp&) = default;
};

/// The three binds have one shape.
template <class S, command_id Id>
struct basic_bind {
    basic_bind() = default;
    static constexpr auto id = Id;
    using response = basic_bind_resp<S, response_of(Id)>;

    typename S::text system_id{};
    typename S::text password{};
    typename S::text system_type{};
    smpp::interface_version interface_version = smpp::interface_version::v3_4;
    ton addr_ton{};
    npi addr_npi{};
    typename S::text address_range{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        // Providers hand out longer names and passwords; cutting them would be a refused bind.
        return field("system_id", s.system_id, cstring{16, 65}) &&
               field("password", s.password, cstring{9, 65}) &&
               field("system_type", s.system_type, cstring{13}) &&
               field("interface_version", s.interface_version) && field("addr_ton", s.addr_ton) &&
               field("addr_npi", s.addr_npi) &&
               field("address_range", s.address_range, cstring{41});
    }
    friend bool operator==(const basic_bind&, const basic_bind&) = default;
};

/// To receive only.
template <class S>
using basic_bind_receiver = basic_bind<S, command_id::bind_receiver>;
/// Answer to bind_receiver.
template <class S>
using basic_bind_receiver_resp = basic_bind_resp<S, command_id::bind_receiver_resp>;
/// To submit only.
template <class S>
using basic_bind_transmitter = basic_bind<S, command_id::bind_transmitter>;
/// Answer to bind_transmitter.
template <class S>
using basic_bind_transmitter_resp = basic_bind_resp<S, command_id::bind_transmitter_resp>;
/// Both ways (since 3.4).
template <class S>
using basic_bind_transceiver = basic_bind<S, command_id::bind_transceiver>;
/// Answer to bind_transceiver.
template <class S>
using basic_bind_transceiver_resp = basic_bind_resp<S, command_id::bind_transceiver_resp>;

using bind_receiver = basic_bind_receiver<owned>;
using bind_receiver_view = basic_bind_receiver<view>;
using bind_receiver_resp = basic_bind_receiver_resp<owned>;
using bind_receiver_resp_view = basic_bind_receiver_resp<view>;
using bind_transmitter = basic_bind_transmitter<owned>;
using bind_transmitter_view = basic_bind_transmitter<view>;
using bind_transmitter_resp = basic_bind_transmitter_resp<owned>;
using bind_transmitter_resp_view = basic_bind_transmitter_resp<view>;
using bind_transceiver = basic_bind_transceiver<owned>;
using bind_transceiver_view = basic_bind_transceiver<view>;
using bind_transceiver_resp = basic_bind_transceiver_resp<owned>;
using bind_transceiver_resp_view = basic_bind_transceiver_resp<view>;

}  // namespace smpp
