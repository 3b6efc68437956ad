#include "smpp-dump/tui/ladder_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <utility>

#include "smpp-dump/brief.hpp"
#include "smpp-dump/columns.hpp"
#include "smpp-dump/dlr.hpp"
#include "smpp-dump/tui/compare_view.hpp"
#include "smpp-dump/tui/partners.hpp"
#include "smpp-dump/tui/pdu_view.hpp"
#include "smpp-dump/tui/raw_view.hpp"
#include "smpp-dump/tui/selection.hpp"
#include "smpp-dump/tui/session_columns.hpp"

namespace smpp_dump::tui {
namespace {

constexpr int lane_room = 6;
constexpr int preview_from = 110;  // columns of the screen
constexpr int least_ladder = 40;   // columns of it beside a preview

}  // namespace

std::string line_of(const record& r, smpp::alphabet default_alphabet, int room) {
    std::string line;
    if (r.frame.gap > 0) {
        line = fmt::format("({} octets missing) ", r.frame.gap);
    }
    if (r.frame.kind == frame_kind::garbage) {
        return line + fmt::format("{} octets of no PDU", r.frame.length);
    }
    const std::size_t begin = line.size();
    append_brief(line, r, default_alphabet);
    if (columns_of(line) > room) {
        constexpr int least = 8;
        line.resize(begin);
        append_brief(line, r, default_alphabet, {least});
        if (const int more = room - columns_of(line); more > 0) {
            line.resize(begin);
            append_brief(line, r, default_alphabet, {least + more});
        }
    }
    return line;
}

std::string heading_of(const record& r, smpp::alphabet default_alphabet) {
    std::string text;
    if (r.frame.last.time != 0) {
        time_formatter(time_style::clock).append(text, r.frame.last.time);
        text += ' ';
    }
    return text + fmt::format("#{} {} {}", r.session->number, r.from_client ? '>' : '<',
                              line_of(r, default_alphabet));
}

void ladder_view::place() {
    const auto& ids = list_.ids();
    cursor_.place(list_.place_of(selected_), ids.size());
    selected_ = ids.empty() ? selected_ : ids[cursor_.index()];
}

/// A time of day in microseconds is the longest.
int ladder_view::time_room() const noexcept {
    return settings_->times == ladder_times::of_day ? 16 : 15;
}

std::string ladder_view::time_of(std::size_t index) const {
    const auto& ids = list_.ids();
    const std::int64_t time = kept_->find_pdu(ids[index])->frame.last.time;
    if (settings_->times == ladder_times::of_day) {
        std::string text;
        time_formatter(time_style::clock).append(text, time);
        return text.substr(0, 15);
    }
    std::int64_t since = time;
    if (settings_->times == ladder_times::since_before) {
        since = index == 0 ? time : kept_->find_pdu(ids[index - 1])->frame.last.time;
    } else {
        for (const std::uint32_t number : list_.sessions()) {
            since = std::min(since, kept_->find(number)->first_time);
        }
    }
    const bool delta = settings_->times == ladder_times::since_before;
    return fmt::format("{}{:.3f} s", delta ? "+" : "", static_cast<double>(time - since) / 1e9);
}

look ladder_view::look_of(const kept_pdu& pdu, const record& r) const {
    if (pdu.bad) {
        return r.frame.kind == frame_kind::whole && !r.failure &&
                       smpp::is_temporary(r.pdu.header.status)
                   ? look::warning
                   : look::bad;
    }
    if (settings_->colours == colour_mode::session) {
        return tint(pdu.session);
    }
    if (settings_->colours == colour_mode::kind) {
        return smpp::is_response(r.pdu.header.id)                            ? tint(1)
               : !receipted_id(r, kept_->options().default_alphabet).empty() ? tint(2)
                                                                             : tint(0);
    }
    return look::plain;
}

void ladder_view::draw(screen& to, const area& where) {
    if (list_.sessions().empty()) {
        to.put(where.x + 2, where.y + 1, where.width - 2, "this session is no longer kept",
               look::faint);
        return;
    }
    place();
    area ladder = where;
    previewed_ = settings_->preview.value_or(where.width >= preview_from) && !list_.ids().empty() &&
                 where.width > least_ladder + 10;
    if (previewed_) {
        const int share = where.width * settings_->preview_share / 100;
        area preview = where;
        preview.width = std::min(share, where.width - least_ladder);
        ladder.width -= preview.width + 2;
        preview.x += ladder.width + 2;
        for (int y = where.y; y < where.y + where.height; ++y) {
            to.put(preview.x - 1, y, 1, "|", look::faint);
        }
        draw_preview(to, preview);
    }
    draw_ladder(to, ladder);
}

void ladder_view::draw_preview(screen& to, const area& where) const {
    const record r = kept_->again(*kept_->find_pdu(selected_));
    int y = where.y;
    for (const tree_line& line : tree_of(r, kept_->options())) {
        for (const std::string& row : wrapped(line.text, std::max(1, where.width))) {
            if (y < where.y + where.height) {
                to.put(where.x, y++, where.width, row, line.bad ? look::bad : look::plain);
            }
        }
    }
}

ladder_view::lanes ladder_view::lanes_of(int room) const {
    const auto sessions = static_cast<int>(std::min<std::size_t>(list_.sessions().size(), 1000));
    const int most = std::max(1, room / 2 / lane_room);
    return {std::min(sessions, most), sessions == 1 ? 0 : lane_room};
}

int ladder_view::lane_of(std::uint32_t session) const {
    const auto& all = list_.sessions();
    return static_cast<int>(std::lower_bound(all.begin(), all.end(), session) - all.begin());
}

void ladder_view::draw_ladder(screen& to, const area& where) {
    const auto& ids = list_.ids();
    const lanes at = lanes_of(where.width - time_room());
    draw_heading(to, where, at);
    cursor_.fit(ids.size(), where.height - 1);
    const std::size_t end = std::min(
        ids.size(), cursor_.top() + static_cast<std::size_t>(std::max(0, where.height - 1)));
    std::vector<record> rows;
    for (std::size_t i = cursor_.top(); i < end; ++i) {
        rows.push_back(kept_->again(*kept_->find_pdu(ids[i])));
    }
    const auto partners =
        partners_of(rows, cursor_.index() - cursor_.top(), kept_->options().default_alphabet);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::size_t i = cursor_.top() + row;
        const int y = where.y + 1 + static_cast<int>(row);
        const look own = look_of(*kept_->find_pdu(ids[i]), rows[row]);
        const look as = i == cursor_.index() ? look::selected : own;
        to.fill(where.x, y, where.width, ' ', i == cursor_.index() ? as : look::plain);
        to.put_right(where.x, y, time_room() - 1, time_of(i),
                     i == cursor_.index() ? as
                     : partners[row]      ? look::linked
                                          : look::faint);
        draw_pdu(to, where, y, rows[row], at, as);
        if (ids[i] == marked_) {
            to.put(where.x + time_room() - 1, y, 1, "*", as);
        }
    }
    if (end == ids.size()) {
        draw_endings(to, where, where.y + 1 + static_cast<int>(rows.size()));
    }
}

