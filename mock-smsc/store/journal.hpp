// Records in SQLite, so that they outlive the program. What is written is what the memory holds:
// the journal is read once, at start.
//
//     mock_smsc::journal file("records.db", durability::committed);
//     file.load(100'000, on_session, on_message);
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
    void note(message_number id, const message_note& values) { notes_.emplace_back(id, values); }
    void erase(message_number id) { erased_.push_back(id); }
    void forget_session(std::uint64_t id) { forgotten_.push_back(id); }
    /// Messages before this one are gone.
    void prune_before(message_number id) { first_ = id; }

    [[nodiscard]] bool empty() const noexcept {
        return rows_.empty() && sessions_.empty() && changes_.empty() && notes_.empty() &&
               erased_.empty() && forgotten_.empty() && first_ == 0;
    }
    [[nodiscard]] std::size_t octets() const noexcept {
        return octets_.size() + (rows_.size() + changes_.size()) * sizeof(row);
    }
    /// For reuse: keeps the memory.
    void clear();

private:
    friend class journal;
    std::vector<session_info> sessions_;
    std::vector<row> rows_;
    std::vector<std::uint8_t> octets_;
    std::vector<change> changes_;
    std::vector<std::pair<message_number, message_note>> notes_;
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

    /// The last `count` messages and what belongs to them: sessions, messages, notes, each
    /// ascending. Returns the number that the next message gets.
    message_number load(
        std::size_t count, const std::function<void(session_info)>& on_session,
        const std::function<void(message_number, const record&, smpp::octet_span)>& on_message,
        const std::function<void(message_number, message_note)>& on_note = {});

    /// All of it or nothing. Empty: done; else what went wrong.
    [[nodiscard]] std::string write(const journal_batch& batch);

private:
    class statement;

    void open_database();
    void check_ours();
    void migrate();
    void prepare();
    [[nodiscard]] std::int64_t number(const char* query);
    void load_notes(message_number first,
                    const std::function<void(message_number, message_note)>& on_note);
    [[nodiscard]] bool write_all(const journal_batch& batch);
    [[nodiscard]] bool remove_all(const journal_batch& batch);
    [[nodiscard]] bool execute(const char* sql);
    [[noreturn]] void refuse(const std::string& why) const;

    std::string path_;
    int lock_ = -1;
    sqlite3* db_ = nullptr;
    durability how_;
    message_number next_ = 1;
    std::unique_ptr<statement> insert_message_, insert_session_, update_message_, erase_message_,
        prune_messages_, erase_session_, set_next_, insert_note_, erase_note_, prune_notes_;
};

}  // namespace mock_smsc
