// Writes all sessions into a pcapng file, as they were before encryption.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "smpp/asio/server.hpp"

namespace mock_smsc {

/// Makes the traces of sessions (server_options::trace). Passwords are masked. `port_of` tells the
/// port of the plain or the TLS listener. Throws std::runtime_error that names the file.
[[nodiscard]] std::function<smpp::trace_hook(smpp::server_session&)> capture_to(
    const std::string& path, std::function<std::uint16_t(bool tls)> port_of);

}  // namespace mock_smsc
