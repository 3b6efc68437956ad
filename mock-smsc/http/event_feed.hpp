// Tells listeners what happens, as it happens: message, part, fault, lint, state, receipt,
// session.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "mock-smsc/http/http_types.hpp"
#include "mock-smsc/http/message_json.hpp"
#include "mock-smsc/query/query.hpp"
#include "smpp/lint/session_lint.hpp"

namespace mock_smsc {

class event_feed {
public:
    explicit event_feed(message_source source) : source_(source) {}

    struct listener {
        std::weak_ptr<event_stream> to;  ///< lives as long as its client listens
        mock_smsc::query query;          ///< which messages
        std::string scope;               ///< of which scope; empty: all
    };

    void subscribe(listener added);

    // All are cheap when nobody listens.
    void on_messages();
    /// Its state has changed.
    void on_state(message_number id) { on_change("state", id, nullptr); }
    /// A receipt of it is settled; null: not kept.
    void on_receipt(message_number id, const sent_receipt* receipt) {
        on_change("receipt", id, receipt);
    }
    /// A message from a mobile is queued, sent, delivered or given up: "mo". `scope` is that of its
    /// account.
    void on_mobile(const mobile_record& which, std::string_view scope);
    void on_lint(const session_info& session, const smpp::lint::session_finding& found);
    void on_session(const session_info& session);

private:
    void tell_of(message_reader& message);
    void on_change(std::string_view type, message_number id, const sent_receipt* receipt);
    /// To those that `wanted` is true for.
    template <class Wanted>
    void send(std::string_view type, std::string_view json, const Wanted& wanted);

    message_source source_;
    std::vector<listener> listeners_;
    message_number next_ = 0;  // not told yet
};

}  // namespace mock_smsc
