#include "smpp-dump/tui/text_view.hpp"

namespace smpp_dump::tui {

/// The selected line is shown whole, in as many rows as it takes.
void text_view::draw(screen& to, const area& where) {
    to.put(where.x, where.y, where.width, title_, look::strong);
    cursor_.place(cursor_.index(), lines_->size());
    if (lines_->empty()) {
        to.put(where.x + 2, where.y + 1, where.width - 2, "nothing so far", look::faint);
        return;
    }
    const auto whole = wrapped((*lines_)[cursor_.index()], std::max(1, where.width));
    const int more = static_cast<int>(whole.size()) - 1;
    cursor_.fit(lines_->size(), where.height - 1 - more);
    int y = where.y + 1;
    for (std::size_t i = cursor_.top(); i < lines_->size() && y < where.y + where.height; ++i) {
        if (i != cursor_.index()) {
            to.put(where.x, y++, where.width, (*lines_)[i]);
            continue;
        }
        for (const std::string& row : whole) {
            if (y < where.y + where.height) {
                to.fill(where.x, y, where.width, ' ', look::selected);
                to.put(where.x, y++, where.width, row, look::selected);
            }
        }
    }
}

bool text_view::press(const key& pressed) { return cursor_.press(pressed, lines_->size()); }

bool text_view::search(std::string_view text, bool forward) {
    const std::size_t found =
        find_around(cursor_.index(), lines_->size(), forward,
                    [&](std::size_t i) { return contains((*lines_)[i], text); });
    if (found == lines_->size()) {
        return false;
    }
    cursor_.select(found);
    return true;
}

const std::deque<std::string>& help_lines() {
    static const std::deque<std::string> lines{
        "Everywhere",
        "  Up Down j k          one line            PgUp PgDn Space      one page",
        "  Home End g G         the first, the last; from End on the newest stays selected",
        "  Enter                open: session, then PDU",
        "  Esc q                back; from the list of sessions: quit     Ctrl-C  quit at once",
        "  F1 h                 this help           m                    what was told",
        "  F2 s                 save the PDUs shown here as a clean pcapng",
        "  F3 /                 search; n N         the next, the one before",
        "  F5                   clear: forget what was kept",
        "  F7 f                 filter, in the language of -Y; an empty one shows all",
        "  p                    pause: what comes waits, and is shown when p is pressed again",
        "  A                    autoscroll: the newest line stays selected",
        "",
        "Sessions               BAD: refused, or no good PDUs   OPEN: requests without a response",
        "",
        "Ladder                 > is from the client (ESME), < from the server (MC)",
        "  w                    times since the session began, or of the day",
        "",
        "PDU",
        "  Tab                  between fields and octets; what is selected is marked in both",
        "  < > , .              the PDU before, the next one; also Left Right among the fields",
    };
    return lines;
}

}  // namespace smpp_dump::tui
