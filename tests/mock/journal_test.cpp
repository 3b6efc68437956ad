#include "mock-smsc/store/journal.hpp"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using namespace mock_smsc;
using testing::HasSubstr;

class journal_file : public testing::Test {
protected:
    journal_file() {
        std::string name = testing::TempDir() + "journal.XXXXXX";
        folder_ = ::mkdtemp(name.data());
        path = folder_ + "/records.db";
    }
    ~journal_file() override { std::filesystem::remove_all(folder_); }

    struct loaded {
        std::vector<std::string> accounts;
        std::vector<std::pair<message_number, std::string>> messages;
        std::vector<record> records;
        message_number next = 0;
    };
    static loaded load(journal& file, std::size_t most = 1000) {
        loaded out;
        out.next = file.load(
            most, [&](session_info session) { out.accounts.push_back(session.system_id); },
            [&](message_number id, const record& known, smpp::octet_span octets) {
                out.messages.emplace_back(id, smpp::as_text(octets));
                out.records.push_back(known);
            });
        return out;
    }
    static record make(std::string_view octets) {
        record out;
        out.session = 3;
        out.received = 17;
        out.length = static_cast<std::uint32_t>(octets.size());
        return out;
    }
    std::string why_refused() {
        try {
            journal refused(path, durability::committed);
        } catch (const std::runtime_error& failed) {
            return failed.what();
        }
        return "not refused";
    }

    std::string path;

private:
    std::string folder_;
};

TEST_F(journal_file, gives_back_what_was_written) {
    {
        journal file(path, durability::committed);
        journal_batch batch;
        session_info session;
        session.id = 3;
        session.system_id = "user";
        batch.add(session);
        batch.add(1, make("one"), smpp::as_octets("one"));
        batch.add(2, make("two"), smpp::as_octets("two"));
        EXPECT_EQ(file.write(batch), "");
        batch.clear();
        EXPECT_TRUE(batch.empty());
        record changed;
        changed.state = smpp::message_state::delivered;
        changed.done = 99;
        changed.receipts_due = 2;
        batch.update(1, changed);
        EXPECT_EQ(file.write(batch), "");
    }
    journal file(path, durability::committed);
    const auto found = load(file);
    EXPECT_THAT(found.accounts, testing::ElementsAre("user"));
    EXPECT_THAT(found.messages,
                testing::ElementsAre(testing::Pair(1U, "one"), testing::Pair(2U, "two")));
    EXPECT_EQ(found.records[0].session, 3U);
    EXPECT_EQ(found.records[0].received, 17);
    EXPECT_EQ(found.records[0].state, smpp::message_state::delivered);
    EXPECT_EQ(found.records[0].done, 99);
    EXPECT_EQ(found.records[0].receipts_due, 2U);
    EXPECT_EQ(found.records[1].done, 0);
    EXPECT_EQ(found.next, 3U);
}

TEST_F(journal_file, takes_over_a_database_of_the_first_version) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    const char* first_version = R"(
        PRAGMA application_id = 0x534D5343; PRAGMA user_version = 1;
        CREATE TABLE sessions(id INTEGER PRIMARY KEY, system_id TEXT NOT NULL, system_type TEXT NOT NULL,
            bind TEXT NOT NULL, interface_version INTEGER NOT NULL, peer TEXT NOT NULL, security TEXT NOT NULL,
            opened INTEGER NOT NULL, bound INTEGER NOT NULL) STRICT;
        CREATE TABLE messages(id INTEGER PRIMARY KEY, session INTEGER NOT NULL, received INTEGER NOT NULL,
            done INTEGER NOT NULL, status INTEGER NOT NULL, state INTEGER NOT NULL, receipts_due INTEGER NOT NULL,
            part INTEGER NOT NULL, pdu BLOB NOT NULL) STRICT;
        CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
        INSERT INTO counters VALUES('next', 8);
        INSERT INTO sessions VALUES(3, 'user', '', 'transceiver', 52, '127.0.0.1:1', '', 1, 2);
        INSERT INTO messages VALUES(7, 3, 17, 0, 0, 1, 0, 0, x'6f6e65');
    )";
    ASSERT_EQ(sqlite3_exec(db, first_version, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
    {
        journal file(path, durability::committed);
        const auto found = load(file);
        EXPECT_THAT(found.accounts, testing::ElementsAre("user"));
        EXPECT_THAT(found.messages, testing::ElementsAre(testing::Pair(7U, "one")));
        EXPECT_EQ(found.next, 8U);
        journal_batch batch;
        batch.note(7, {"status", {"a", "b"}});
        EXPECT_EQ(file.write(batch), "");
    }
    journal file(path, durability::committed);
    message_note note;
    file.load(
        10, [](const session_info&) {}, [](message_number, const record&, smpp::octet_span) {},
        [&](message_number id, message_note known) {
            EXPECT_EQ(id, 7U);
            note = std::move(known);
        });
    EXPECT_EQ(note.faults, "status");
    EXPECT_THAT(note.tags, testing::ElementsAre("a", "b"));
}

TEST_F(journal_file, numbers_go_on_after_everything_was_removed) {
    {
        journal file(path, durability::relaxed);
        journal_batch batch;
        for (message_number id = 1; id <= 5; ++id) {
            batch.add(id, make("x"), smpp::as_octets("x"));
        }
        EXPECT_EQ(file.write(batch), "");
        batch.clear();
        batch.erase(5);
        batch.prune_before(5);
        EXPECT_EQ(file.write(batch), "");
    }
    journal file(path, durability::relaxed);
    const auto found = load(file);
    EXPECT_TRUE(found.messages.empty());
    EXPECT_EQ(found.next, 6U);
}

TEST_F(journal_file, loads_only_the_last_ones) {
    journal file(path, durability::relaxed);
    journal_batch batch;
    for (message_number id = 1; id <= 100; ++id) {
        batch.add(id, make("x"), smpp::as_octets("x"));
    }
    EXPECT_EQ(file.write(batch), "");
    const auto found = load(file, 10);
    ASSERT_EQ(found.messages.size(), 10U);
    EXPECT_EQ(found.messages.front().first, 91U);
}

TEST_F(journal_file, two_at_a_time_is_one_too_many) {
    journal file(path, durability::committed);
    EXPECT_THAT(why_refused(), HasSubstr("in use"));
}

TEST_F(journal_file, other_files_are_refused_and_not_touched) {
    for (const std::string& content :
         {std::string("text"), std::string(8192, 'x'), std::string("SQLite format 3\0", 16)}) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
        EXPECT_THAT(why_refused(), HasSubstr(path));
        std::ifstream file(path, std::ios::binary);
        EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), content);
    }
    path += "/no/such/folder";
    EXPECT_THAT(why_refused(), HasSubstr("Not a directory"));
}

}  // namespace
