#include "smpp-dump/tui/pdu_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/tui/raw_view.hpp"

namespace smpp_dump::tui {
namespace {

constexpr int octets_room(std::size_t per_row) noexcept {
    return 6 + static_cast<int>(per_row) * 4 + 1;
}

}  // namespace

pdu_view::pdu_view(const store& kept, pdu_list list, std::uint64_t id)
    : kept_(&kept), list_(std::move(list)), id_(id) {
    load();
}

void pdu_view::load() {
    const kept_pdu* const pdu = kept_->find_pdu(id_);
    lines_.clear();
    octets_.clear();
    if (pdu != nullptr) {
        lines_ = tree_of(kept_->again(*pdu), kept_->options());
        octets_ = pdu->octets;
    }
    top_row_ = top_octets_ = 0;
    select_line(0);
}

/// To the PDU of the list before or behind it.
void pdu_view::go(bool forward) {
    const auto& ids = list_.ids();
    const std::size_t at = list_.place_of(forward ? id_ + 1 : id_);
    if (forward ? at == ids.size() : at == 0) {
        return;
    }
    id_ = ids[forward ? at : at - 1];
    load();
}

/// From one to the next of those numbers that read well.
void pdu_view::resize_octets(bool wider) {
    const std::size_t now = per_row_;
    wanted_per_row_ =
        wider ? std::min<std::size_t>(now * 2, 16) : std::max<std::size_t>(now / 2, 4);
}

std::unique_ptr<view> pdu_view::open(const key& pressed) {
    const bool raw = pressed.name == key_name::f6 || pressed.is('r');
    return raw ? std::make_unique<raw_view>(*kept_, list_, id_) : nullptr;
}

std::vector<key_hint> pdu_view::keys() const {
    return {
        {"Tab", "Pane", 1, 0}, {"< >", "PDU", 2, 1}, {"F6", "Raw", 16, 3}, {"9 0", "Width", 30, 6}};
}

void pdu_view::select_line(std::size_t line) {
    line_ = std::min(line, lines_.size() - std::min<std::size_t>(lines_.size(), 1));
    if (line_ < lines_.size() && lines_[line_].size > 0) {
        octet_ = lines_[line_].offset;
    }
}

void pdu_view::select_octet(std::size_t octet) {
    octet_ = std::min(octet, octets_.size() - std::min<std::size_t>(octets_.size(), 1));
    const std::size_t line = line_at(lines_, octet_);
    line_ = line < lines_.size() ? line : line_;
}

bool pdu_view::press(const key& pressed) {
    if (pressed.name == key_name::tab) {
        active_ = active_ == pane::tree ? pane::octets : pane::tree;
    } else if (pressed.is('<') || pressed.is(',')) {
        go(false);
    } else if (pressed.is('>') || pressed.is('.')) {
        go(true);
    } else if (pressed.is('9') || pressed.is('0')) {
        resize_octets(pressed.is('9'));
    } else {
        return active_ == pane::tree ? press_tree(pressed) : press_octets(pressed);
    }
    return true;
}

bool pdu_view::press_tree(const key& pressed) {
    const std::size_t back = std::min<std::size_t>(line_, 1);
    switch (pressed.name) {
        case key_name::up: select_line(line_ - back); return true;
        case key_name::down: select_line(line_ + 1); return true;
        case key_name::left: go(false); return true;
        case key_name::right: go(true); return true;
        case key_name::page_up: select_line(line_ - std::min(line_, page_)); return true;
        case key_name::page_down: select_line(line_ + page_); return true;
        case key_name::home: select_line(0); return true;
        case key_name::end: select_line(lines_.size()); return true;
        default: break;
    }
    if (pressed.is('j') || pressed.is('k')) {
        select_line(pressed.is('j') ? line_ + 1 : line_ - back);
        return true;
    }
    return false;
}

bool pdu_view::press_octets(const key& pressed) {
    const auto back = [&](std::size_t n) { select_octet(octet_ - std::min(octet_, n)); };
    switch (pressed.name) {
        case key_name::left: back(1); return true;
        case key_name::right: select_octet(octet_ + 1); return true;
        case key_name::up: back(octet_ >= per_row_ ? per_row_ : 0); return true;
        case key_name::down:
            select_octet(octet_ + per_row_ < octets_.size() ? octet_ + per_row_ : octet_);
            return true;
        case key_name::page_up: back(page_ * per_row_); return true;
        case key_name::page_down: select_octet(octet_ + page_ * per_row_); return true;
        case key_name::home: select_octet(0); return true;
        case key_name::end: select_octet(octets_.size()); return true;
        default: return false;
    }
}

bool pdu_view::search(std::string_view text, bool forward) {
    const std::size_t found = find_around(line_, lines_.size(), forward, [&](std::size_t i) {
        return contains(lines_[i].text, text);
    });
    if (found == lines_.size()) {
        return false;
    }
    select_line(found);
    return true;
}

std::vector<std::uint64_t> pdu_view::shown_pdus() const { return {id_}; }

std::string pdu_view::heading(const record& r) const {
    std::string text =
        fmt::format("#{} {} -> {}  ", r.session->number, r.source(), r.destination());
    if (r.frame.last.time != 0) {
        time_formatter(time_style::clock).append(text, r.frame.last.time);
    }
    return text + fmt::format("  frame {}, {} octets, at {} of its stream", r.frame.last.frame,
                              r.frame.length, r.frame.offset);
}

/// Beside each other where there is room for it, else one above the other.
void pdu_view::draw(screen& to, const area& where) {
    const kept_pdu* const pdu = kept_->find_pdu(id_);
    if (pdu == nullptr) {
        to.put(where.x + 2, where.y + 1, where.width - 2, "this PDU is no longer kept",
               look::faint);
        return;
    }
    to.put_cut(where.x, where.y, where.width, heading(kept_->again(*pdu)), look::strong);
    area tree{where.x, where.y + 1, where.width, where.height - 1};
    area octets = tree;
    const bool beside = where.width >= octets_room(8) + 40;
    per_row_ = wanted_per_row_ != 0 && (!beside || where.width >= octets_room(wanted_per_row_) + 20)
                   ? wanted_per_row_
               : where.width >= octets_room(16) + 42 ? 16
                                                     : 8;
    if (beside) {
        octets.width = octets_room(per_row_);
        tree.width -= octets.width + 2;
        octets.x += tree.width + 2;
        for (int y = tree.y; y < tree.y + tree.height; ++y) {
            to.put(tree.x + tree.width, y, 1, "|", look::faint);
        }
    } else {
        if (wanted_per_row_ == 0 || where.width < octets_room(wanted_per_row_)) {
            per_row_ = where.width >= octets_room(16) ? 16 : where.width >= octets_room(8) ? 8 : 4;
        }
        const int rows = static_cast<int>((octets_.size() + per_row_ - 1) / per_row_);
        octets.height = std::min(rows, tree.height / 2);
        tree.height -= octets.height;
        octets.y += tree.height;
    }
    draw_tree(to, tree);
    draw_octets(to, octets);
}

void pdu_view::draw_tree(screen& to, const area& where) {
    std::vector<std::pair<std::size_t, std::string>> rows;
    std::size_t first = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        first = i == line_ ? rows.size() : first;
        for (std::string& each : wrapped(lines_[i].text, std::max(1, where.width))) {
            rows.emplace_back(i, std::move(each));
        }
        last = i == line_ ? rows.size() - 1 : last;
    }
    page_ = static_cast<std::size_t>(std::max(1, where.height));
    if (last >= top_row_ + page_) {
        top_row_ = last - page_ + 1;
    }
    top_row_ = std::min(top_row_, first);
    for (int y = 0; y < where.height && top_row_ + static_cast<std::size_t>(y) < rows.size(); ++y) {
        const auto& [line, text] = rows[top_row_ + static_cast<std::size_t>(y)];
        const look as = line == line_      ? (active_ == pane::tree ? look::selected : look::linked)
                        : lines_[line].bad ? look::bad
                                           : look::plain;
        to.fill(where.x, where.y + y, where.width, ' ', as);
        to.put(where.x, where.y + y, where.width, text, as);
    }
}

