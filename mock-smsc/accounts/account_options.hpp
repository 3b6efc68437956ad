// The accounts that options name, as one JSON list.
#pragma once

#include <string>

#include "mock-smsc/options.hpp"

namespace mock_smsc {

[[nodiscard]] std::string accounts_json(const options& wanted);

/// Of the first account, for a client that `run` starts; "mock" when everybody may bind. A password
/// that is kept as a hash is not known.
[[nodiscard]] credentials first_credentials(const options& wanted);

}  // namespace mock_smsc