void ladder_view::draw_heading(screen& to, const area& where, const lanes& at) const {
    const auto& sessions = list_.sessions();
    const int x = where.x + time_room();
    const int room = where.width - time_room();
    const session& first = kept_->find(sessions.front())->about;
    const bool same = std::all_of(sessions.begin(), sessions.end(), [&](std::uint32_t number) {
        return kept_->find(number)->about.server == first.server;
    });
    const int right = to.put_right(
        x, where.y, room, same ? first.server_name : std::string("several servers"), look::strong);
    if (sessions.size() == 1) {
        to.put_cut(x, where.y, room - right - 1,
                   fmt::format("#{} {} {}", first.number, first.client_name, first.system_id),
                   look::strong);
        return;
    }
    for (int lane = 0; lane < at.count; ++lane) {
        const std::uint32_t number = sessions[static_cast<std::size_t>(lane)];
        to.put_cut(x + lane * at.step, where.y, at.step - 1, fmt::format("#{}", number),
                   look::strong);
    }
}

std::string ladder_view::label_of(const record& r, int room) const {
    std::string label =
        list_.sessions().size() > 1 ? fmt::format("#{} ", r.session->number) : std::string();
    const int rest = room - static_cast<int>(label.size());
    const bool whole = settings_->texts || r.frame.kind == frame_kind::garbage;
    if (whole) {
        return label + line_of(r, kept_->options().default_alphabet, rest);
    }
    const smpp::header& head = r.pdu.header;
    label += fmt::format("{} seq={}", command_name(head.id), head.sequence_number);
    return smpp::is_response(head.id) ? label + fmt::format(" {}", name_or_number(head.status))
                                      : label;
}

/// The lifelines of the other sessions end where the arrow crosses them.
void ladder_view::draw_pdu(screen& to, const area& where, int y, const record& r, const lanes& at,
                           look as) const {
    const int lane = std::min(lane_of(r.session->number), at.count - 1);
    for (int i = 0; i < lane; ++i) {
        to.put(where.x + time_room() + i * at.step, y, 1, "|",
               as == look::selected ? as : look::faint);
    }
    const int x = where.x + time_room() + lane * at.step;
    const int room = where.x + where.width - x;
    to.fill(x, y, room, '-', as);
    to.put(x, y, 1, "|", as);
    to.put(x + room - 1, y, 1, "|", as);
    const std::string line = ' ' + label_of(r, room - 7) + ' ';
    if (r.from_client) {
        to.put_cut(x + 2, y, room - 5, line, as);
        to.put(x + room - 2, y, 1, ">", as);
    } else {
        to.put(x + 1, y, 1, "<", as);
        to.put_right(x + 3, y, room - 5, line, as);
    }
}

