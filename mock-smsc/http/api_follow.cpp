// What happens to records and sessions, handed on to clients that wait and to listeners.
#include "mock-smsc/accounts/accounts.hpp"
#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/params.hpp"
#include "mock-smsc/recorder.hpp"

namespace mock_smsc {

void api::follow(message_store& store, session_registry& sessions, recorder& records) {
    store.on_publish = [this] {
        waiters_.notify();
        feed_.on_messages();
    };
    records.on_state = [this](message_number id) {
        waiters_.changed(id, waiters::change::queried);
        feed_.on_state(id);
    };
    records.on_receipt = [this](message_number id, const sent_receipt* receipt) {
        waiters_.changed(id, waiters::change::shown);
        feed_.on_receipt(id, receipt);
    };
    records.on_mobile = [this](const mobile_record& which) {
        feed_.on_mobile(which, control_.accounts.scope_of(which.account));
    };
    records.on_note = [this](message_number id) { waiters_.changed(id, waiters::change::queried); };
    sessions.on_change = [this](const session_info& session) { feed_.on_session(session); };
}

void api::leave(message_store& store, session_registry& sessions, recorder& records) {
    store.on_publish = nullptr;
    records.on_state = records.on_note = nullptr;
    records.on_receipt = nullptr;
    records.on_mobile = nullptr;
    sessions.on_change = nullptr;
}

void api::require_writable() const {
    if (control_.records.failing()) {
        throw api_error(503, "unavailable", "the database cannot be written");
    }
}

void api::reply_written(const http_reply& reply, http_response response) {
    control_.records.when_committed([reply, response = std::move(response)](bool written) {
        if (written) {
            reply(response);
        } else {
            reply(api_error(503, "unavailable",
                            "the database cannot be written; it will be, once there is room")
                      .response());
        }
    });
}

}  // namespace mock_smsc
