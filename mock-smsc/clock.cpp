#include "mock-smsc/clock.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>

namespace mock_smsc {

namespace {

std::atomic<microseconds_utc> ahead{0};

microseconds_utc system_now() noexcept {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// The digits at that place.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t size) {
    unsigned value = 0;
    const char* const begin = text.data() + at;
    const auto [end, failed] = std::from_chars(begin, begin + size, value);
    return failed == std::errc() && end == begin + size ? std::optional(value) : std::nullopt;
}

}  // namespace

microseconds_utc utc_now() noexcept { return system_now() + ahead.load(std::memory_order_relaxed); }

void start_clock_at(microseconds_utc when) noexcept { ahead = when - system_now(); }

std::optional<microseconds_utc> parse_iso_time(std::string_view text) noexcept {
    constexpr std::string_view whole = "0000-00-00T00:00:00Z",
                               exact = "0000-00-00T00:00:00.000000Z";
    const auto fits = [text](std::string_view pattern) {
        return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                          [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; });
    };
    if (!fits(whole) && !fits(exact)) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const auto part = [text](std::size_t at, std::size_t size) {
        return number_at(text, at, size).value_or(0);
    };
    const year_month_day day{year(static_cast<int>(part(0, 4))), month(part(5, 2)),
                             std::chrono::day(part(8, 2))};
    if (!day.ok() || part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 59) {
        return std::nullopt;
    }
    const auto when = sys_days(day) + hours(part(11, 2)) + minutes(part(14, 2)) +
                      seconds(part(17, 2)) + microseconds(fits(exact) ? part(20, 6) : 0);
    return duration_cast<microseconds>(when.time_since_epoch()).count();
}

std::string iso_time(microseconds_utc when) {
    constexpr std::int64_t million = 1'000'000;
    const std::int64_t fraction = (when % million + million) % million;
    const auto seconds = static_cast<std::time_t>((when - fraction) / million);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z", fmt::gmtime(seconds), fraction);
}

}  // namespace mock_smsc
