#include "smpp-dump/tui/ladder_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/brief.hpp"
#include "smpp-dump/tui/pdu_view.hpp"

namespace smpp_dump::tui {
namespace {

constexpr int time_room = 15;

look look_of(const kept_pdu& pdu, const record& r) {
    if (!pdu.bad) {
        return look::plain;
    }
    return r.frame.kind == frame_kind::whole && !r.failure &&
                   smpp::is_temporary(r.pdu.header.status)
               ? look::warning
               : look::bad;
}

}  // namespace

std::string line_of(const record& r, smpp::alphabet default_alphabet) {
    std::string line;
    if (r.frame.gap > 0) {
        line = fmt::format("({} octets missing) ", r.frame.gap);
    }
    if (r.frame.kind == frame_kind::garbage) {
        return line + fmt::format("{} octets of no PDU", r.frame.length);
    }
    append_brief(line, r, default_alphabet);
    return line;
}

const std::deque<std::uint64_t>& ladder_view::list() const {
    static const std::deque<std::uint64_t> none;
    const kept_session* const found = kept_->find(session_);
    return found == nullptr ? none : found->wanted;
}

void ladder_view::place() {
    const auto& ids = list();
    const auto at = std::lower_bound(ids.begin(), ids.end(), selected_);
    cursor_.place(static_cast<std::size_t>(at - ids.begin()), ids.size());
    selected_ = ids.empty() ? selected_ : ids[cursor_.index()];
}

std::string ladder_view::time_of(const kept_pdu& pdu) const {
    if (clock_) {
        std::string text;
        time_formatter(time_style::clock).append(text, pdu.frame.last.time);
        return text;
    }
    const kept_session* const of = kept_->find(session_);
    return fmt::format("{:.3f} s", static_cast<double>(pdu.frame.last.time - of->first_time) / 1e9);
}

void ladder_view::draw(screen& to, const area& where) {
    const kept_session* const of = kept_->find(session_);
    if (of == nullptr) {
        to.put(where.x + 2, where.y + 1, where.width - 2, "this session is no longer kept",
               look::faint);
        return;
    }
    const int room = where.width - time_room;
    const std::string left =
        fmt::format("#{} {} {}", session_, of->about.client_name, of->about.system_id);
    const int used = to.put(where.x + time_room, where.y, room, left, look::strong);
    to.put_right(where.x + time_room + used + 1, where.y, room - used - 1, of->about.server_name,
                 look::strong);
    place();
    const auto& ids = list();
    cursor_.fit(ids.size(), where.height - 1);
    for (int line = 1; line < where.height; ++line) {
        const std::size_t i = cursor_.top() + static_cast<std::size_t>(line) - 1;
        if (i >= ids.size()) {
            break;
        }
        draw_pdu(to, where, where.y + line, *kept_->find_pdu(ids[i]), i == cursor_.index());
    }
    if (ids.empty()) {
        to.put(where.x + 2, where.y + 2, where.width - 2,
               "no PDU of this session that the filter lets through is kept", look::faint);
    }
}

void ladder_view::draw_pdu(screen& to, const area& where, int y, const kept_pdu& pdu,
                           bool selected) const {
    const record r = kept_->again(pdu);
    const look as = selected ? look::selected : look_of(pdu, r);
    to.fill(where.x, y, where.width, ' ', as);
    to.put_right(where.x, y, time_room - 1, time_of(pdu), selected ? as : look::faint);
    const int x = where.x + time_room;
    const int room = where.x + where.width - x;
    to.fill(x, y, room, '-', as);
    to.put(x, y, 1, "|", as);
    to.put(x + room - 1, y, 1, "|", as);
    const std::string line = ' ' + line_of(r, kept_->options().default_alphabet) + ' ';
    if (pdu.from_client) {
        to.put(x + 2, y, room - 5, line, as);
        to.put(x + room - 2, y, 1, ">", as);
    } else {
        to.put(x + 1, y, 1, "<", as);
        to.put_right(x + 3, y, room - 5, line, as);
    }
}

bool ladder_view::press(const key& pressed) {
    place();
    if (pressed.is('w')) {
        clock_ = !clock_;
        return true;
    }
    const auto& ids = list();
    if (!cursor_.press(pressed, ids.size())) {
        return false;
    }
    selected_ = ids.empty() ? 0 : ids[cursor_.index()];
    return true;
}

std::unique_ptr<view> ladder_view::open() {
    place();
    if (list().empty()) {
        return nullptr;
    }
    return std::make_unique<pdu_view>(*kept_, session_, selected_);
}

bool ladder_view::search(std::string_view text, bool forward) {
    place();
    const auto& ids = list();
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

std::vector<std::uint64_t> ladder_view::shown_pdus() const {
    return {list().begin(), list().end()};
}

}  // namespace smpp_dump::tui
