#include "mock-smsc/store/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <stdexcept>

#include "mock-smsc/store/statement.hpp"

namespace mock_smsc {
namespace {

constexpr std::int64_t application_id = 0x534D5343;  // "SMSC"
/// Each brings a database from the version of its place to the next one; all of them make a new
/// one.
constexpr const char* migrations[] = {
    R"(
    CREATE TABLE sessions(
        id INTEGER PRIMARY KEY, system_id TEXT NOT NULL, system_type TEXT NOT NULL, bind TEXT NOT NULL,
        interface_version INTEGER NOT NULL, peer TEXT NOT NULL, security TEXT NOT NULL,
        opened INTEGER NOT NULL, bound INTEGER NOT NULL) STRICT;
    CREATE TABLE messages(
        id INTEGER PRIMARY KEY, session INTEGER NOT NULL, received INTEGER NOT NULL, done INTEGER NOT NULL,
        status INTEGER NOT NULL, state INTEGER NOT NULL, receipts_due INTEGER NOT NULL, part INTEGER NOT NULL,
        pdu BLOB NOT NULL) STRICT;
    CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
    INSERT INTO counters VALUES('next', 1);
    )",
    "ALTER TABLE sessions ADD COLUMN scope TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE notes(id INTEGER PRIMARY KEY, faults TEXT NOT NULL, tags TEXT NOT NULL) STRICT",
    "ALTER TABLE notes ADD COLUMN receipt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE notes ADD COLUMN refused TEXT NOT NULL DEFAULT ''",
    R"(
    CREATE TABLE answers(first INTEGER PRIMARY KEY, last INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE TABLE receipts(
        message INTEGER NOT NULL, session INTEGER NOT NULL, sequence_number INTEGER NOT NULL, sent INTEGER NOT NULL,
        answered INTEGER NOT NULL, status INTEGER NOT NULL, state INTEGER NOT NULL, destination INTEGER NOT NULL,
        attempts INTEGER NOT NULL, PRIMARY KEY(message, session, sequence_number)) STRICT, WITHOUT ROWID;
    )",
    R"(
    CREATE TABLE mobiles(id INTEGER PRIMARY KEY, account TEXT NOT NULL, queued INTEGER NOT NULL, pdu BLOB NOT NULL) STRICT;
    INSERT INTO counters VALUES('next_mobile', 1);
    )",
};
constexpr auto schema_version = static_cast<std::int64_t>(std::size(migrations));

}  // namespace

journal::journal(const std::string& path, durability how) : path_(path), how_(how) {
    // Held beside SQLite's own locks, as long as the database is open: two programs would number
    // messages alike.
    lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_ < 0) {
        refuse(std::strerror(errno));
    }
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        refuse("it is in use by another mock-smsc");
    }
    try {
        open_database();
    } catch (...) {
        sqlite3_close(db_);
        ::close(lock_);
        throw;
    }
}

journal::~journal() {
    for (auto* each :
         {&insert_message_, &insert_session_, &update_message_, &erase_message_, &prune_messages_,
          &erase_session_, &set_next_, &insert_note_, &erase_note_, &prune_notes_, &insert_answer_,
          &prune_answers_, &insert_receipt_, &erase_receipts_, &prune_receipts_, &insert_mobile_,
          &erase_mobile_, &set_next_mobile_}) {
        each->reset();
    }
    sqlite3_close(db_);
    ::close(lock_);
}

void journal::refuse(const std::string& why) const {
    throw std::runtime_error(fmt::format("cannot use the database {}: {}", path_, why));
}

