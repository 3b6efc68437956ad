#include "mock-smsc/http/event_feed.hpp"

#include <algorithm>

#include "mock-smsc/lint/lint_report.hpp"
#include "mock-smsc/names.hpp"
#include "mock-smsc/receipts/mobile_log.hpp"

namespace mock_smsc {
namespace {

/// What queries can ask of a message from a mobile.
class mobile_subject final : public smpp::query_subject {
public:
    mobile_subject(std::string_view account, std::string_view scope)
        : account_(account), scope_(scope) {}
    void give(smpp::query_field field, smpp::query_values& to) override {
        if (field == smpp::query_field::account) {
            to.word(account_);
        } else if (field == smpp::query_field::scope) {
            to.word(scope_);
        }
    }

private:
    std::string_view account_, scope_;
};

}  // namespace

void event_feed::subscribe(listener added) {
    std::erase_if(listeners_, [](const listener& each) { return each.to.expired(); });
    if (listeners_.empty()) {
        next_ = source_.store.end();
    }
    listeners_.push_back(std::move(added));
}

template <class Wanted>
void event_feed::send(std::string_view type, std::string_view json, const Wanted& wanted) {
    std::erase_if(listeners_, [&](const listener& each) {
        const auto to = each.to.lock();
        return !to || (wanted(each) && !to->send(type, json));
    });
}

void event_feed::on_messages() {
    const auto end = source_.store.end();
    for (auto id = std::max(next_, source_.store.first()); id < end && !listeners_.empty(); ++id) {
        message_reader message = source_.read(id);
        if (message.found()) {
            tell_of(message);
        }
    }
    next_ = end;
}

void event_feed::tell_of(message_reader& message) {
    const auto matches = [&](const listener& each) { return each.query.matches(message); };
    json_out out;
    put_message(out, message, source_, detail::summary);
    send("message", out.text(), matches);
    if (message.part()) {
        json_out part;
        part.open('{').member("id", message.id());
        put_parts(part, message, source_, detail::full);
        send("part", part.close('}').text(), matches);
    }
    if (message.note() != nullptr && !message.note()->faults.empty()) {
        json_out fault;
        fault.open('{').member("id", message.id()).member("faults", message.note()->faults);
        send("fault", fault.close('}').text(), matches);
    }
    for (const auto& each : message.findings()) {
        json_out finding;
        put_finding(finding, each, message.id(), message.record().session);
        send("lint", finding.text(), matches);
    }
}

void event_feed::on_change(std::string_view type, message_number id, const sent_receipt* receipt) {
    if (listeners_.empty()) {
        return;
    }
    message_reader message = source_.read(id);
    if (!message.found()) {
        return;
    }
    json_out out;
    out.open('{')
        .member("id", id)
        .member("state", state_word(message.record().state))
        .member("receipts_due", message.record().receipts_due);
    if (receipt != nullptr) {
        out.key("receipt");
        put_receipt(out, *receipt, message);
    }
    out.close('}');
    send(type, out.text(), [&](const listener& each) { return each.query.matches(message); });
}

void event_feed::on_mobile(const mobile_record& which, std::string_view scope) {
    if (!listeners_.empty()) {
        json_out out;
        put_mobile(out, which);
        mobile_subject subject(which.account, scope);
        send("mo", out.text(), [&](const listener& each) { return each.query.matches(subject); });
    }
}

void event_feed::on_lint(const session_info& session, const smpp::lint::session_finding& found) {
    if (!listeners_.empty()) {
        json_out out;
        put_finding(out, found, session.id);
        send("lint", out.text(), [&](const listener& each) {
            return each.scope.empty() || each.scope == session.scope;
        });
    }
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
