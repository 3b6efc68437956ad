// Takes submits: records them, answers them (after the commit, where there is a database), and
// sees to their delivery.
#pragma once

#include <memory>
#include <vector>

#include "mock-smsc/receipts/deliveries.hpp"
#include "mock-smsc/receipts/receipt_sender.hpp"
#include "mock-smsc/store/journal_writer.hpp"
#include "mock-smsc/store/part_index.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {

class recorder {
public:
    struct parts {
        message_store& store;
        session_registry& sessions;
        part_index& index;
        deliveries& delivery;
        receipt_sender& receipts;
        journal_writer* journal = nullptr;  ///< null: memory only
    };
    /// Submits waiting for their commit, octets of them; more are refused with ESME_RMSGQFUL.
    static constexpr std::size_t most_uncommitted = std::size_t{64} << 20;

    recorder(const parts& p, durability how, const delivery_settings& settings);

    void submit(smpp::server_session& session, session_info& info, const smpp::header& head,
                const message_fields& fields, smpp::octet_span frame);
    /// A session has an account now: records will refer to it.
    void bound(const session_info& info);
    /// The turn is over: what came in it is committed, or can be seen.
    void turn_end();
    /// Takes in what the journal holds, and goes on with it. Before anything else.
    void restore(journal& from, std::size_t most);

private:
    struct answer {
        std::shared_ptr<smpp::server_session> session;
        smpp::command_id command{};
        std::uint32_t sequence_number = 0;
        message_number id = 0;
        delivery_plan plan;
    };

    void index_part(message_number id, record& r, const session_info& info,
                    const message_fields& fields);
    void after_answer(message_number id, const delivery_plan& plan);
    void commit();
    void on_committed(const std::string& failed);
    void on_changed(message_number id);
    void resume(message_number id);

    parts p_;
    durability how_;
    delivery_settings settings_;
    std::vector<answer> next_answers_;  // for the batch that is being collected
    std::vector<answer> answers_;       // for the batch that is being written
    message_number written_end_ = 0;    // of the batch that is being written
    message_number pruned_ = 1;
    bool failing_ = false;
};

/// submit_sm_resp and its kin.
void answer_submit(smpp::server_session& session, smpp::command_id request,
                   std::uint32_t sequence_number, smpp::command_status status,
                   std::string_view message_id);

}  // namespace mock_smsc
