#include "smpp-dump/tui/menu_view.hpp"

#include <algorithm>

#include "smpp-dump/columns.hpp"

namespace smpp_dump::tui {

void menu_view::draw(screen& to, const area& where) {
    to.put(where.x, where.y, where.width, title_, look::strong);
    int room = 0;
    for (const menu_item& each : items_) {
        room = std::max(room, columns_of(each.name));
    }
    cursor_.fit(items_.size(), where.height - 1);
    for (int line = 1; line < where.height; ++line) {
        const std::size_t i = cursor_.top() + static_cast<std::size_t>(line) - 1;
        if (i >= items_.size()) {
            break;
        }
        const look as = i == cursor_.index() ? look::selected : look::plain;
        const int x = where.x + 2 + room + 2;
        to.fill(where.x, where.y + line, where.width, ' ', as);
        to.put(where.x + 2, where.y + line, where.width - 2, items_[i].name, as);
        to.put_cut(x, where.y + line, where.x + where.width - x, items_[i].value(), as);
    }
}

bool menu_view::press(const key& pressed) {
    const bool back = pressed.name == key_name::left;
    if (back || pressed.name == key_name::right || pressed.name == key_name::enter ||
        pressed.is(' ')) {
        items_[cursor_.index()].change(!back);
        return true;
    }
    return cursor_.press(pressed, items_.size());
}

bool menu_view::search(std::string_view text, bool forward) {
    const std::size_t found =
        find_around(cursor_.index(), items_.size(), forward,
                    [&](std::size_t i) { return contains(items_[i].name, text); });
    if (found == items_.size()) {
        return false;
    }
    cursor_.select(found);
    return true;
}

std::vector<key_hint> menu_view::keys() const { return {{"Space", "Change", 2, 1}}; }

}  // namespace smpp_dump::tui
