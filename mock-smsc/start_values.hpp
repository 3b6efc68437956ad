// What the program starts with, made from its options.
#pragma once

#include <string>

#include "mock-smsc/http/http_server.hpp"
#include "mock-smsc/options.hpp"

namespace mock_smsc {

/// One JSON list of all rules.
[[nodiscard]] std::string rules_json(const options& wanted);
[[nodiscard]] http_server::limits http_limits(const options& wanted);
/// "127.0.0.1:2775", "[::1]:2775"
[[nodiscard]] std::string shown(const listen_address& address, std::uint16_t port);
/// As many connections as the system lets us have.
void raise_descriptor_limit();

}  // namespace mock_smsc
