// Base64, with and without its padding.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mock_smsc {

/// Without padding.
[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> octets);
[[nodiscard]] std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text);

}  // namespace mock_smsc
