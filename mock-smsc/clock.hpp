// Wall-clock times as records keep them: microseconds since 1970, UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mock_smsc {

using microseconds_utc = std::int64_t;

[[nodiscard]] microseconds_utc utc_now() noexcept;
/// From now on utc_now() tells that time and what passes from it on; in the whole program.
void start_clock_at(microseconds_utc when) noexcept;
/// "2026-11-23T12:00:00Z", with or without a fraction of six digits.
[[nodiscard]] std::optional<microseconds_utc> parse_iso_time(std::string_view text) noexcept;
/// "2026-11-23T12:00:00.123456Z"
[[nodiscard]] std::string iso_time(microseconds_utc when);

}  // namespace mock_smsc
