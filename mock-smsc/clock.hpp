// Wall-clock times as records keep them: microseconds since 1970, UTC.
#pragma once

#include <cstdint>
#include <string>

namespace mock_smsc {

using microseconds_utc = std::int64_t;

[[nodiscard]] microseconds_utc utc_now() noexcept;
/// "2026-11-23T12:00:00.123456Z"
[[nodiscard]] std::string iso_time(microseconds_utc when);

}  // namespace mock_smsc
