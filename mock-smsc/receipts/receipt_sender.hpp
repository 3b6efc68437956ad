// Sends receipts: to the session that submitted, or to any of the account that can receive; kept
// until there is one, sent again until it is acknowledged.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/receipts/mobile_log.hpp"
#include "mock-smsc/rules/rule.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {

class receipt_sender {
public:
    static constexpr unsigned max_attempts = 10;
    static constexpr std::size_t max_mo = 10'000;  ///< waiting for an account
    static constexpr std::chrono::seconds retry_delay{1};

    receipt_sender(boost::asio::any_io_executor executor, message_store& store,
                   session_registry& sessions);

    using style = std::shared_ptr<const receipt_action>;  ///< null: the specification's

    /// The message is in its final state and receipts are due. They leave with the next pump().
    void queue(message_number id, const style& how = nullptr);
    /// It is in that state on its way there.
    void queue_step(message_number id, smpp::message_state state, const style& how = nullptr);
    void pump();
    /// A message from a mobile, for any receiver of the account; rather for that session, as long
    /// as it is there. Its number; 0: too many wait.
    [[nodiscard]] std::uint64_t queue_mo(const std::string& account,
                                         const smpp::deliver_sm& message,
                                         std::uint64_t session = 0);
    /// One of an earlier run that still waits.
    void requeue_mo(mobile_record known);
    [[nodiscard]] mobile_log& mobiles() noexcept { return mobiles_; }
    [[nodiscard]] const mobile_log& mobiles() const noexcept { return mobiles_; }
    /// Called with a message from a mobile that is queued, sent, delivered or given up.
    std::function<void(const mobile_record&)> on_mobile;

    // What sessions tell.
    void on_bound(smpp::server_session& session, const session_info& info);
    void on_closed(smpp::server_session& session, const session_info& info);
    void on_response(std::uint64_t token, smpp::command_status status);
    void on_failed(std::uint64_t token, smpp::error_code why);

    /// Nothing is due any more.
    void clear();
    /// Nothing waits for that account any more.
    void clear(std::string_view account);

    [[nodiscard]] std::size_t waiting() const noexcept;
    [[nodiscard]] std::uint64_t acknowledged() const noexcept { return acknowledged_; }
    [[nodiscard]] std::uint64_t given_up() const noexcept { return given_up_; }

    /// A receipt is acknowledged or given up; record::receipts_due is one less, unless it was one
    /// on the way or a copy. Where the store has noted it.
    std::function<void(message_number, std::uint32_t noted)> on_settled;

private:
    struct entry {
        message_number id = 0;
        std::uint64_t session = 0;     // that submitted
        std::uint8_t destination = 0;  // index
        std::uint8_t attempts = 0;
        std::uint32_t noted = message_store::not_kept;  // in the store
        bool counted = true;                            // in record::receipts_due
        std::optional<smpp::message_state> step{};      // empty: the record's
        style how{};
        std::shared_ptr<const std::string>
            mo{};  // the deliver_sm, instead of a receipt; id: its number
    };
    /// What waits for an account.
    struct outbox {
        std::string account;
        std::deque<entry> waiting;
        std::vector<smpp::server_session*> receivers;
        std::size_t turn = 0;
        std::size_t in_flight = 0;
        bool dirty = false;
    };
    struct in_flight {
        entry what;
        outbox* from = nullptr;
        std::uint64_t session = 0;
    };
    struct later {
        std::chrono::steady_clock::time_point when;
        std::string account;
        entry what;
    };

    void add(const entry& what, const record& r);
    outbox& box_of(const std::string& account);
    void mark(outbox& box);
    void pump(outbox& box);
    [[nodiscard]] smpp::server_session* choose(outbox& box, const entry& next);
    [[nodiscard]] bool send(smpp::server_session& session, entry& what, std::uint64_t token);
    void note_sent(const smpp::server_session& session, entry& what, smpp::message_state state,
                   std::uint32_t sequence_number);
    [[nodiscard]] bool send_mo(smpp::server_session& session, const entry& what,
                               std::uint64_t token);
    void mobile_changed(const entry& what, mobile_record::fate state);
    void forget_mobiles(outbox& box);
    void retry_later(const in_flight& what);
    void retry_due();
    void settle(const entry& what, bool acknowledged);
    void drop_if_idle(outbox& box);
    void drop_stale(outbox& box);
    void purge();
    [[nodiscard]] bool take(std::uint64_t token, in_flight& out);
    void arm_timer();

    message_store& store_;
    session_registry& sessions_;
    boost::asio::steady_timer timer_;
    std::map<std::string, std::unique_ptr<outbox>, std::less<>> boxes_;
    std::vector<outbox*> dirty_, spare_;
    mobile_log mobiles_;
    std::unordered_map<std::uint64_t, in_flight> in_flight_;
    std::deque<later> later_;
    std::size_t purge_at_ = 1000;  // outboxes
    std::uint64_t last_token_ = 0;
    std::uint64_t acknowledged_ = 0;
    std::uint64_t given_up_ = 0;
};

}  // namespace mock_smsc
