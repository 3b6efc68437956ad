#include "smpp-dump/tui/raw_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp-dump/tui/ladder_view.hpp"

namespace smpp_dump::tui {
namespace {

constexpr std::size_t per_row = 16;

std::size_t rows_of(const kept_pdu& pdu) noexcept {
    return 1 + (pdu.octets.size() + per_row - 1) / per_row + 1;  // heading, octets, blank
}

}  // namespace

std::string octet_row(std::string_view octets, std::size_t first) {
    const std::string_view row = octets.substr(first, per_row);
    std::string text = fmt::format("{:04x}  ", first);
    for (std::size_t i = 0; i < per_row; ++i) {
        text += i < row.size() ? fmt::format("{:02x} ", static_cast<unsigned char>(row[i])) : "   ";
    }
    text += ' ';
    for (const char each : row) {
        text += each >= 0x20 && each < 0x7F ? each : '.';
    }
    return text;
}

raw_view::raw_view(const store& kept, const pdu_list& list, std::uint64_t first)
    : kept_(&kept), ids_(list.ids()) {
    std::size_t end = 0;
    for (const std::uint64_t id : ids_) {
        if (id == first) {
            cursor_.select_at_top(end);
        }
        const kept_pdu* const pdu = kept.find_pdu(id);
        end += pdu == nullptr ? 0 : rows_of(*pdu);
        ends_.push_back(end);
    }
}

std::string raw_view::text_of(std::size_t row, bool& heading) const {
    const auto at = std::upper_bound(ends_.begin(), ends_.end(), row);
    const std::size_t begin = at == ends_.begin() ? 0 : *std::prev(at);
    const kept_pdu* const pdu = kept_->find_pdu(ids_[static_cast<std::size_t>(at - ends_.begin())]);
    heading = row == begin;
    if (pdu == nullptr) {
        return heading ? "this PDU is no longer kept" : "";
    }
    if (!heading) {
        const std::size_t first = (row - begin - 1) * per_row;
        return first < pdu->octets.size() ? octet_row(pdu->octets, first) : "";
    }
    return heading_of(kept_->again(*pdu), kept_->options().default_alphabet);
}

void raw_view::draw(screen& to, const area& where) {
    to.put(where.x, where.y, where.width, fmt::format("Octets of {} PDUs", ids_.size()),
           look::strong);
    cursor_.fit(rows(), where.height - 1);
    for (int line = 1; line < where.height; ++line) {
        const std::size_t row = cursor_.top() + static_cast<std::size_t>(line) - 1;
        if (row >= rows()) {
            break;
        }
        bool heading = false;
        const std::string text = text_of(row, heading);
        const look as = row == cursor_.index() ? look::selected
                        : heading              ? look::strong
                                               : look::plain;
        to.fill(where.x, where.y + line, where.width, ' ', as);
        to.put_cut(where.x, where.y + line, where.width, text, as);
    }
}

bool raw_view::search(std::string_view text, bool forward) {
    bool ignored = false;
    const std::size_t found = find_around(cursor_.index(), rows(), forward, [&](std::size_t row) {
        return contains(text_of(row, ignored), text);
    });
    if (found == rows()) {
        return false;
    }
    cursor_.select(found);
    return true;
}

}  // namespace smpp_dump::tui
