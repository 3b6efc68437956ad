// Resuming TLS sessions of a client, from the cache in its options.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>

#include "smpp/asio/tls.hpp"

namespace smpp::detail {

/// Before the handshake: offers the session kept for `peer`, and keeps what the peer gives. Without
/// a cache nothing.
void resume(SSL* ssl, const std::shared_ptr<tls_session_cache>& cache, const std::string& peer);

}  // namespace smpp::detail
