// The 16 characters of schedule_delivery_time and validity_period (3.4: 7.1.1), from and to
// std::chrono.
//
//     auto text = smpp::format_time(smpp::absolute_time{std::chrono::floor<smpp::tenths>(now)});
//     auto text = smpp::format_time(smpp::relative_time{.hours = 48});          //
//     "000000480000000R" if (auto time = smpp::parse_time(sm.validity_period)) until =
//     smpp::resolve(*time, now);
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <variant>

namespace smpp {

using tenths = std::chrono::duration<std::int64_t, std::ratio<1, 10>>;
/// UTC at the resolution of the format.
using utc_time = std::chrono::sys_time<tenths>;

/// "YYMMDDhhmmsstnnp": local time, tenth of a second, and how far it is ahead (+) or behind (-) UTC
/// in quarter hours.
struct absolute_time {
    utc_time utc{};
    std::chrono::minutes offset{
        0};  ///< of the local time; changes how the time is written, not when it is

    friend bool operator==(const absolute_time&, const absolute_time&) = default;
};

/// "YYMMDDhhmmss000R": counted from when the SMSC gets the message.
struct relative_time {
    std::uint8_t years = 0, months = 0, days = 0, hours = 0, minutes = 0,
                 seconds = 0;  // each at most 99

    friend bool operator==(const relative_time&, const relative_time&) = default;
};

using smpp_time = std::variant<absolute_time, relative_time>;

/// Empty result: not 16 characters of either form, or no such day or hour. Two digits of a year
/// mean 1938..2037.
[[nodiscard]] std::optional<smpp_time> parse_time(std::string_view text) noexcept;

/// Empty result: a year outside 1938..2037. An offset that is no quarter hour within 12 hours is
/// written as UTC.
[[nodiscard]] std::optional<std::string> format_time(const absolute_time& time);
/// Empty result: a field above 99.
[[nodiscard]] std::optional<std::string> format_time(const relative_time& time);

/// As days, hours, minutes and seconds. Empty result: negative, or 100 days and more (use an
/// absolute time).
[[nodiscard]] std::optional<relative_time> make_relative(std::chrono::seconds duration) noexcept;

/// The moment that is meant. Years and months go by the calendar: a month after 31 January is the
/// last of February.
[[nodiscard]] utc_time resolve(const smpp_time& time, utc_time now) noexcept;

}  // namespace smpp
