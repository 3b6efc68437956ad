#include "codec/meaning.hpp"

#include <fmt/format.h>

#include <iterator>

#include "smpp/command_status.hpp"
#include "smpp/text/smpp_time.hpp"
#include "smpp/values.hpp"

namespace smpp {
namespace {

/// Bits 5 and up tell what the rest is (3GPP TS 23.040: 9.2.3.9).
std::string words_for_protocol(std::uint32_t value) {
    if (value == 0) {
        return "plain short message";
    }
    if (value == 0x40) {
        return "type 0: shown nowhere";
    }
    if (value > 0x40 && value <= 0x47) {
        return fmt::format("replaces message of type {}", value - 0x40);
    }
    switch (value) {
        case 0x21: return "telex";
        case 0x22: return "group 3 fax";
        case 0x23: return "group 4 fax";
        case 0x24: return "voice telephone";
        case 0x32: return "e-mail";
        case 0x5F: return "return call";
        case 0x7D: return "ME data download";
        case 0x7E: return "ME depersonalisation";
        case 0x7F: return "(U)SIM data download";
        default: return {};
    }
}

void add_span(std::string& to, unsigned count, std::string_view unit) {
    if (count > 0) {
        fmt::format_to(std::back_inserter(to), "{}{} {}{}", to.empty() ? "" : " ", count, unit,
                       count == 1 ? "" : "s");
    }
}

std::string words_for(const relative_time& time) {
    std::string out;
    add_span(out, time.years, "year");
    add_span(out, time.months, "month");
    add_span(out, time.days, "day");
    add_span(out, time.hours, "hour");
    add_span(out, time.minutes, "minute");
    add_span(out, time.seconds, "second");
    return out.empty() ? "on its arrival" : out + " after its arrival";
}

std::string clock_text(utc_time when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(when - day);
    std::string out =
        fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    const auto rest = clock.subseconds() / tenths(1);
    return rest == 0 ? out : fmt::format("{}.{}", out, rest);
}

std::string words_for(const absolute_time& time) {
    const std::string utc = clock_text(time.utc) + " UTC";
    if (time.offset == std::chrono::minutes(0)) {
        return utc;
    }
    const auto minutes = std::chrono::abs(time.offset).count();
    return fmt::format("{} UTC{}{:02}:{:02}, {}", clock_text(time.utc + time.offset),
                       time.offset < std::chrono::minutes(0) ? '-' : '+', minutes / 60,
                       minutes % 60, utc);
}

}  // namespace

std::string_view words_for_no_bits(std::string_view field) noexcept {
    return field == "esm_class"             ? "default mode, normal message"
           : field == "registered_delivery" ? "no receipt"
                                            : "";
}

std::string words_for_number(std::string_view field, std::uint32_t value) {
    if (field == "protocol_id") {
        return words_for_protocol(value);
    }
    if (field == "priority_flag") {
        return value == 0 ? "lowest" : value == 3 ? "highest" : "";
    }
    if (field == "replace_if_present_flag") {
        return value == 0 ? "no" : value == 1 ? "yes" : "";
    }
    if (field == "error_status_code") {
        return std::string(name(command_status(value)));
    }
    return {};
}

std::string words_for_time(std::string_view field, std::string_view text) {
    if (text.empty()) {
        return field == "schedule_delivery_time" ? "at once"
               : field == "validity_period"      ? "the message centre's default"
                                                 : "";
    }
    const auto time = parse_time(text);
    return time ? std::visit([](const auto& each) { return words_for(each); }, *time)
                : std::string("not of the form of times");
}

}  // namespace smpp
