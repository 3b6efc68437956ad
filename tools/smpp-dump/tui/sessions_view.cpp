#include "smpp-dump/tui/sessions_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/tui/ladder_view.hpp"

namespace smpp_dump::tui {
namespace {

struct column {
    const char* title;
    int width;
    bool right;
    int leaves;  // columns with a higher number leave first where there is no room
};

constexpr int outcome_room = 16;
constexpr column columns[] = {{"#", 5, true, 0},         {"TIME", 8, false, 5},
                              {"CLIENT", 21, false, 4},  {"SERVER", 21, false, 6},
                              {"ACCOUNT", 16, false, 0}, {"PDUS", 7, true, 1},
                              {"BAD", 5, true, 2},       {"OPEN", 5, true, 3}};
constexpr std::size_t column_count = std::size(columns);

/// Columns that leave so that the rest fits.
int most_wanted(int width) {
    for (int keep = 6; keep > 0; --keep) {
        int needed = outcome_room;
        for (const column& each : columns) {
            needed += each.leaves <= keep ? each.width + 1 : 0;
        }
        if (needed <= width) {
            return keep;
        }
    }
    return 0;
}

std::string clock_text(std::int64_t time) {
    std::string text;
    if (time != 0) {
        time_formatter(time_style::clock).append(text, time);
        text.resize(8);
    }
    return text;
}

std::string outcome_of(const kept_session& s) {
    std::string text = s.outcome.empty() ? "no bind seen" : s.outcome;
    return s.ended ? text + ", closed" : text;
}

std::array<std::string, column_count> texts_of(const kept_session& s) {
    return {std::to_string(s.about.number),
            clock_text(s.first_time),
            s.about.client_name,
            s.about.server_name,
            s.about.system_id.empty() ? "-" : s.about.system_id,
            std::to_string(s.pdus),
            std::to_string(s.bad),
            std::to_string(std::max<std::int64_t>(0, s.unanswered))};
}

template <class Texts>
void draw_row(screen& to, const area& where, int y, const Texts& texts, std::string_view last,
              look as) {
    const int keep = most_wanted(where.width);
    int x = where.x;
    to.fill(x, y, where.width, ' ', as);
    for (std::size_t i = 0; i < column_count; ++i) {
        if (columns[i].leaves <= keep) {
            const int room = std::min(columns[i].width, where.x + where.width - x);
            columns[i].right ? to.put_right(x, y, room, texts[i], as)
                             : to.put(x, y, room, texts[i], as);
            x += columns[i].width + 1;
        }
    }
    to.put(x, y, where.x + where.width - x, last, as);
}

bool went_wrong(const kept_session& s) {
    return s.outcome.starts_with("bind refused") || s.outcome.starts_with("TLS") ||
           s.outcome == "no SMPP" || (s.ended && s.outcome == "bind not answered");
}

}  // namespace

std::vector<const kept_session*> sessions_view::listed() const {
    std::vector<const kept_session*> list;
    const bool all = !kept_->filtered() && !kept_->paused();
    for (const auto& [number, each] : kept_->sessions()) {
        if (all || !each.wanted.empty()) {
            list.push_back(&each);
        }
    }
    return list;
}

void sessions_view::place(const std::vector<const kept_session*>& list) {
    const auto at = std::lower_bound(
        list.begin(), list.end(), selected_,
        [](const kept_session* each, std::uint32_t n) { return each->about.number < n; });
    cursor_.place(static_cast<std::size_t>(at - list.begin()), list.size());
    selected_ = list.empty() ? 0 : list[cursor_.index()]->about.number;
}

void sessions_view::draw(screen& to, const area& where) {
    std::array<std::string, column_count> titles;
    for (std::size_t i = 0; i < column_count; ++i) {
        titles[i] = columns[i].title;
    }
    draw_row(to, where, where.y, titles, "STATE", look::strong);
    const auto list = listed();
    place(list);
    cursor_.fit(list.size(), where.height - 1);
    for (int line = 1; line < where.height; ++line) {
        const std::size_t i = cursor_.top() + static_cast<std::size_t>(line) - 1;
        if (i >= list.size()) {
            break;
        }
        const look as = i == cursor_.index()   ? look::selected
                        : went_wrong(*list[i]) ? look::bad
                        : list[i]->bad > 0     ? look::warning
                        : list[i]->ended       ? look::faint
                                               : look::plain;
        draw_row(to, where, where.y + line, texts_of(*list[i]), outcome_of(*list[i]), as);
    }
    if (list.empty()) {
        to.put(where.x + 2, where.y + 2, where.width - 2,
               kept_->filtered() ? "no session has a PDU that the filter lets through"
                                 : "no PDU so far",
               look::faint);
    }
}

bool sessions_view::press(const key& pressed) {
    const auto list = listed();
    place(list);
    if (!cursor_.press(pressed, list.size())) {
        return false;
    }
    selected_ = list.empty() ? 0 : list[cursor_.index()]->about.number;
    return true;
}

std::unique_ptr<view> sessions_view::open() {
    place(listed());
    if (kept_->find(selected_) == nullptr) {
        return nullptr;
    }
    return std::make_unique<ladder_view>(*kept_, selected_, live_);
}

bool sessions_view::search(std::string_view text, bool forward) {
    const auto list = listed();
    place(list);
    const std::size_t found =
        find_around(cursor_.index(), list.size(), forward, [&](std::size_t i) {
            const auto texts = texts_of(*list[i]);
            return std::any_of(texts.begin(), texts.end(),
                               [&](const std::string& each) { return contains(each, text); }) ||
                   contains(outcome_of(*list[i]), text);
        });
    if (found == list.size()) {
        return false;
    }
    cursor_.select(found);
    selected_ = list[found]->about.number;
    return true;
}

std::vector<std::uint64_t> sessions_view::shown_pdus() const {
    std::vector<std::uint64_t> ids;
    for (const kept_session* each : listed()) {
        ids.insert(ids.end(), each->wanted.begin(), each->wanted.end());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

}  // namespace smpp_dump::tui
