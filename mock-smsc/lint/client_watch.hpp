// Lints what clients do over their sessions; each finding goes to the session where it was seen.
//
//     client_watch watch;
//     watch.on_bind(info, bind, accepted);
//     watch.on_end(info);
#pragma once

#include "mock-smsc/sessions.hpp"
#include "smpp/lint/client_lint.hpp"

namespace mock_smsc {

class client_watch {
public:
    /// A bind was answered. REQUIRES: the session has a watch, its system_id and, when accepted,
    /// its account.
    void on_bind(const session_info& session, smpp::command_id bind, bool accepted);
    /// The session has ended. REQUIRES: as above.
    void on_end(const session_info& session);

private:
    void tell(const session_info& session);

    smpp::lint::client_lint lint_;
    std::size_t told_ = 0;
};

}  // namespace mock_smsc
