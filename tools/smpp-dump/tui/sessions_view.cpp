#include "smpp-dump/tui/sessions_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/tui/selection.hpp"

namespace smpp_dump::tui {
namespace {

constexpr int mark_room = 2;

}  // namespace

sessions_view::sessions sessions_view::listed() const {
    sessions list;
    const bool all = !kept_->filtered() && !kept_->paused();
    for (const auto& [number, each] : kept_->sessions()) {
        if (all || !each.wanted.empty()) {
            list.push_back(&each);
        }
    }
    if (sorted_by_ != session_column::number) {
        std::sort(list.begin(), list.end(), [&](const kept_session* a, const kept_session* b) {
            return sorts_before(*a, *b, sorted_by_);
        });
    }
    if (reversed_) {
        std::reverse(list.begin(), list.end());
    }
    return list;
}

void sessions_view::place(const sessions& list) {
    const auto at = std::find_if(list.begin(), list.end(), [&](const kept_session* each) {
        return each->about.number == selected_;
    });
    const bool gone = at == list.end();
    cursor_.place(gone ? cursor_.index() : static_cast<std::size_t>(at - list.begin()),
                  list.size());
    select(list);
}

void sessions_view::select(const sessions& list) {
    selected_ = list.empty() ? 0 : list[cursor_.index()]->about.number;
}

std::vector<session_column> sessions_view::shown_columns() const {
    std::vector<session_column> shown;
    for (std::size_t i = 0; i < session_column_count; ++i) {
        if (columns_[i]) {
            shown.push_back(static_cast<session_column>(i));
        }
    }
    return shown;
}

look sessions_view::look_of(const kept_session& s) const {
    return went_wrong(s)                                ? look::bad
           : s.bad > 0                                  ? look::warning
           : settings_->colours == colour_mode::session ? tint(s.about.number)
           : s.ended                                    ? look::faint
                                                        : look::plain;
}

void sessions_view::draw(screen& to, const area& where) {
    const sessions list = listed();
    place(list);
    const auto columns = place_columns(list, shown_columns(), where.width - mark_room);
    draw_titles(to, where, columns);
    cursor_.fit(list.size(), where.height - 1);
    for (int line = 1; line < where.height; ++line) {
        const std::size_t i = cursor_.top() + static_cast<std::size_t>(line) - 1;
        if (i >= list.size()) {
            break;
        }
        const int y = where.y + line;
        const look as = i == cursor_.index() ? look::selected : look_of(*list[i]);
        to.fill(where.x, y, where.width, ' ', as);
        to.put(where.x, y, 1, marks_.contains(list[i]->about.number) ? "*" : " ", as);
        for (const placed_column& each : columns) {
            const int x = where.x + mark_room + each.x;
            const std::string text = text_of(*list[i], each.which);
            each.right ? to.put_right(x, y, each.width, text, as)
                       : to.put_cut(x, y, each.width, text, as);
        }
    }
    if (list.empty()) {
        to.put(where.x + 2, where.y + 2, where.width - 2,
               kept_->filtered() ? "no session has a PDU that the filter lets through"
                                 : "no PDU so far",
               look::faint);
    }
}

void sessions_view::draw_titles(screen& to, const area& where,
                                const std::vector<placed_column>& columns) {
    for (const placed_column& each : columns) {
        const int x = where.x + mark_room + each.x;
        const bool sorted = each.which == sorted_by_;
        std::string title(title_of(each.which));
        title += !sorted ? "" : reversed_ ? "v" : "^";
        const look as = sorted ? look::linked : look::strong;
        each.right ? to.put_right(x - 1, where.y, each.width + 1, title, as)
                   : to.put(x, where.y, each.width, title, as);
    }
}

bool sessions_view::press(const key& pressed) {
    const sessions list = listed();
    place(list);
    if (pressed.is(' ')) {
        if (marks_.erase(selected_) == 0 && !list.empty()) {
            marks_.insert(selected_);
        }
    } else if (pressed.is('*')) {
        mark_all(list);
    } else if (pressed.is('<') || pressed.is('>')) {
        sort_by_next(pressed.is('>'));
    } else if (pressed.is('z')) {
        reversed_ = !reversed_;
    } else if (cursor_.press(pressed, list.size())) {
        select(list);
    } else {
        return false;
    }
    return true;
}

/// All or, when that is so already, none.
void sessions_view::mark_all(const sessions& list) {
    std::set<std::uint32_t> all;
    for (const kept_session* each : list) {
        all.insert(each->about.number);
    }
    marks_ = all == marks_ ? std::set<std::uint32_t>{} : std::move(all);
}

void sessions_view::sort_by_next(bool forward) {
    const auto shown = shown_columns();
    const auto at = std::find(shown.begin(), shown.end(), sorted_by_);
    const std::size_t count = shown.size();
    if (count > 0) {
        const auto now = static_cast<std::size_t>(at - shown.begin());
        sorted_by_ = shown[(now + (forward ? 1 : count - 1)) % count];
    }
}

std::vector<std::uint32_t> sessions_view::marked() const {
    std::vector<std::uint32_t> found;
    for (const std::uint32_t each : marks_) {
        if (kept_->find(each) != nullptr) {
            found.push_back(each);
        }
    }
    return found;
}

/// The marked ones; without any, the selected one.
std::vector<std::uint32_t> sessions_view::chosen() const {
    auto found = marked();
    if (found.empty() && kept_->find(selected_) != nullptr) {
        found.push_back(selected_);
    }
    return found;
}

std::unique_ptr<view> sessions_view::open(const key& pressed) {
    place(listed());
    if (pressed.name == key_name::f10 || pressed.is('t')) {
        return std::make_unique<menu_view>("Columns: Space shows and hides", column_items());
    }
    if (pressed.is('i') && marked().empty()) {
        std::vector<std::uint32_t> all;
        for (const kept_session* each : listed()) {
            all.push_back(each->about.number);
        }
        return open_selection(pressed, *kept_, *settings_, std::move(all));
    }
    return open_selection(pressed, *kept_, *settings_, chosen());
}

std::vector<menu_item> sessions_view::column_items() {
    std::vector<menu_item> items;
    for (std::size_t i = 0; i < session_column_count; ++i) {
        const auto which = static_cast<session_column>(i);
        items.push_back({std::string(title_of(which)),
                         [this, i, which] {
                             return fmt::format("{}  {}", columns_[i] ? "[x]" : "[ ]",
                                                meaning_of(which));
                         },
                         [this, i](bool) { columns_[i] = !columns_[i]; }});
    }
    return items;
}

bool sessions_view::search(std::string_view text, bool forward) {
    const sessions list = listed();
    place(list);
    const std::size_t found =
        find_around(cursor_.index(), list.size(), forward, [&](std::size_t i) {
            bool there = contains(course_of(*list[i]), text);
            for (std::size_t c = 0; c < session_column_count && !there; ++c) {
                there = contains(text_of(*list[i], static_cast<session_column>(c)), text);
            }
            return there;
        });
    if (found == list.size()) {
        return false;
    }
    cursor_.select(found);
    select(list);
    return true;
}

std::string sessions_view::about() const {
    const auto marks = marked().size();
    std::string text = marks == 0 ? "" : fmt::format("{} marked  ", marks);
    if (const kept_session* const of = kept_->find(selected_)) {
        text += fmt::format("#{} {} > {}: {}", selected_, of->about.client_name,
                            of->about.server_name, course_of(*of));
    }
    return text;
}

std::vector<std::uint64_t> sessions_view::shown_pdus() const {
    std::vector<std::uint32_t> of = marked();
    if (of.empty()) {
        for (const kept_session* each : listed()) {
            of.push_back(each->about.number);
        }
    }
    return pdu_list(*kept_, std::move(of)).ids();
}

std::vector<key_hint> sessions_view::keys() const {
    return {{"Enter", "Open", 1, 0},  {"Space", "Mark", 2, 3},   {"F4", "Related", 14, 8},
            {"F6", "Raw", 16, 10},    {"F10", "Columns", 20, 7}, {"i", "Statistics", 30, 9},
            {"< > z", "Sort", 31, 12}};
}

}  // namespace smpp_dump::tui