void pdu_view::draw_octets(screen& to, const area& where) {
    const auto height = static_cast<std::size_t>(std::max(1, where.height));
    const std::size_t row = octet_ / per_row_;
    top_octets_ = std::min(top_octets_, row);
    if (row >= top_octets_ + height) {
        top_octets_ = row - height + 1;
    }
    for (int y = 0; y < where.height; ++y) {
        const std::size_t first = (top_octets_ + static_cast<std::size_t>(y)) * per_row_;
        if (first < octets_.size()) {
            draw_octet_row(to, where, where.y + y, first);
        }
    }
}

void pdu_view::draw_octet_row(screen& to, const area& where, int y, std::size_t first) const {
    const tree_line none;
    const tree_line& marked = line_ < lines_.size() ? lines_[line_] : none;
    const int letters = where.x + 6 + static_cast<int>(per_row_) * 3;
    const int end = where.x + where.width;
    to.put(where.x, y, where.width, fmt::format("{:04x}", first), look::faint);
    for (std::size_t i = 0; i < per_row_ && first + i < octets_.size(); ++i) {
        const std::size_t at = first + i;
        const auto octet = static_cast<unsigned char>(octets_[at]);
        const bool in = at >= marked.offset && at - marked.offset < marked.size;
        const bool here = active_ == pane::octets && at == octet_;
        const look as = here ? look::selected : in ? look::linked : look::plain;
        const int x = where.x + 6 + static_cast<int>(i) * 3;
        to.put(x, y, end - x, fmt::format("{:02x}", octet), as);
        if (in && at + 1 < marked.offset + marked.size && i + 1 < per_row_) {
            to.paint(x + 2, y, 1, look::linked);
        }
        const char letter = octet >= 0x20 && octet < 0x7F ? static_cast<char>(octet) : '.';
        const int letter_x = letters + 1 + static_cast<int>(i);
        to.put(letter_x, y, end - letter_x, std::string_view(&letter, 1), as);
    }
}

}  // namespace smpp_dump::tui
