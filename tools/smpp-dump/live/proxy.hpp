// --proxy LISTEN=TARGET: stands between clients and a server, passes every octet on as it is, and
// shows what passes.
//
//     const smpp_dump::proxy_options options = ...;
//     bool good = smpp_dump::run_proxy(options, sink, [&] { out.flush(); return out.good(); });
#pragma once

#include <functional>
#include <string>

#include "smpp-dump/live/place.hpp"
#include "smpp-dump/live/tls_context.hpp"
#include "smpp-dump/record.hpp"

namespace smpp_dump {

/// TLS of the side that connects: --proxy and --check.
struct secure_options {
    tls_trust trust{};
    bool verify = true;
};

struct proxy_options {
    place listen{};
    place target{};
    tls_identity identity{};  ///< when `listen` is TLS
    std::string cert_out{};   ///< where the certificate that was made is written
    secure_options secure{};  ///< when `target` is TLS
};

/// Splits LISTEN=TARGET. Throws usage_error.
void set_places(proxy_options& to, const std::string& text);

/// Until SIGINT or SIGTERM, or until `settle` says false: it is called when PDUs were given to the
/// sink. Throws input_error when it cannot listen or a certificate cannot be used.
void run_proxy(const proxy_options& options, record_sink& sink,
               const std::function<bool()>& settle);

}  // namespace smpp_dump
