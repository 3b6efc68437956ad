#include "smpp-dump/tui/compare_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "smpp-dump/tui/ladder_view.hpp"

namespace smpp_dump::tui {
namespace {

/// What a line is about, without the value: "  text (gsm7) = ..." and "  text (ucs2) = ..." are of
/// the same.
std::string_view subject_of(std::string_view line) noexcept {
    const std::size_t word = std::min(line.find_first_not_of(' '), line.size());
    return line.substr(0, line.find(' ', word));
}

/// How many lines of each to leave out for the next two of the same subject: the fewest. Both are
/// at their ends, or nothing in sight fits: all there is, up to what is in sight.
std::pair<std::size_t, std::size_t> steps_to_same(std::span<const tree_line> left,
                                                  std::span<const tree_line> right) noexcept {
    constexpr std::size_t sight = 64;
    for (std::size_t both = 0; both <= sight; ++both) {
        for (std::size_t a = 0; a <= both; ++a) {
            const std::size_t b = both - a;
            if (a < left.size() && b < right.size() &&
                subject_of(left[a].text) == subject_of(right[b].text)) {
                return {a, b};
            }
        }
    }
    return {std::min(left.size(), sight), std::min(right.size(), sight)};
}

/// As of `diff --side-by-side`.
std::string_view sign_of(relation how) noexcept {
    switch (how) {
        case relation::differs: return "|";
        case relation::left_only: return "<";
        case relation::right_only: return ">";
        default: return " ";
    }
}

int half_of(const area& where) noexcept { return std::max(1, (where.width - 3) / 2); }

}  // namespace

std::vector<line_pair> pairs_of(const std::vector<tree_line>& left,
                                const std::vector<tree_line>& right) {
    std::vector<line_pair> out;
    std::span<const tree_line> a = left;
    std::span<const tree_line> b = right;
    while (!a.empty() || !b.empty()) {
        const auto [more_left, more_right] = steps_to_same(a, b);
        for (const tree_line& each : a.first(more_left)) {
            out.push_back({each.text, {}, relation::left_only});
        }
        for (const tree_line& each : b.first(more_right)) {
            out.push_back({{}, each.text, relation::right_only});
        }
        a = a.subspan(more_left);
        b = b.subspan(more_right);
        if (!a.empty() && !b.empty() && subject_of(a.front().text) == subject_of(b.front().text)) {
            const bool same = a.front().text == b.front().text;
            out.push_back(
                {a.front().text, b.front().text, same ? relation::same : relation::differs});
            a = a.subspan(1);
            b = b.subspan(1);
        }
    }
    return out;
}

compare_view::compare_view(const store& kept, std::uint64_t left, std::uint64_t right)
    : ids_{left, right} {
    const record a = kept.again(*kept.find_pdu(left));
    const record b = kept.again(*kept.find_pdu(right));
    heading_ = {heading_of(a, kept.options().default_alphabet),
                heading_of(b, kept.options().default_alphabet), relation::same};
    pairs_ = pairs_of(tree_of(a, kept.options()), tree_of(b, kept.options()));
}

void compare_view::draw_pair(screen& to, const area& where, int y, int rows, bool selected,
                             const line_pair& pair) const {
    const int half = half_of(where);
    const look as = selected                     ? look::selected
                    : pair.how == relation::same ? look::faint
                                                 : look::plain;
    const auto column = [&](int x, const std::string& text) {
        if (rows == 1) {
            to.put_cut(x, y, half, text, as);
            return;
        }
        const auto lines = wrapped(text, half);
        for (int i = 0; i < rows && static_cast<std::size_t>(i) < lines.size(); ++i) {
            to.put(x, y + i, half, lines[static_cast<std::size_t>(i)], as);
        }
    };
    for (int i = 0; i < rows; ++i) {
        to.fill(where.x, y + i, where.width, ' ', as);
    }
    column(where.x, pair.left);
    to.put(where.x + half + 1, y, 1, sign_of(pair.how), selected ? as : look::warning);
    column(where.x + half + 3, pair.right);
}

/// The selected row is shown whole, in as many lines as it takes.
void compare_view::draw(screen& to, const area& where) {
    const int half = half_of(where);
    to.put_cut(where.x, where.y, half, heading_.left, look::strong);
    to.put_cut(where.x + half + 3, where.y, half, heading_.right, look::strong);
    if (pairs_.empty()) {
        return;
    }
    const line_pair& selected = pairs_[cursor_.index()];
    const std::size_t most =
        std::max(wrapped(selected.left, half).size(), wrapped(selected.right, half).size());
    const int rows = std::clamp(static_cast<int>(most), 1, std::max(1, where.height - 1));
    cursor_.fit(pairs_.size(), where.height - rows);
    int y = where.y + 1;
    for (std::size_t i = cursor_.top(); i < pairs_.size() && y < where.y + where.height; ++i) {
        const bool here = i == cursor_.index();
        draw_pair(to, where, y, here ? rows : 1, here, pairs_[i]);
        y += here ? rows : 1;
    }
}

/// To the next row that is wanted. False: there is no other.
template <class Wanted>
bool compare_view::go(Wanted wanted, bool forward) {
    const std::size_t found = find_around(cursor_.index(), pairs_.size(), forward,
                                          [&](std::size_t i) { return wanted(pairs_[i]); });
    if (found < pairs_.size()) {
        cursor_.select(found);
    }
    return found < pairs_.size();
}

bool compare_view::press(const key& pressed) {
    if (pressed.name != key_name::tab) {
        return cursor_.press(pressed, pairs_.size());
    }
    go([](const line_pair& each) { return each.how != relation::same; }, true);
    return true;
}

bool compare_view::search(std::string_view text, bool forward) {
    return go(
        [&](const line_pair& each) {
            return contains(each.left, text) || contains(each.right, text);
        },
        forward);
}

std::string compare_view::about() const {
    const auto differing = std::count_if(pairs_.begin(), pairs_.end(), [](const line_pair& each) {
        return each.how != relation::same;
    });
    return differing == 0 ? "both are the same"
                          : fmt::format("{} of {} lines differ", differing, pairs_.size());
}

std::vector<key_hint> compare_view::keys() const { return {{"Tab", "Next difference", 1, 0}}; }

}  // namespace smpp_dump::tui
