#include "mock-smsc/http/event_feed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mock-smsc/names.hpp"

namespace mock_smsc {

void event_feed::subscribe(listener added) {
    if (listeners_.empty()) {
        next_ = source_.store.end();
    }
    if (added.to->send(": hello\n\n")) {
        listeners_.push_back(std::move(added));
    }
}

template <class Wanted>
void event_feed::send(std::string_view type, std::string_view json, const Wanted& wanted) {
    const auto text = fmt::format("event: {}\ndata: {}\n\n", type, json);
    std::erase_if(listeners_,
                  [&](const listener& each) { return wanted(each) && !each.to->send(text); });
}

void event_feed::on_messages() {
    const auto end = source_.store.end();
    for (auto id = std::max(next_, source_.store.first()); id < end && !listeners_.empty(); ++id) {
        message_reader message(source_.store, source_.sessions, id);
        if (message.found()) {
            json_out out;
            put_message(out, message, source_, detail::summary);
            send("message", out.text(),
                 [&](const listener& each) { return each.query.matches(message); });
        }
    }
    next_ = end;
}

void event_feed::on_state(message_number id) {
    if (listeners_.empty()) {
        return;
    }
    message_reader message(source_.store, source_.sessions, id);
    if (!message.found()) {
        return;
    }
    json_out out;
    out.open('{')
        .member("id", id)
        .member("state", state_word(message.record().state))
        .member("receipts_due", message.record().receipts_due)
        .close('}');
    send("state", out.text(), [&](const listener& each) { return each.query.matches(message); });
}

void event_feed::on_session(const session_info& session) {
    if (!listeners_.empty()) {
        json_out out;
        put_session(out, session);
        send("session", out.text(), [&](const listener& each) {
            return each.scope.empty() || each.scope == session.scope;
        });
    }
}

}  // namespace mock_smsc
