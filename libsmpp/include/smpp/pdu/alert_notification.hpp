// alert_notification: a mobile station has become reachable (3.4: 4.12; 5.0: 4.1.8). There is no
// response.
#pragma once

#include "smpp/address.hpp"
#include "smpp/tlv_list.hpp"
#include "smpp/wire.hpp"

namespace smpp {

/// source is the mobile station, esme the one that asked to be alerted (set_dpf).
template <class S>
struct basic_alert_notification {
    basic_alert_notification() = default;
    static constexpr auto id = command_id::alert_notification;

    basic_address<S> source{};
    basic_address<S> esme{};
    basic_tlv_list<S> tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("source_addr_ton", s.source.ton) && field("source_addr_npi", s.source.npi) &&
               field("source_addr", s.source.digits, cstring{65}) &&
               field("esme_addr_ton", s.esme.ton) && field("esme_addr_npi", s.esme.npi) &&
               field("esme_addr", s.esme.digits, cstring{65}) && field("tlvs", s.tlvs);
    }
    friend bool operator==(const basic_alert_notification&,
                           const basic_alert_notification&) = default;
};

using alert_notification = basic_alert_notification<owned>;
using alert_notification_view = basic_alert_notification<view>;

}  // namespace smpp
