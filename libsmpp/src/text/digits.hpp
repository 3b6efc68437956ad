// Numbers of fixed width, as dates are made of.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smpp::text_detail {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The number of `text[at, at + width)`. REQUIRES: digits there.
constexpr int number_at(std::string_view text, std::size_t at, std::size_t width = 2) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        value = value * 10 + (text[at + i] - '0');
    }
    return value;
}

constexpr bool all_digits(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_digit(c)) {
            return false;
        }
    }
    return true;
}

/// Two digits of a year: 38..99 are 1938..1999, 00..37 are 2000..2037 (3.4: 7.1.1).
constexpr int full_year(int two_digits) noexcept {
    return two_digits + (two_digits < 38 ? 2000 : 1900);
}

/// Seconds since 1970 of a date and a time of day; empty when there is no such day or time.
inline std::optional<std::chrono::seconds> calendar_seconds(int year, int month, int day, int hour,
                                                            int minute, int second) noexcept {
    namespace chrono = std::chrono;
    const chrono::year_month_day date{chrono::year(year),
                                      chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    return chrono::sys_days(date).time_since_epoch() + chrono::hours(hour) +
           chrono::minutes(minute) + chrono::seconds(second);
}

}  // namespace smpp::text_detail
