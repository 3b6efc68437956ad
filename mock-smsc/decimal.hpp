// Numbers as the API and message_ids write them: digits, and nothing else.
//
//     if (auto number = mock_smsc::parse_decimal("42")) { use(*number); }
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mock_smsc {

[[nodiscard]] inline std::optional<std::uint64_t> parse_decimal(std::string_view text) noexcept {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, failed] = std::from_chars(text.data(), end, number);
    return failed == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

}  // namespace mock_smsc
