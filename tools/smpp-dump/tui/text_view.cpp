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
            to.put_cut(where.x, y++, where.width, (*lines_)[i]);
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
        "  Up Down j k          one line",
        "  PgUp PgDn            one page",
        "  Home End g G         the first, the last; from End on the newest is selected",
        "  Enter                open: session, then PDU",
        "  Esc q                back; from the list of sessions: quit",
        "  Ctrl-C               quit at once",
        "  F1 h ?               this help",
        "  F2 s                 save the PDUs shown here as a clean pcapng",
        "  F3 /                 search; n N: the next, the one before",
        "  F5                   clear: forget what was kept",
        "  F6 r                 the octets of the PDUs, one below the other",
        "  F7 f                 filter, in the language of -Y; an empty one shows all",
        "  F8 o                 settings: colours, times, texts, following, fields",
        "  c                    colours tell apart: what went wrong, or kinds of PDUs,",
        "                       or sessions",
        "  i                    statistics, as of --stats",
        "  p                    pause: what comes waits until p is pressed again",
        "  m                    what was told: handshakes of a proxy, warnings",
        "  A                    autoscroll: the newest line stays selected",
        "  Ctrl-L               draw the screen anew",
        "  while typing         Ctrl-U clears the line, Ctrl-W a word;",
        "                       Ctrl-A, Ctrl-E: to its beginning, to its end",
        "",
        "Sessions",
        "  Space                mark, or no longer",
        "  *                    mark all, or none",
        "                       Enter, F2, F4, F6 and i are for all marked ones together",
        "  < >                  sort by the column before, by the next one",
        "  z                    sort the other way round",
        "  F4 x                 the ladder with all sessions of the same account",
        "  F10 t                columns",
        "",
        "Ladder                 > is from the client (ESME), < from the server (MC)",
        "  F4 x                 with all sessions of the same account, or alone",
        "  Space                mark a PDU; on a second one: both beside each other,",
        "                       and what differs; Tab goes to the next difference",
        "  t                    the fields of the selected PDU beside it, or not",
        "  9 0 T                fields wider, narrower, as they were",
        "  w                    times since the session began, since the PDU before,",
        "                       or of the day",
        "  d                    texts and addresses in the arrows, or commands alone",
        "",
        "  The times of PDUs that belong to the selected one are marked: its request",
        "  or response; the submit, its message_id and its receipts.",
        "",
        "PDU",
        "  Tab                  between fields and octets; each marks the other",
        "  < > , .              the PDU before, the next one; also Left Right",
        "  9 0                  octets wider, narrower",
        "",
        "What the first line begins with",
        "  LIVE                 more may come: of a proxy, an interface, --follow",
        "  READING              of a file",
        "  END                  all has been read, or what was live has stopped",
        "  PAUSED               p was pressed; what came since then is not shown",
        "",
        "PDUS                   all that passed",
        "BAD                    refused, or no good PDUs",
        "OPEN                   requests that wait for their response",
        "",
        "STATE: what it has come to",
        "  bound TX, RX, TRX    as transmitter, receiver, transceiver",
        "  bind refused: ...    with this command_status",
        "  bind not answered    the request has no response so far, or never got one",
        "  no bind seen         it began before the capture did",
        "  unbound              unbind was answered",
        "  no SMPP              the octets are no PDUs",
        "  TLS, not plain SMPP  no key log (--keylog) decrypts it",
        "STATE: how it ended; the line below the list says all of it",
        "  closed by ...        the client, or the server, ended it first (FIN)",
        "  reset by ...         ... broke it off (RST)",
        "  end not seen         the capture ends before the session does",
        "  refused: ...         the SYN was answered by a reset: nothing listens there",
        "  no answer to ...     SYNs: the host is down, or a firewall drops them",
    };
    return lines;
}

}  // namespace smpp_dump::tui
