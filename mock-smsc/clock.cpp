#include "mock-smsc/clock.hpp"

#include <fmt/chrono.h>

#include <chrono>

namespace mock_smsc {

microseconds_utc utc_now() noexcept {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::string iso_time(microseconds_utc when) {
    constexpr std::int64_t million = 1'000'000;
    const std::int64_t fraction = (when % million + million) % million;
    const auto seconds = static_cast<std::time_t>((when - fraction) / million);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z", fmt::gmtime(seconds), fraction);
}

}  // namespace mock_smsc
