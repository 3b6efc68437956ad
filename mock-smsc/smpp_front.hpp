// The SMPP side: answers clients and hands on what they submit.
#pragma once

#include <map>
#include <utility>

#include "mock-smsc/accounts/accounts.hpp"
#include "mock-smsc/counters.hpp"
#include "mock-smsc/lint/client_watch.hpp"
#include "mock-smsc/operations.hpp"
#include "smpp/asio/server.hpp"
#include "smpp/lint/session_lint.hpp"

namespace mock_smsc {

class smpp_front final : public smpp::server_handler {
public:
    smpp_front(accounts& who, session_registry& sessions, recorder& records,
               receipt_sender& receipts, rule_set& rules, fault_player& faults, operations& asked,
               counters& counts)
        : accounts_(who),
          sessions_(sessions),
          recorder_(records),
          receipts_(receipts),
          rules_(rules),
          faults_(faults),
          operations_(asked),
          counts_(counts) {}

    /// Lints the first so many PDUs of each session; 0: none.
    void lint_sessions(std::uint64_t pdus) noexcept { lint_pdus_ = pdus; }
    /// Called with what a session does against the specification.
    std::function<void(const session_info&, const smpp::lint::session_finding&)> on_lint;

    void on_open(smpp::server_session& session) override;
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span frame) override;
    void on_response(smpp::server_session& session, std::uint64_t token, const smpp::header& head,
                     const smpp::body_view& body) override;
    void on_request_failed(smpp::server_session& session, std::uint64_t token,
                           smpp::error_code why) override;
    void on_bad_pdu(smpp::server_session& session, const smpp::event& what) override;
    void on_turn_end(smpp::server_session& session) override;
    void on_close(smpp::server_session& session, smpp::error_code why) override;

private:
    /// A bind that waits for its answer.
    struct pending_bind {
        std::shared_ptr<smpp::server_session> session;
        std::uint32_t sequence_number = 0;
        smpp::interface_version version{};
        bind_kind kind{};
        std::string system_id;
        smpp::command_id command{};
    };

    /// By rules about connections.
    void welcome(smpp::server_session& session);
    /// enquire_link and unbind. False: the session answers them.
    bool take_control(smpp::server_session& session, const smpp::header& head);
    void operate(smpp::server_session& session, const smpp::header& head,
                 const smpp::body_view& body, smpp::octet_span frame);
    /// The answer to that request leaves in that way, whenever it is given.
    void spoil_answer(smpp::server_session& session, std::uint32_t sequence_number,
                      const verdict& how);
    void later(std::chrono::microseconds delay, std::function<void()> what);
    void answer_operation(smpp::server_session& session, const smpp::header& head,
                          const smpp::body_view& body);
    template <class Bind>
    void bind(smpp::server_session& session, const smpp::header& head, const Bind& body,
              bind_kind kind);
    template <class Bind>
    void judge_bind(const pending_bind& what, const admission& said);
    template <class Bind>
    void answer_bind(const pending_bind& what, smpp::command_status status,
                     std::shared_ptr<account_use> use);

    accounts& accounts_;
    session_registry& sessions_;
    recorder& recorder_;
    receipt_sender& receipts_;
    rule_set& rules_;
    fault_player& faults_;
    operations& operations_;
    counters& counts_;
    /// By session and sequence_number: answers that are not given yet.
    std::map<std::pair<std::uint64_t, std::uint32_t>, verdict> spoilt_;
    std::uint64_t lint_pdus_ = 0;
    client_watch clients_;
};

}  // namespace mock_smsc
