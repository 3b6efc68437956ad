// outbind: the MC asks the ESME to bind (3.4: 4.1.7; 5.0: 4.1.1.7). Answered by a bind, not by a
// response.
#pragma once

#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// Credentials of the MC.
template <class S>
struct basic_outbind {
    basic_outbind() = default;
    static constexpr auto id = command_id::outbind;

    typename S::text system_id{};
    typename S::text password{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("system_id", s.system_id, cstring{16}) &&
               field("password", s.password, cstring{9}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_outbind&, const basic_outbind&) = default;
};

using outbind = basic_outbind<owned>;
using outbind_view = basic_outbind<view>;

}  // namespace smpp
