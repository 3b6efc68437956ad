// Records in SQLite, so that they outlive the program. What is written is what the memory holds:
// the journal is read once, at start.
//
//     mock_smsc::journal file("records.db", durability::committed);
//     file.load(100'000, {on_session, on_message});
//     if (const std::string failed = file.write(batch); !failed.empty()) { ... nothing was written
//     }
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mock-smsc/options.hpp"
#include "mock-smsc/sessions.hpp"
#include "mock-smsc/store/message_store.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace mock_smsc {

/// A message from a mobile that waits for its account.
struct mobile_row {
    std::uint64_t id = 0;
    std::string account;
    microseconds_utc queued = 0;
    std::shared_ptr<const std::string> frame;
};

/// What changed, in the order of the members.
class journal_batch {
public:
    struct row {
        message_number id = 0;
        record values;
        std::size_t offset = 0;  ///< into octets
    };
    struct change {
        message_number id = 0;
        microseconds_utc done = 0;
        smpp::message_state state{};
        std::uint8_t receipts_due = 0;
    };

    void add(message_number id, const record& values, smpp::octet_span frame);
    void add(const session_info& session);
    void update(message_number id, const record& values);
    void note(message_number id, const message_note& values);
    /// The answer left; those of a millisecond share one time.
    void answered(message_number id, microseconds_utc when);
    /// A receipt is acknowledged or given up.
    void add(message_number id, const sent_receipt& receipt) {
        receipts_.emplace_back(id, receipt);
    }
    /// A message from a mobile waits; or does not any more.
    void add_mobile(mobile_row row);
    void erase_mobile(std::uint64_t id);
    void erase(message_number id) { erased_.push_back(id); }
    void forget_session(std::uint64_t id) { forgotten_.push_back(id); }
    /// Messages before this one are gone.
    void prune_before(message_number id) { first_ = id; }

    /// Whatever `failed` has and could not be written comes first; of the messages `refused`
    /// (ascending) nothing. What is written twice, or of messages that are gone, is left out: who
    /// goes on failing needs no more and more memory.
    void put_back(journal_batch& failed, const std::vector<message_number>& refused);

    [[nodiscard]] bool empty() const noexcept {
        return rows_.empty() && sessions_.empty() && changes_.empty() && notes_.empty() &&
               answers_.empty() && receipts_.empty() && mobiles_.empty() &&
               erased_mobiles_.empty() && erased_.empty() && forgotten_.empty() && first_ == 0;
    }
    [[nodiscard]] std::size_t octets() const noexcept {
        return octets_.size() + note_octets_ + sessions_.size() * sizeof(session_info) +
               receipts_.size() * sizeof(sent_receipt) +
               (rows_.size() + changes_.size()) * sizeof(row);
    }
    /// For reuse: keeps the memory.
    void clear();

private:
    struct answer_run {
        message_number first = 0, last = 0;
        microseconds_utc at = 0;
    };
    void take_rows(const journal_batch& from, const std::vector<message_number>& refused);
    void drop_superfluous();

    friend class journal;
    std::vector<session_info> sessions_;
    std::vector<row> rows_;
    std::vector<std::uint8_t> octets_;
    std::vector<change> changes_;
    std::vector<std::pair<message_number, message_note>> notes_;
    std::size_t note_octets_ = 0;
    std::vector<answer_run> answers_;
    std::vector<std::pair<message_number, sent_receipt>> receipts_;
    std::vector<mobile_row> mobiles_;
    std::vector<std::uint64_t> erased_mobiles_;
    std::vector<message_number> erased_;
    std::vector<std::uint64_t> forgotten_;
    message_number first_ = 0;
};

class journal {
public:
    /// Throws std::runtime_error that names the file and says what is wrong with it. A file that is
    /// not ours, damaged or in use is left as it is.
    journal(const std::string& path, durability how);
    ~journal();
    journal(const journal&) = delete;
    journal& operator=(const journal&) = delete;

    /// What is told of the last messages: sessions, messages, notes, receipts, each ascending.
    struct listener {
        std::function<void(session_info)> on_session;
        std::function<void(message_number, const record&, smpp::octet_span)> on_message;
        std::function<void(message_number, message_note)> on_note{};
        std::function<void(message_number, const sent_receipt&)> on_receipt{};
        std::function<void(mobile_row)> on_mobile{};
        std::function<void(std::uint64_t)> on_next_mobile{};  ///< the number of the next one
    };
    /// The last `count` messages and what belongs to them. Returns the number that the next message
    /// gets.
    message_number load(std::size_t count, const listener& to);

    /// All of it or nothing. Empty: done; else what went wrong.
    [[nodiscard]] std::string write(const journal_batch& batch);

private:
    class statement;

    void open_database();
    void check_ours();
    void migrate();
    void prepare();
    [[nodiscard]] std::int64_t number(const char* query);
    void load_sessions(const listener& to);
    void load_messages(message_number first, const listener& to);
    void load_notes(message_number first, const listener& to);
    void load_receipts(message_number first, const listener& to);
    void load_mobiles(const listener& to);
    [[nodiscard]] bool write_mobiles(const journal_batch& batch);
    [[nodiscard]] bool write_all(const journal_batch& batch);
    [[nodiscard]] bool write_messages(const journal_batch& batch);
    [[nodiscard]] bool write_what_belongs_to_them(const journal_batch& batch);
    [[nodiscard]] bool remove_all(const journal_batch& batch);
    [[nodiscard]] bool execute(const char* sql);
    [[noreturn]] void refuse(const std::string& why) const;

    std::string path_;
    int lock_ = -1;
    sqlite3* db_ = nullptr;
    durability how_;
    message_number next_ = 1;
    std::unique_ptr<statement> insert_message_, insert_session_, update_message_, erase_message_,
        prune_messages_, erase_session_, set_next_, insert_note_, erase_note_, prune_notes_,
        insert_answer_, prune_answers_, insert_receipt_, erase_receipts_, prune_receipts_,
        insert_mobile_, erase_mobile_, set_next_mobile_;
};

}  // namespace mock_smsc