void journal::open_database() {
    if (sqlite3_open_v2(path_.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK) {
        refuse(sqlite3_errmsg(db_));
    }
    sqlite3_busy_timeout(db_, 5000);
    const off_t size = ::lseek(lock_, 0, SEEK_END);
    if (size > 0) {
        check_ours();
    }
    migrate();
    const bool set = execute("PRAGMA journal_mode = WAL") &&
                     execute(how_ == durability::disk ? "PRAGMA synchronous = FULL"
                                                      : "PRAGMA synchronous = NORMAL");
    if (!set) {
        refuse(sqlite3_errmsg(db_));
    }
    prepare();
}

void journal::check_ours() {
    try {
        if (number("PRAGMA application_id") != application_id) {
            refuse("it is not a database of mock-smsc");
        }
        const auto version = number("PRAGMA user_version");
        if (version > schema_version) {
            refuse(fmt::format("a newer mock-smsc has written it (schema {}, known {})", version,
                               schema_version));
        }
        statement check(db_, "PRAGMA quick_check(1)");
        if (!check.row() || check.text(0) != "ok") {
            std::string finding = check.text(0);
            std::replace(finding.begin(), finding.end(), '\n', ' ');
            refuse("it is damaged: " + (finding.empty() ? sqlite3_errmsg(db_) : finding));
        }
    } catch (const std::runtime_error& failed) {
        const std::string_view text = failed.what();
        if (text.starts_with("cannot use")) {
            throw;
        }
        refuse(failed.what());
    }
}

void journal::migrate() {
    const auto require = [this](bool done) {
        if (!done) {
            refuse(sqlite3_errmsg(db_));
        }
    };
    auto version = number("PRAGMA user_version");
    if (version == schema_version) {
        return;
    }
    // All or nothing: when this fails, the file is as it was.
    require(execute("BEGIN IMMEDIATE"));
    for (; version < schema_version; ++version) {
        require(execute(migrations[version]));
    }
    const auto numbers = fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                     application_id, schema_version);
    require(execute(numbers.c_str()));
    require(execute("COMMIT"));
}

void journal::prepare() {
    const auto make = [this](const char* sql) { return std::make_unique<statement>(db_, sql); };
    try {
        insert_message_ = make("INSERT OR REPLACE INTO messages VALUES(?,?,?,?,?,?,?,?,?)");
        insert_session_ = make("INSERT OR REPLACE INTO sessions VALUES(?,?,?,?,?,?,?,?,?,?)");
        update_message_ = make("UPDATE messages SET done=?, state=?, receipts_due=? WHERE id=?");
        erase_message_ = make("DELETE FROM messages WHERE id=?");
        prune_messages_ = make("DELETE FROM messages WHERE id<?");
        erase_session_ = make("DELETE FROM sessions WHERE id=?");
        insert_note_ = make("INSERT OR REPLACE INTO notes VALUES(?,?,?,?,?)");
        erase_note_ = make("DELETE FROM notes WHERE id=?");
        prune_notes_ = make("DELETE FROM notes WHERE id<?");
        insert_answer_ = make("INSERT OR REPLACE INTO answers VALUES(?,?,?)");
        prune_answers_ = make("DELETE FROM answers WHERE first<?1 AND last<?1");
        insert_receipt_ = make("INSERT OR REPLACE INTO receipts VALUES(?,?,?,?,?,?,?,?,?)");
        erase_receipts_ = make("DELETE FROM receipts WHERE message=?");
        prune_receipts_ = make("DELETE FROM receipts WHERE message<?");
        insert_mobile_ = make("INSERT OR REPLACE INTO mobiles VALUES(?,?,?,?)");
        erase_mobile_ = make("DELETE FROM mobiles WHERE id=?");
        set_next_mobile_ = make("UPDATE counters SET value=MAX(value, ?) WHERE name='next_mobile'");
        set_next_ = make("UPDATE counters SET value=? WHERE name='next'");
    } catch (const std::runtime_error& failed) {
        refuse(failed.what());
    }
}

