#include "lint/report.hpp"

namespace smpp::lint {
namespace {

/// The longest that a TP-Validity-Period can say (3GPP TS 23.040: 9.2.3.12.1).
constexpr std::chrono::weeks longest(63);

/// A time of 16 characters; another length is a deviation of its own.
std::optional<smpp_time> check_format(report& to, std::string_view field, std::string_view text) {
    if (text.size() != 16) {
        return std::nullopt;
    }
    auto read = parse_time(text);
    if (!read) {
        to.add(rule::field_time, field, std::string(text));
    }
    return read;
}

/// Empty result: that depends on when it was sent, which is unknown.
std::optional<utc_time> moment_of(const report& to, const smpp_time& time) {
    if (to.wanted().sent) {
        return resolve(time, *to.wanted().sent);
    }
    const auto* absolute = std::get_if<absolute_time>(&time);
    return absolute != nullptr ? std::optional(absolute->utc) : std::nullopt;
}

void check_distance(report& to, std::string_view field, std::string_view text,
                    const smpp_time& time) {
    const auto* absolute = std::get_if<absolute_time>(&time);
    const auto& sent = to.wanted().sent;
    if (absolute != nullptr && sent && absolute->utc < *sent) {
        to.add(rule::message_time_past, field, std::string(text));
        return;
    }
    if (absolute != nullptr && !sent) {
        return;
    }
    // How long a relative time is, hardly depends on when it begins.
    const utc_time from = sent.value_or(utc_time());
    if (resolve(time, from) - from > longest) {
        to.add(rule::message_time_too_far, field, std::string(text));
    }
}

}  // namespace

void check_times(report& to, std::string_view schedule, std::string_view validity) {
    const auto begin = check_format(to, "schedule_delivery_time", schedule);
    const auto end = check_format(to, "validity_period", validity);
    if (begin) {
        check_distance(to, "schedule_delivery_time", schedule, *begin);
    }
    if (end) {
        check_distance(to, "validity_period", validity, *end);
    }
    if (!begin || !end) {
        return;
    }
    auto first = moment_of(to, *begin);
    auto last = moment_of(to, *end);
    if (!first && !last) {  // both count from the same moment
        first = resolve(*begin, utc_time());
        last = resolve(*end, utc_time());
    }
    if (first && last && *last < *first) {
        to.add(rule::message_time_order, "validity_period",
               std::string(validity) + " before " + std::string(schedule));
    }
}

}  // namespace smpp::lint
