// The certificate that clients are shown: a given one, one made at start, or a faulty one for them
// to refuse.
#pragma once

#include <string_view>

#include "mock-smsc/options.hpp"
#include "smpp/asio/tls.hpp"

namespace mock_smsc {

/// "expired", "not-yet-valid", "wrong-host", "self-signed" or "weak".
[[nodiscard]] bool is_tls_fault(std::string_view name) noexcept;

/// Writes options.tls_ca_out, too. Throws std::runtime_error.
[[nodiscard]] smpp::tls_server_options tls_setup(const options& wanted);

}  // namespace mock_smsc
