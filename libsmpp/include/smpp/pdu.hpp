// A whole PDU: header and body. The body is a variant of all PDUs, owned or borrowed.
//
//     if (const auto* sm = std::get_if<smpp::submit_sm_view>(&pdu.body)) {
//     use(sm->destination.digits); }
#pragma once

#include <cstdint>
#include <type_traits>
#include <variant>

#include "smpp/command_status.hpp"
#include "smpp/pdu/alert_notification.hpp"
#include "smpp/pdu/bind.hpp"
#include "smpp/pdu/broadcast_sm.hpp"
#include "smpp/pdu/cancel_broadcast_sm.hpp"
#include "smpp/pdu/cancel_sm.hpp"
#include "smpp/pdu/data_sm.hpp"
#include "smpp/pdu/deliver_sm.hpp"
#include "smpp/pdu/enquire_link.hpp"
#include "smpp/pdu/generic_nack.hpp"
#include "smpp/pdu/outbind.hpp"
#include "smpp/pdu/query_broadcast_sm.hpp"
#include "smpp/pdu/query_sm.hpp"
#include "smpp/pdu/replace_sm.hpp"
#include "smpp/pdu/smpp33.hpp"
#include "smpp/pdu/submit_multi.hpp"
#include "smpp/pdu/submit_sm.hpp"
#include "smpp/pdu/unbind.hpp"

namespace smpp {

inline constexpr std::size_t header_size = 16;

/// The 16 octets before every body (3.4: 3.2).
struct header {
    std::uint32_t command_length = 0;  ///< octets of the whole PDU, header included
    command_id id{};
    command_status status{};
    std::uint32_t sequence_number = 0;

    friend bool operator==(const header&, const header&) = default;
};

/// A PDU whose command_id has no row, with its octets as they came.
template <class S>
struct basic_unknown_pdu {
    basic_unknown_pdu() = default;

    command_id id{};
    typename S::text octets{};

    friend bool operator==(const basic_unknown_pdu&, const basic_unknown_pdu&) = default;
};

template <class S>
using basic_body = std::variant<basic_unknown_pdu<S>
#define X(name, number, esme_states, mc_states) , basic_##name<S>
#include "smpp/tables/command_id.def"
#undef X
                                >;

using unknown_pdu = basic_unknown_pdu<owned>;
using unknown_pdu_view = basic_unknown_pdu<view>;
using body = basic_body<owned>;
using body_view = basic_body<view>;

template <class S>
struct basic_pdu {
    basic_pdu() = default;

    smpp::header header{};
    basic_body<S> body{};

    friend bool operator==(const basic_pdu&, const basic_pdu&) = default;
};

using pdu = basic_pdu<owned>;
using pdu_view = basic_pdu<view>;

}  // namespace smpp
