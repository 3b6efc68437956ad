#include "message_time.hpp"

#include <charconv>
#include <ctime>

#include "ascii.hpp"

namespace notifier {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_seconds;

/// Takes exactly `width` digits from the front.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
    int value = 0;
    const auto part = text.substr(0, width);
    const auto [end, failed] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (part.size() != width || failed != std::errc{} || end != part.data() + part.size() ||
        !ascii::is_digit(part.front())) {
        return std::nullopt;
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::seconds> parse_relative(std::string_view text) {
    constexpr std::string_view units = "wdhms";
    constexpr std::chrono::seconds lengths[] = {days{7}, days{1}, hours{1}, minutes{1},
                                                std::chrono::seconds{1}};
    std::chrono::seconds total{};
    std::size_t next_unit = 0;
    while (!text.empty()) {
        unsigned count = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const auto unit =
            text.empty() ? units.npos : units.find(ascii::to_lower(text.front()), next_unit);
        if (failed != std::errc{} || count > 1'000'000'000 || unit == units.npos) {
            return std::nullopt;
        }
        total += lengths[unit] * count;
        next_unit = unit + 1;
        text.remove_prefix(1);
    }
    return total > std::chrono::seconds{} ? std::optional(total) : std::nullopt;
}

struct clock_time {
    int hour = 0, minute = 0, second = 0;
};

std::optional<clock_time> take_clock(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    const auto minute = hour && take(text, ":") ? take_digits(text, 2) : std::nullopt;
    if (!minute) {
        return std::nullopt;
    }
    clock_time out{*hour, *minute, 0};
    if (take(text, ":")) {
        const auto second = take_digits(text, 2);
        if (!second) {
            return std::nullopt;
        }
        out.second = *second;
    }
    return out.hour < 24 && out.minute < 60 && out.second < 60 ? std::optional(out) : std::nullopt;
}

sys_seconds from_local(std::chrono::year_month_day date, const clock_time& time) {
    std::tm local{};
    local.tm_year = static_cast<int>(date.year()) - 1900;
    local.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    local.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    local.tm_hour = time.hour;
    local.tm_min = time.minute;
    local.tm_sec = time.second;
    local.tm_isdst = -1;
    return sys_seconds{std::chrono::seconds{std::mktime(&local)}};
}

/// Z, +hh:mm, +hhmm or +hh, as what to subtract from the local clock.
std::optional<minutes> parse_zone(std::string_view text) {
    if (text == "Z" || text == "z") {
        return minutes{0};
    }
    const int sign = text.front() == '-' ? -1 : 1;
    if (!take(text, "+-")) {
        return std::nullopt;
    }
    const auto hour = take_digits(text, 2);
    if (!hour) {
        return std::nullopt;
    }
    take(text, ":");
    const auto minute = text.empty() ? std::optional(0) : take_digits(text, 2);
    if (!minute || !text.empty() || *hour > 14 || *minute > 59) {
        return std::nullopt;
    }
    return sign * (hours{*hour} + minutes{*minute});
}

std::optional<sys_seconds> parse_absolute(std::string_view text) {
    const auto year = take_digits(text, 4);
    const auto month = year && take(text, "-") ? take_digits(text, 2) : std::nullopt;
    const auto day = month && take(text, "-") ? take_digits(text, 2) : std::nullopt;
    if (!day || !take(text, "Tt ")) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    const auto time = take_clock(text);
    if (!date.ok() || !time) {
        return std::nullopt;
    }
    if (text.empty()) {
        return from_local(date, *time);
    }
    const auto zone = parse_zone(text);
    if (!zone) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date} + hours{time->hour} + minutes{time->minute} +
           std::chrono::seconds{time->second} - *zone;
}

}  // namespace

std::optional<message_time> parse_message_time(std::string_view text) {
    text = ascii::trim(text);
    if (const auto after = parse_relative(text)) {
        return message_time{after, {}};
    }
    if (const auto at = parse_absolute(text)) {
        return message_time{std::nullopt, *at};
    }
    return std::nullopt;
}

}  // namespace notifier
