// Points in time for schedule= and validity=: "2h", "1d12h", "2026-05-01T08:00+02:00".
//
//     auto when = notifier::parse_message_time("90m");       // when->after == 90min
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace notifier {

/// Either so long after the submission, or at a moment.
struct message_time {
    std::optional<std::chrono::seconds> after;
    std::chrono::sys_seconds at{};
};

/// Weeks, days, hours, minutes and seconds (`1w2d3h4m5s`, in that order), or ISO 8601 with or
/// without a zone; without one it is local time.
[[nodiscard]] std::optional<message_time> parse_message_time(std::string_view text);

}  // namespace notifier