/// How those ended that have.
void ladder_view::draw_endings(screen& to, const area& where, int y) const {
    const auto& sessions = list_.sessions();
    for (const std::uint32_t number : sessions) {
        const kept_session& of = *kept_->find(number);
        if (of.ended && !of.about.ending.empty() && y < where.y + where.height) {
            const std::string tag = sessions.size() > 1 ? fmt::format("#{} ", number) : "";
            to.put_cut(where.x + time_room(), y++, where.width - time_room(), tag + of.about.ending,
                       went_wrong(of) ? look::bad : look::faint);
        }
    }
    if (list_.ids().empty()) {
        to.put(where.x + 2, y + 1, where.width - 2, "no PDU that the filter lets through is kept",
               look::faint);
    }
}

bool ladder_view::press(const key& pressed) {
    place();
    if (pressed.name == key_name::f4 || pressed.is('x')) {
        list_.relate(!list_.related());
        place();
        return true;
    }
    if (press_setting(pressed)) {
        return true;
    }
    if (pressed.is(' ')) {
        return press_mark();
    }
    const auto& ids = list_.ids();
    if (!cursor_.press(pressed, ids.size())) {
        return false;
    }
    selected_ = ids.empty() ? 0 : ids[cursor_.index()];
    return true;
}

/// False: there are two now, and open() shows them.
bool ladder_view::press_mark() {
    if (list_.ids().empty()) {
        return true;
    }
    const bool kept = marked_ && kept_->find_pdu(*marked_) != nullptr;
    if (kept && *marked_ != selected_) {
        return false;
    }
    marked_ = kept ? std::nullopt : std::optional(selected_);
    return true;
}

bool ladder_view::press_setting(const key& pressed) {
    constexpr int least = 20;
    constexpr int most = 80;
    int& share = settings_->preview_share;
    if (pressed.is('w')) {
        settings_->times = next_of(settings_->times, ladder_times_count);
    } else if (pressed.is('d')) {
        settings_->texts = !settings_->texts;
    } else if (pressed.is('t')) {
        settings_->preview = !previewed_;
    } else if (pressed.is('9')) {
        share = std::min(share + 5, most);
    } else if (pressed.is('0')) {
        share = std::max(share - 5, least);
    } else if (pressed.is('T')) {
        share = settings::default_share;
    } else {
        return false;
    }
    return true;
}

std::unique_ptr<view> ladder_view::open(const key& pressed) {
    place();
    if (list_.ids().empty()) {
        return nullptr;
    }
    if (pressed.name == key_name::enter) {
        return std::make_unique<pdu_view>(*kept_, list_, selected_);
    }
    if (pressed.name == key_name::f6 || pressed.is('r')) {
        return std::make_unique<raw_view>(*kept_, list_, selected_);
    }
    if (pressed.is(' ') && marked_) {
        return std::make_unique<compare_view>(*kept_, *std::exchange(marked_, {}), selected_);
    }
    return pressed.is('i') ? open_selection(pressed, *kept_, *settings_, list_.sessions())
                           : nullptr;
}

bool ladder_view::search(std::string_view text, bool forward) {
    place();
    const auto& ids = list_.ids();
    const std::size_t found = find_around(cursor_.index(), ids.size(), forward, [&](std::size_t i) {
        const record r = kept_->again(*kept_->find_pdu(ids[i]));
        return contains(line_of(r, kept_->options().default_alphabet), text);
    });
    if (found == ids.size()) {
        return false;
    }
    cursor_.select(found);
    selected_ = ids[found];
    return true;
}

std::string ladder_view::about() const {
    if (marked_) {
        return "marked for comparison: Space on another PDU shows both";
    }
    if (!list_.related()) {
        return {};
    }
    const std::size_t more =
        list_.sessions().size() - std::min(list_.sessions().size(), list_.base().size());
    return more == 0 ? std::string("no other session of the same account is kept")
                     : fmt::format("with {} other session{} of the same account", more,
                                   more == 1 ? "" : "s");
}

std::vector<key_hint> ladder_view::keys() const {
    return {{"Enter", "Open", 1, 0},    {"F4", list_.related() ? "Alone" : "Related", 14, 4},
            {"Space", "Compare", 2, 5}, {"F6", "Raw", 16, 3},
            {"t", "Fields", 30, 6},     {"w", "Times", 31, 7},
            {"d", "Texts", 32, 11}};
}

}  // namespace smpp_dump::tui
