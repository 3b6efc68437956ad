#include "mock-smsc/store/journal.hpp"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <tuple>
#include <utility>

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
        std::vector<std::pair<message_number, message_note>> notes;
        std::vector<std::pair<message_number, sent_receipt>> receipts;
        message_number next = 0;
    };
    static loaded load(journal& file, std::size_t most = 1000) {
        loaded out;
        journal::listener to;
        to.on_session = [&](const session_info& session) {
            out.accounts.push_back(session.system_id);
        };
        to.on_message = [&](message_number id, const record& known, smpp::octet_span octets) {
            out.messages.emplace_back(id, smpp::as_text(octets));
            out.records.push_back(known);
        };
        to.on_note = [&](message_number id, const message_note& known) {
            out.notes.emplace_back(id, known);
        };
        to.on_receipt = [&](message_number id, const sent_receipt& known) {
            out.receipts.emplace_back(id, known);
        };
        out.next = file.load(most, to);
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
    const auto found = load(file, 10);
    ASSERT_EQ(found.notes.size(), 1U);
    EXPECT_EQ(found.notes[0].first, 7U);
    EXPECT_EQ(found.notes[0].second.faults, "status");
    EXPECT_THAT(found.notes[0].second.tags, testing::ElementsAre("a", "b"));
}

TEST_F(journal_file, remembers_answers_and_receipts) {
    journal file(path, durability::committed);
    journal_batch batch;
    for (message_number id = 1; id <= 6; ++id) {
        batch.add(id, make("x"), smpp::as_octets("x"));
    }
    for (const message_number id : {1U, 2U, 3U, 5U}) {
        batch.answered(id, 100 + static_cast<microseconds_utc>(id));
    }
    batch.answered(6, 5000);
    sent_receipt receipt;
    receipt.sent = 120;
    receipt.answered = 130;
    receipt.session = 3;
    receipt.sequence_number = 77;
    receipt.state = smpp::message_state::expired;
    receipt.destination = 2;
    receipt.attempts = 4;
    receipt.status = smpp::command_status::throttled;
    batch.add(5, receipt);
    batch.add(1, receipt);
    EXPECT_EQ(file.write(batch), "");
    auto found = load(file);
    std::vector<microseconds_utc> answered;
    for (const record& each : found.records) {
        answered.push_back(each.answered());
    }
    EXPECT_THAT(answered, testing::ElementsAre(101, 101, 101, 0, 105, 5000));
    ASSERT_EQ(found.receipts.size(), 2U);
    EXPECT_EQ(found.receipts[0].first, 1U);
    const sent_receipt& again = found.receipts[1].second;
    EXPECT_EQ(std::tie(again.sent, again.answered, again.session, again.sequence_number),
              std::tie(receipt.sent, receipt.answered, receipt.session, receipt.sequence_number));
    EXPECT_EQ(std::tie(again.state, again.destination, again.attempts, again.status),
              std::tie(receipt.state, receipt.destination, receipt.attempts, receipt.status));
    batch.clear();
    batch.prune_before(3);
    batch.erase(5);
    EXPECT_EQ(file.write(batch), "");
    found = load(file);
    EXPECT_EQ(found.receipts.size(), 0U);
    EXPECT_EQ(found.records[0].answered(), 101);
}

TEST_F(journal_file, what_was_not_written_goes_into_the_next_batch) {
    journal_batch failed;
    session_info session;
    session.id = 3;
    session.system_id = "kept";
    failed.add(session);
    session.id = 4;
    failed.add(session);
    failed.add(1, make("refused"), smpp::as_octets("refused"));
    failed.add(2, make("kept"), smpp::as_octets("kept"));
    failed.note(1, {"refused", {}});
    failed.note(2, {"kept", {"old"}});
    failed.answered(2, 50);
    journal_batch next;
    next.add(5, make("later"), smpp::as_octets("later"));
    next.note(2, {"kept", {"new"}});
    next.forget_session(4);
    record changed;
    changed.state = smpp::message_state::expired;
    next.update(2, changed);
    next.put_back(failed, {1});
    EXPECT_TRUE(failed.empty());
    journal file(path, durability::committed);
    EXPECT_EQ(file.write(next), "");
    const auto found = load(file);
    EXPECT_THAT(found.accounts, testing::ElementsAre("kept"));
    EXPECT_THAT(found.messages,
                testing::ElementsAre(testing::Pair(2U, "kept"), testing::Pair(5U, "later")));
    EXPECT_EQ(found.records[0].state, smpp::message_state::expired);
    ASSERT_EQ(found.notes.size(), 1U);
    EXPECT_THAT(found.notes[0].second.tags, testing::ElementsAre("new"));
}

TEST_F(journal_file, keeps_what_waits_from_mobiles) {
    std::vector<std::pair<std::uint64_t, std::string>> waiting;
    std::uint64_t next = 0;
    journal::listener to;
    to.on_session = [](const session_info&) {};
    to.on_message = [](message_number, const record&, smpp::octet_span) {};
    to.on_mobile = [&](const mobile_row& row) { waiting.emplace_back(row.id, *row.frame); };
    to.on_next_mobile = [&](std::uint64_t id) { next = id; };
    journal file(path, durability::committed);
    journal_batch batch;
    const auto frame = std::make_shared<const std::string>("frame");
    batch.add_mobile({6, "a", 1, frame});
    batch.add_mobile({7, "a", 1, frame});
    batch.add_mobile({8, "a", 1, frame});
    EXPECT_EQ(file.write(batch), "");
    journal_batch failed, later;
    failed.erase_mobile(7);
    later.erase_mobile(8);
    later.put_back(failed, {});
    EXPECT_EQ(file.write(later), "");
    file.load(10, to);
    EXPECT_THAT(waiting, testing::ElementsAre(testing::Pair(6U, "frame")));
    EXPECT_EQ(next, 9U);
}

TEST(journal_batch, who_goes_on_failing_needs_no_more_memory) {
    journal_batch next;
    const auto octets = [&](int times) {
        for (int i = 0; i < times; ++i) {
            journal_batch failed;
            std::swap(failed, next);
            session_info session;
            session.id = static_cast<std::uint64_t>(i);
            next.add(session);
            next.forget_session(session.id);
            for (message_number id = 1; id <= 10; ++id) {
                next.update(id, {});
                next.note(id, {"fault", {}});
            }
            next.put_back(failed, {});
        }
        return next.octets();
    };
    EXPECT_EQ(octets(10), octets(100));
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
