#include "smpp/text/smpp_time.hpp"

#include <fmt/format.h>

#include "text/digits.hpp"

namespace smpp {
namespace {

namespace chrono = std::chrono;
using text_detail::number_at;

constexpr std::size_t length = 16;
constexpr chrono::minutes quarter{15};
constexpr int most_quarters = 48;

std::optional<smpp_time> parse_relative(std::string_view text) noexcept {
    if (text.substr(12, 3) != "000") {
        return std::nullopt;
    }
    const auto field = [text](std::size_t at) {
        return static_cast<std::uint8_t>(number_at(text, at));
    };
    return relative_time{field(0), field(2), field(4), field(6), field(8), field(10)};
}

std::optional<smpp_time> parse_absolute(std::string_view text) noexcept {
    const int year = text_detail::full_year(number_at(text, 0));
    const auto local =
        text_detail::calendar_seconds(year, number_at(text, 2), number_at(text, 4),
                                      number_at(text, 6), number_at(text, 8), number_at(text, 10));
    const int quarters = number_at(text, 13);
    if (!local || quarters > most_quarters) {
        return std::nullopt;
    }
    absolute_time time;
    time.offset = quarter * (text[15] == '-' ? -quarters : quarters);
    time.utc = utc_time(*local + tenths(number_at(text, 12, 1)) - time.offset);
    return time;
}

bool can_be_written(chrono::minutes offset) noexcept {
    return offset % quarter == chrono::minutes(0) && chrono::abs(offset) <= most_quarters * quarter;
}

utc_time add(const relative_time& time, utc_time now) noexcept {
    const auto today = chrono::floor<chrono::days>(now);
    chrono::year_month_day date(today);
    date += chrono::years(time.years);
    date += chrono::months(time.months);
    if (!date.ok()) {
        date = date.year() / date.month() / chrono::last;
    }
    return chrono::sys_days(date) + (now - today) + chrono::days(time.days) +
           chrono::hours(time.hours) + chrono::minutes(time.minutes) +
           chrono::seconds(time.seconds);
}

}  // namespace

std::optional<smpp_time> parse_time(std::string_view text) noexcept {
    if (text.size() != length || !text_detail::all_digits(text.substr(0, length - 1))) {
        return std::nullopt;
    }
    switch (text.back()) {
        case '+':
        case '-': return parse_absolute(text);
        case 'R': return parse_relative(text);
        default: return std::nullopt;
    }
}

std::optional<std::string> format_time(const absolute_time& time) {
    const chrono::minutes offset = can_be_written(time.offset) ? time.offset : chrono::minutes(0);
    const utc_time local = time.utc + offset;
    const auto day = chrono::floor<chrono::days>(local);
    const chrono::year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year < 1938 || year > 2037) {
        return std::nullopt;
    }
    const chrono::hh_mm_ss clock(local - day);
    return fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}{}{:02}{}", year % 100,
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds() / tenths(1), chrono::abs(offset) / quarter,
                       offset < chrono::minutes(0) ? '-' : '+');
}

std::optional<std::string> format_time(const relative_time& time) {
    for (const auto field :
         {time.years, time.months, time.days, time.hours, time.minutes, time.seconds}) {
        if (field > 99) {
            return std::nullopt;
        }
    }
    return fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}000R", time.years, time.months, time.days,
                       time.hours, time.minutes, time.seconds);
}

std::optional<relative_time> make_relative(chrono::seconds duration) noexcept {
    if (duration < chrono::seconds(0) || duration >= chrono::days(100)) {
        return std::nullopt;
    }
    const auto days = chrono::floor<chrono::days>(duration);
    const chrono::hh_mm_ss clock(duration - days);
    relative_time time;
    time.days = static_cast<std::uint8_t>(days.count());
    time.hours = static_cast<std::uint8_t>(clock.hours().count());
    time.minutes = static_cast<std::uint8_t>(clock.minutes().count());
    time.seconds = static_cast<std::uint8_t>(clock.seconds().count());
    return time;
}

utc_time resolve(const smpp_time& time, utc_time now) noexcept {
    if (const auto* absolute = std::get_if<absolute_time>(&time)) {
        return absolute->utc;
    }
    return add(*std::get_if<relative_time>(&time), now);
}

}  // namespace smpp
