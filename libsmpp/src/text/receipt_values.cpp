// Dates and message ids of receipts.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "smpp/text/receipt.hpp"
#include "text/digits.hpp"

namespace smpp {
namespace {

namespace chrono = std::chrono;
using text_detail::number_at;

// `digits` as a year of `year_digits` digits, then month, day, hour, minute and, if any are left,
// second.
std::optional<chrono::local_seconds> read_date(std::string_view digits,
                                               std::size_t year_digits) noexcept {
    const int year = year_digits == 2 ? text_detail::full_year(number_at(digits, 0))
                                      : number_at(digits, 0, year_digits);
    const std::string_view rest = digits.substr(year_digits);
    const int second = rest.size() > 8 ? number_at(rest, 8) : 0;
    const auto since_epoch =
        text_detail::calendar_seconds(year, number_at(rest, 0), number_at(rest, 2),
                                      number_at(rest, 4), number_at(rest, 6), second);
    if (!since_epoch) {
        return std::nullopt;
    }
    return chrono::local_seconds(*since_epoch);
}

std::string_view trim_id(std::string_view id) noexcept {
    const auto is_padding = [](char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
    };
    while (!id.empty() && is_padding(id.front())) {
        id.remove_prefix(1);
    }
    while (!id.empty() && is_padding(id.back())) {
        id.remove_suffix(1);
    }
    if (id.size() > 2 && id[0] == '0' && (id[1] == 'x' || id[1] == 'X')) {
        id.remove_prefix(2);
    }
    while (id.size() > 1 && id.front() == '0') {
        id.remove_prefix(1);
    }
    return id;
}

/// Whether the date is over where `c` stands: an offset from UTC or a fraction of a second follows.
/// `before` is the separator before the last digits, 0 for none: dates have '-' and '.' inside too.
bool ends_date(char c, char before, std::size_t digits) noexcept {
    return digits >= 10 && (c == '+' || ((c == '-' || c == '.') && before != c));
}

std::optional<std::uint64_t> number_of(std::string_view text, int base) noexcept {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::optional<chrono::local_seconds> parse_receipt_date(std::string_view text) noexcept {
    std::array<char, 14> buffer{};
    std::size_t size = 0;
    char separator = '\0';
    for (const char c : text) {
        if (!text_detail::is_digit(c)) {
            if (ends_date(c, separator, size)) {
                break;
            }
            separator = c;
            continue;
        }
        if (size == buffer.size()) {
            return std::nullopt;
        }
        buffer[size++] = c;
    }
    const std::string_view digits(buffer.data(), size);
    switch (size) {
        case 10: return read_date(digits, 2);
        case 12: {
            const auto with_seconds = read_date(digits, 2);
            return with_seconds ? with_seconds : read_date(digits, 4);
        }
        case 14: return read_date(digits, 4);
        default: return std::nullopt;
    }
}

std::string format_receipt_date(chrono::local_seconds when, receipt_date_form form) {
    const auto day = chrono::floor<chrono::days>(when);
    const chrono::year_month_day date(day);
    const chrono::hh_mm_ss clock(when - day);
    const int year = static_cast<int>(date.year());
    const bool four_digits =
        form == receipt_date_form::yyyymmddhhmm || form == receipt_date_form::yyyymmddhhmmss;
    const bool seconds =
        form == receipt_date_form::yymmddhhmmss || form == receipt_date_form::yyyymmddhhmmss;
    std::string out =
        four_digits ? fmt::format("{:04}", year) : fmt::format("{:02}", (year % 100 + 100) % 100);
    out += fmt::format("{:02}{:02}{:02}{:02}", static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count());
    if (seconds) {
        out += fmt::format("{:02}", clock.seconds().count());
    }
    return out;
}

std::string message_id_key(std::string_view id) {
    std::string key(trim_id(id));
    std::transform(key.begin(), key.end(), key.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return key;
}

std::vector<std::string> message_id_candidates(std::string_view id) {
    std::vector<std::string> keys{message_id_key(id)};
    const std::string plain = keys.front();
    if (const auto value = number_of(plain, 10)) {
        keys.push_back(fmt::format("{:x}", *value));
    }
    if (const auto value = number_of(plain, 16)) {
        keys.push_back(fmt::format("{}", *value));
    }
    return keys;
}

bool same_message_id(std::string_view a, std::string_view b) {
    const std::string key = message_id_key(a);
    const auto candidates = message_id_candidates(b);
    return !key.empty() && std::find(candidates.begin(), candidates.end(), key) != candidates.end();
}

}  // namespace smpp
