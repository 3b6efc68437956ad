#include "mock-smsc/lint/client_watch.hpp"

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/lint/session_watch.hpp"

namespace mock_smsc {
namespace {

std::chrono::nanoseconds now() { return std::chrono::steady_clock::now().time_since_epoch(); }

/// One client: an address and an account.
std::string client_of(const session_info& session) {
    return session.peer.substr(0, session.peer.rfind(':')) + '/' + session.system_id;
}

smpp::command_id bind_of(const session_info& session) noexcept {
    return session.bind == bind_word(bind_kind::transmitter) ? smpp::command_id::bind_transmitter
           : session.bind == bind_word(bind_kind::receiver)  ? smpp::command_id::bind_receiver
                                                             : smpp::command_id::bind_transceiver;
}

}  // namespace

void client_watch::on_bind(const session_info& session, smpp::command_id bind, bool accepted) {
    const std::string client = client_of(session);
    lint_.on_bind(client, bind, accepted, now());
    if (accepted) {
        session.watch->on_bound(session.account ? session.account->get().settings().window : 0,
                                lint_.sessions_of(client));
    }
    tell(session);
}

void client_watch::on_end(const session_info& session) {
    if (session.bound != 0) {
        lint_.on_end(client_of(session), bind_of(session), session.submits + session.receipts,
                     now());
        tell(session);
    }
}

void client_watch::tell(const session_info& session) {
    for (; told_ < lint_.findings().size(); ++told_) {
        session.watch->add(lint_.findings()[told_]);
    }
}

}  // namespace mock_smsc
