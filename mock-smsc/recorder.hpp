// Takes submits: records them, answers them (after the commit, where there is a database), and
// sees to their delivery.
#pragma once

#include <memory>
#include <vector>

#include "mock-smsc/counters.hpp"
#include "mock-smsc/receipts/deliveries.hpp"
#include "mock-smsc/receipts/receipt_sender.hpp"
#include "mock-smsc/rules/fault_player.hpp"
#include "mock-smsc/rules/rule_set.hpp"
#include "mock-smsc/store/journal_writer.hpp"
#include "mock-smsc/store/part_index.hpp"
#include "mock-smsc/store/pending_index.hpp"
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
        rule_set& rules;
        fault_player& faults;
        counters& counts;
        journal_writer* journal = nullptr;  ///< null: memory only
    };
    /// Submits waiting for their commit, octets of them; more are refused with ESME_RMSGQFUL.
    static constexpr std::size_t most_uncommitted = std::size_t{64} << 20;

    recorder(const parts& p, durability how, const delivery_settings& settings);

    /// Answers and forgets: no records, no receipts, no rules.
    void keep_nothing() noexcept { keep_nothing_ = true; }

    void submit(smpp::server_session& session, session_info& info, const smpp::header& head,
                const message_fields& fields, smpp::octet_span frame);
    /// A session has an account now: records will refer to it.
    void bound(const session_info& info);
    /// The turn is over: what came in it is committed, or can be seen.
    void turn_end();
    /// The message gets its final state, if it still waits for one.
    bool finish(message_number id, smpp::message_state state);
    /// Other octets for a message that waits for its final state, and another plan.
    bool replace(message_number id, smpp::octet_span frame);
    /// A receipt by hand: the message gets that state, whatever it had. False: there is none.
    bool finish_by_hand(message_number id, smpp::message_state state,
                        const receipt_sender::style& how = nullptr);
    void erase(message_number id);
    /// No messages, and nothing due.
    void reset();
    /// The same for a message of that scope, be it published or not.
    void erase_of_scope(message_number id, std::string_view scope);
    /// Changes tags or faults; `change` says whether it did. False: it did not, or there is no such
    /// message.
    bool annotate(message_number id, const std::function<bool(message_note&)>& change);
    /// Called with a message whose state has changed.
    std::function<void(message_number)> on_state;
    /// Called with a message whose receipt is acknowledged or given up; null: it is not kept.
    std::function<void(message_number, const sent_receipt*)> on_receipt;
    /// Called with a message from a mobile that is queued, sent, delivered or given up.
    std::function<void(const mobile_record&)> on_mobile;
    /// Called with a message whose tags or faults have changed.
    std::function<void(message_number)> on_note;
    /// Calls once all changes so far are committed, or could not be: these stay, and are written as
    /// soon as that is possible. At once where nothing is awaited.
    void when_committed(std::function<void(bool written)> told);
    /// The database could not be written last time.
    [[nodiscard]] bool failing() const noexcept { return failing_; }
    /// The message is forgotten.
    void forget(message_number id) { verdicts_.erase(id); }
    [[nodiscard]] std::chrono::milliseconds receipt_delay() const noexcept {
        return std::chrono::duration_cast<std::chrono::milliseconds>(settings_.delay);
    }
    void set_receipt_delay(std::chrono::milliseconds delay) noexcept { settings_.delay = delay; }
    /// Takes in what the journal holds, and goes on with it. Before anything else.
    void restore(journal& from, std::size_t most);

private:
    struct answer {
        std::shared_ptr<smpp::server_session> session;
        smpp::command_id command{};
        std::uint32_t sequence_number = 0;
        message_number id = 0;
        smpp::command_status status{};
        delivery_plan plan;
        std::shared_ptr<const verdict> fault;  ///< null: answered plainly
        std::uint64_t place = 0;               ///< in the index of those that may be replaced
        bool replaces = false;  ///< messages that are not delivered yet, if there are any
    };

    [[nodiscard]] std::shared_ptr<const verdict> judge(message_number id, record& r,
                                                       const session_info& info,
                                                       const message_fields& fields);
    void give(const answer& what, microseconds_utc now);
    void count(const answer& what, microseconds_utc now);
    void refuse(const answer& what);
    void answered(message_number id, microseconds_utc now);

    /// Borrows from the record.
    [[nodiscard]] std::vector<smpp::basic_unsuccess_sme<smpp::view>> unsuccess_of(
        const answer& what) const;
    void reply(const answer& what);
    [[nodiscard]] receipt_sender::style style_of(message_number id) const;
    [[nodiscard]] delivery_plan plan_for(const message_fields& fields, microseconds_utc now,
                                         record& r, const verdict* fault) const;
    /// By what a rule once said about it.
    [[nodiscard]] delivery_plan plan_again(message_number id, const message_fields& fields,
                                           microseconds_utc from);
    [[nodiscard]] delivery_plan plan_left(message_number id, const message_fields& fields,
                                          const record& r);
    void index_part(message_number id, record& r, const session_info& info,
                    const message_fields& fields);
    void after_answer(const answer& what);
    void give_way(message_number to);
    void on_settled(message_number id, std::uint32_t noted);
    void keep_mobile(const mobile_record& which);
    void commit();
    void tell_committed(bool written);
    void on_committed(const std::string& failed);
    void on_changed(message_number id);
    void keep_state(message_number id);
    void resume(message_number id);

    parts p_;
    durability how_;
    delivery_settings settings_;
    std::vector<answer> next_answers_;  // for the batch that is being collected
    std::vector<answer> answers_;       // for the batch that is being written
    message_number written_end_ = 0;    // of the batch that is being written
    std::vector<std::function<void(bool)>> next_told_, told_;  // of these batches
    // What rules said about receipts.
    std::unordered_map<message_number, std::shared_ptr<const verdict>> verdicts_;
    pending_index pending_;
    std::uint16_t reply_reference_ = 0;
    message_number pruned_ = 1;
    message_number forgotten_ = 0;
    bool keep_nothing_ = false;
    bool failing_ = false;
};

}  // namespace mock_smsc
