// The library's client as the parameters of a URL want it, and its session as lines for people.
//
//     smpp::client client(executor, notifier::client_settings(target));
#pragma once

#include <string>

#include "smpp/asio/client.hpp"
#include "target.hpp"

namespace notifier {

[[nodiscard]] smpp::client_options client_settings(const target& target);

/// "> submit_sm 2, 67 octets", "< submit_sm_resp 2 ESME_ROK, 19 octets": no field of it, so no
/// secret.
[[nodiscard]] std::string pdu_line(smpp::direction way, smpp::octet_span frame);

}  // namespace notifier
