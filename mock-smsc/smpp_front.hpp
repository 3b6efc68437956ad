// The SMPP side: answers clients and records what they submit.
#pragma once

#include "mock-smsc/accounts.hpp"
#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/sessions.hpp"
#include "mock-smsc/store/message_store.hpp"
#include "mock-smsc/store/part_index.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {

class smpp_front final : public smpp::server_handler {
public:
    smpp_front(const accounts& who, session_registry& sessions, message_store& store,
               part_index& parts)
        : accounts_(who), sessions_(sessions), store_(store), parts_(parts) {}

    void on_open(smpp::server_session& session) override;
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span frame) override;
    void on_bad_pdu(smpp::server_session& session, const smpp::event& what) override;
    void on_turn_end(smpp::server_session& session) override;
    void on_close(smpp::server_session& session, smpp::error_code why) override;

private:
    template <class Bind>
    void bind(smpp::server_session& session, const smpp::header& head, const Bind& body,
              std::string_view kind);
    void submit(smpp::server_session& session, const smpp::header& head,
                const message_fields& fields, smpp::octet_span frame);

    const accounts& accounts_;
    session_registry& sessions_;
    message_store& store_;
    part_index& parts_;
};

}  // namespace mock_smsc
