#include "smpp-dump/tui/session_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/columns.hpp"

namespace smpp_dump::tui {
namespace {

struct about_column {
    const char* title;
    const char* meaning;
    int most;    // columns that are kept for it
    bool right;  // aligned
    int leaves;  // those with a higher number leave first where there is no room
};

/// In the order of session_column.
constexpr about_column columns[session_column_count] = {
    {"#", "number of the session", 10, true, 0},
    {"TIME", "of its first PDU", 8, false, 7},
    {"DURATION", "from its first PDU to its last", 12, true, 8},
    {"CLIENT", "address of the ESME", 47, false, 5},
    {"SERVER", "address of the message centre", 47, false, 6},
    {"ACCOUNT", "system_id of the bind", 16, false, 2},
    {"PDUS", "how many have passed", 12, true, 3},
    {"BAD", "refused, or no good PDUs", 12, true, 1},
    {"OPEN", "requests without a response", 12, true, 4},
    {"STATE", "what it has come to, and how it ended", 32, false, 0}};

const about_column& row(session_column which) noexcept {
    return columns[static_cast<std::size_t>(which)];
}

std::string clock_text(std::int64_t time) {
    std::string text;
    if (time != 0) {
        time_formatter(time_style::clock).append(text, time);
        text.resize(8);
    }
    return text;
}

std::int64_t duration_of(const kept_session& s) {
    return std::max<std::int64_t>(0, s.last_time - s.first_time);
}

/// "closed by the client", of all that is said of an ending.
std::string_view beginning_of(std::string_view ending) {
    for (const std::string_view behind : {" after ", " before ", " without ", ":", ","}) {
        ending = ending.substr(0, ending.find(behind));
    }
    return ending;
}

/// The first in importance in any case, the others as far as there is room.
void keep_what_fits(std::vector<placed_column>& placed, int width) {
    std::vector<placed_column> order = placed;
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return row(a.which).leaves < row(b.which).leaves;
    });
    bool kept[session_column_count] = {};
    int used = -1;
    for (const placed_column& each : order) {
        if (used + 1 + each.width <= width || row(each.which).leaves == 0) {
            kept[static_cast<std::size_t>(each.which)] = true;
            used += 1 + each.width;
        }
    }
    std::erase_if(placed, [&](const placed_column& each) {
        return !kept[static_cast<std::size_t>(each.which)];
    });
}

/// Negative, zero, positive.
template <class T>
int order(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

int order(const kept_session& a, const kept_session& b, session_column by) {
    switch (by) {
        case session_column::time: return order(a.first_time, b.first_time);
        case session_column::duration: return order(duration_of(a), duration_of(b));
        case session_column::client: return order(a.about.client, b.about.client);
        case session_column::server: return order(a.about.server, b.about.server);
        case session_column::account: return order(a.about.system_id, b.about.system_id);
        case session_column::pdus: return order(a.pdus, b.pdus);
        case session_column::bad: return order(a.bad, b.bad);
        case session_column::open: return order(a.unanswered, b.unanswered);
        case session_column::state: return order(state_of(a), state_of(b));
        case session_column::number: break;
    }
    return 0;
}

}  // namespace

std::string_view title_of(session_column which) noexcept { return row(which).title; }
std::string_view meaning_of(session_column which) noexcept { return row(which).meaning; }

std::string text_of(const kept_session& s, session_column which) {
    switch (which) {
        case session_column::number: return std::to_string(s.about.number);
        case session_column::time: return clock_text(s.first_time);
        case session_column::duration:
            return fmt::format("{:.3f} s", static_cast<double>(duration_of(s)) / 1e9);
        case session_column::client: return s.about.client_name;
        case session_column::server: return s.about.server_name;
        case session_column::account: return s.about.system_id.empty() ? "-" : s.about.system_id;
        case session_column::pdus: return std::to_string(s.pdus);
        case session_column::bad: return std::to_string(s.bad);
        case session_column::open: return std::to_string(std::max<std::int64_t>(0, s.unanswered));
        case session_column::state: return state_of(s);
    }
    return {};
}

bool sorts_before(const kept_session& a, const kept_session& b, session_column by) {
    const int found = order(a, b, by);
    return found != 0 ? found < 0 : a.about.number < b.about.number;
}

std::string state_of(const kept_session& s) {
    if (s.about.failed && s.pdus == 0) {
        return s.about.ending;
    }
    const std::string outcome = s.outcome.empty() ? "no bind seen" : s.outcome;
    if (!s.ended) {
        return outcome;
    }
    return fmt::format("{}, {}", outcome,
                       s.about.closed_by_client ? beginning_of(s.about.ending) : "end not seen");
}

std::string course_of(const kept_session& s) {
    std::string text;
    if (!s.about.failed || s.pdus > 0) {
        text = s.outcome.empty() ? "no bind seen" : s.outcome;
    }
    if (s.ended && !s.about.ending.empty()) {
        text += text.empty() ? "" : "; ";
        text += s.about.ending;
    }
    return text;
}

bool went_wrong(const kept_session& s) {
    return s.about.failed || s.outcome.starts_with("bind refused") ||
           s.outcome.starts_with("TLS") || s.outcome == "no SMPP" ||
           (s.ended && s.outcome == "bind not answered");
}

std::vector<placed_column> place_columns(const std::vector<const kept_session*>& list,
                                         const std::vector<session_column>& wanted, int width) {
    std::vector<placed_column> placed;
    for (const session_column which : wanted) {
        // With the mark of the sorted one, for which there is room left of what stands at the
        // right.
        int room = columns_of(title_of(which)) + (row(which).right ? 0 : 1);
        for (const kept_session* each : list) {
            room = std::max(room, columns_of(text_of(*each, which)));
        }
        placed.push_back({which, 0, std::min(room, row(which).most), row(which).right});
    }
    keep_what_fits(placed, width);
    int x = 0;
    for (placed_column& each : placed) {
        each.x = x;
        each.width = std::max(0, std::min(each.width, width - x));
        x += each.width + 1;
    }
    if (!placed.empty() && !placed.back().right) {
        placed.back().width = std::max(0, width - placed.back().x);
    }
    return placed;
}

}  // namespace smpp_dump::tui
