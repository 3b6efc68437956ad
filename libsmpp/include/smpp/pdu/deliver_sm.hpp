// deliver_sm: the MC hands a message or a receipt to the ESME (3.4: 4.6; 5.0: 4.3.1). Laid out as
// submit_sm.
//
//     if (sm.esm_class.is_receipt()) { auto receipt = smpp::read_receipt(sm); }
#pragma once

#include "smpp/pdu/submit_sm.hpp"

namespace smpp {

/// MC hands a message to the ESME.
template <class S>
using basic_deliver_sm = basic_message<S, command_id::deliver_sm>;

/// Answer to deliver_sm. message_id is unused: one NUL is sent, any id is read.
template <class S>
using basic_deliver_sm_resp = basic_message_id_resp<S, command_id::deliver_sm_resp>;

using deliver_sm = basic_deliver_sm<owned>;
using deliver_sm_view = basic_deliver_sm<view>;
using deliver_sm_resp = basic_deliver_sm_resp<owned>;
using deliver_sm_resp_view = basic_deliver_sm_resp<view>;

}  // namespace smpp
