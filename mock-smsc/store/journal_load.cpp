// The journal, read at start.
#include <algorithm>

#include "mock-smsc/store/statement.hpp"

namespace mock_smsc {

message_number journal::load(std::size_t count, const listener& to) {
    next_ = static_cast<message_number>(number("SELECT value FROM counters WHERE name='next'"));
    next_ = std::max(next_, static_cast<message_number>(
                                number("SELECT COALESCE(MAX(id), 0) + 1 FROM messages")));
    const auto first = next_ > count ? next_ - count : 1;
    load_sessions(to);
    load_messages(first, to);
    if (to.on_note) {
        load_notes(first, to);
    }
    if (to.on_receipt) {
        load_receipts(first, to);
    }
    if (to.on_mobile) {
        load_mobiles(to);
    }
    return next_;
}

void journal::load_mobiles(const listener& to) {
    to.on_next_mobile(
        static_cast<std::uint64_t>(number("SELECT value FROM counters WHERE name='next_mobile'")));
    statement mobiles(db_, "SELECT id, account, queued, pdu FROM mobiles ORDER BY id");
    while (mobiles.row()) {
        to.on_mobile({static_cast<std::uint64_t>(mobiles.number(0)), mobiles.text(1),
                      mobiles.number(2), std::make_shared<const std::string>(mobiles.text(3))});
    }
}

void journal::load_sessions(const listener& to) {
    statement sessions(db_,
                       "SELECT id, system_id, system_type, bind, interface_version, peer, "
                       "security, opened, bound, scope FROM sessions ORDER BY id");
    while (sessions.row()) {
        session_info known;
        known.id = static_cast<std::uint64_t>(sessions.number(0));
        known.system_id = sessions.text(1);
        known.system_type = sessions.text(2);
        known.bind = sessions.text(3);
        known.interface_version = static_cast<std::uint8_t>(sessions.number(4));
        known.peer = sessions.text(5);
        known.security = sessions.text(6);
        known.opened = sessions.number(7);
        known.bound = sessions.number(8);
        known.scope = sessions.text(9);
        known.closed = utc_now();
        known.close_reason = "restart";
        to.on_session(std::move(known));
    }
}

void journal::load_messages(message_number first, const listener& to) {
    const auto from = static_cast<std::int64_t>(first);
    statement answers(db_, "SELECT first, last, at FROM answers WHERE last >= ? ORDER BY first");
    answers.bind(from);
    bool more = answers.row();
    statement messages(db_,
                       "SELECT id, session, received, done, status, state, receipts_due, part, pdu "
                       "FROM messages WHERE id >= ? ORDER BY id");
    messages.bind(from);
    while (messages.row()) {
        record known;
        const auto id = messages.number(0);
        known.session = static_cast<std::uint64_t>(messages.number(1));
        known.received = messages.number(2);
        known.done = messages.number(3);
        known.status = smpp::command_status(static_cast<std::uint32_t>(messages.number(4)));
        known.state = smpp::message_state(static_cast<std::uint8_t>(messages.number(5)));
        known.receipts_due = static_cast<std::uint8_t>(messages.number(6));
        known.part = messages.number(7) != 0;
        while (more && answers.number(1) < id) {
            more = answers.row();
        }
        if (more && answers.number(0) <= id) {
            known.answer_at(answers.number(2));
        }
        to.on_message(static_cast<message_number>(id), known, messages.octets(8));
    }
}

void journal::load_notes(message_number first, const listener& to) {
    statement notes(
        db_, "SELECT id, faults, tags, receipt, refused FROM notes WHERE id >= ? ORDER BY id");
    notes.bind(static_cast<std::int64_t>(first));
    while (notes.row()) {
        message_note known{notes.text(1), {}, notes.text(3), parse_refused(notes.text(4))};
        const auto tags = notes.text(2);
        for (std::size_t at = 0; at < tags.size();) {
            const auto end = std::min(tags.find(',', at), tags.size());
            known.add_tag(std::string_view(tags).substr(at, end - at));
            at = end + 1;
        }
        to.on_note(static_cast<message_number>(notes.number(0)), std::move(known));
    }
}

void journal::load_receipts(message_number first, const listener& to) {
    statement receipts(db_,
                       "SELECT message, session, sequence_number, sent, answered, status, state, "
                       "destination, attempts FROM receipts WHERE message >= ? "
                       "ORDER BY message, sent, sequence_number");
    receipts.bind(static_cast<std::int64_t>(first));
    while (receipts.row()) {
        sent_receipt known;
        known.session = static_cast<std::uint64_t>(receipts.number(1));
        known.sequence_number = static_cast<std::uint32_t>(receipts.number(2));
        known.sent = receipts.number(3);
        known.answered = receipts.number(4);
        known.status = smpp::command_status(static_cast<std::uint32_t>(receipts.number(5)));
        known.state = smpp::message_state(static_cast<std::uint8_t>(receipts.number(6)));
        known.destination = static_cast<std::uint8_t>(receipts.number(7));
        known.attempts = static_cast<std::uint8_t>(receipts.number(8));
        to.on_receipt(static_cast<message_number>(receipts.number(0)), known);
    }
}

}  // namespace mock_smsc