bool journal::execute(const char* sql) {
    return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::int64_t journal::number(const char* query) {
    statement asked(db_, query);
    if (!asked.row()) {
        throw std::runtime_error(sqlite3_errmsg(db_));
    }
    return asked.number(0);
}

std::string journal::write(const journal_batch& batch) {
    if (execute("BEGIN IMMEDIATE") && write_all(batch) && execute("COMMIT")) {
        return {};
    }
    std::string why = sqlite3_errmsg(db_);
    // Some failures have rolled back already; then this one has nothing to do.
    std::ignore = execute("ROLLBACK");
    return why;
}

bool journal::write_all(const journal_batch& batch) {
    for (const session_info& each : batch.sessions_) {
        insert_session_->bind(static_cast<std::int64_t>(each.id))
            .bind(each.system_id)
            .bind(each.system_type)
            .bind(each.bind)
            .bind(std::int64_t{each.interface_version})
            .bind(each.peer)
            .bind(each.security)
            .bind(each.opened)
            .bind(each.bound)
            .bind(each.scope);
        if (!insert_session_->run()) {
            return false;
        }
    }
    return write_messages(batch) && write_what_belongs_to_them(batch) && write_mobiles(batch) &&
           remove_all(batch);
}

bool journal::write_mobiles(const journal_batch& batch) {
    for (const mobile_row& each : batch.mobiles_) {
        const auto id = static_cast<std::int64_t>(each.id);
        insert_mobile_->bind(id)
            .bind(each.account)
            .bind(each.queued)
            .bind(smpp::as_octets(*each.frame));
        if (!insert_mobile_->run() || !set_next_mobile_->bind(id + 1).run()) {
            return false;
        }
    }
    return std::all_of(batch.erased_mobiles_.begin(), batch.erased_mobiles_.end(),
                       [this](std::uint64_t id) {
                           return erase_mobile_->bind(static_cast<std::int64_t>(id)).run();
                       });
}

bool journal::write_messages(const journal_batch& batch) {
    for (const auto& each : batch.rows_) {
        const record& r = each.values;
        insert_message_->bind(static_cast<std::int64_t>(each.id))
            .bind(static_cast<std::int64_t>(r.session))
            .bind(r.received)
            .bind(r.done)
            .bind(static_cast<std::int64_t>(r.status))
            .bind(static_cast<std::int64_t>(r.state))
            .bind(std::int64_t{r.receipts_due})
            .bind(std::int64_t{r.part})
            .bind(smpp::octet_span(batch.octets_).subspan(each.offset, r.length));
        if (!insert_message_->run()) {
            return false;
        }
        next_ = std::max(next_, each.id + 1);
    }
    for (const auto& each : batch.changes_) {
        update_message_->bind(each.done)
            .bind(static_cast<std::int64_t>(each.state))
            .bind(std::int64_t{each.receipts_due})
            .bind(static_cast<std::int64_t>(each.id));
        if (!update_message_->run()) {
            return false;
        }
    }
    return true;
}

bool journal::write_what_belongs_to_them(const journal_batch& batch) {
    for (const auto& [id, note] : batch.notes_) {
        std::string tags;
        for (const auto& tag : note.tags) {
            tags += (tags.empty() ? "" : ",") + tag;
        }
        if (!insert_note_->bind(static_cast<std::int64_t>(id))
                 .bind(note.faults)
                 .bind(tags)
                 .bind(note.receipt)
                 .bind(to_text(note.refused))
                 .run()) {
            return false;
        }
    }
    for (const auto& each : batch.answers_) {
        if (!insert_answer_->bind(static_cast<std::int64_t>(each.first))
                 .bind(static_cast<std::int64_t>(each.last))
                 .bind(each.at)
                 .run()) {
            return false;
        }
    }
    for (const auto& [id, receipt] : batch.receipts_) {
        insert_receipt_->bind(static_cast<std::int64_t>(id))
            .bind(static_cast<std::int64_t>(receipt.session))
            .bind(std::int64_t{receipt.sequence_number})
            .bind(receipt.sent)
            .bind(receipt.answered)
            .bind(static_cast<std::int64_t>(receipt.status))
            .bind(static_cast<std::int64_t>(receipt.state))
            .bind(std::int64_t{receipt.destination})
            .bind(std::int64_t{receipt.attempts});
        if (!insert_receipt_->run()) {
            return false;
        }
    }
    return true;
}

bool journal::remove_all(const journal_batch& batch) {
    for (const message_number id : batch.erased_) {
        if (!erase_message_->bind(static_cast<std::int64_t>(id)).run() ||
            !erase_note_->bind(static_cast<std::int64_t>(id)).run() ||
            !erase_receipts_->bind(static_cast<std::int64_t>(id)).run()) {
            return false;
        }
    }
    for (const std::uint64_t id : batch.forgotten_) {
        if (!erase_session_->bind(static_cast<std::int64_t>(id)).run()) {
            return false;
        }
    }
    const auto first = static_cast<std::int64_t>(batch.first_);
    for (statement* each :
         {prune_messages_.get(), prune_notes_.get(), prune_answers_.get(), prune_receipts_.get()}) {
        if (first != 0 && !each->bind(first).run()) {
            return false;
        }
    }
    next_ = std::max(next_, batch.first_);
    return set_next_->bind(static_cast<std::int64_t>(next_)).run();
}

}  // namespace mock_smsc
