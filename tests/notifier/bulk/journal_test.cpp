#include "notifier/bulk/journal.hpp"

#include <gmock/gmock.h>

#include "support.hpp"

namespace {

using bulk_test::temporary;
using notifier::outcome;
using notifier::outcome_state;
using notifier::bulk::journal;
using notifier::bulk::journal_error;
using notifier::bulk::journal_identity;
using testing::HasSubstr;

const journal_identity job{100, "digest", "message", "smpp://user:****@host/1555"};

outcome result(std::uint64_t row, outcome_state state, std::string error = {}) {
    outcome out;
    out.row = row;
    out.to = "1555000" + std::to_string(row);
    out.state = state;
    out.error = std::move(error);
    return out;
}

std::string refusal(const std::string& path, const journal_identity& identity = job) {
    try {
        const journal opened(path, identity);
    } catch (const journal_error& error) {
        return error.what();
    }
    return {};
}

std::vector<outcome> replayed(journal& from) {
    std::vector<outcome> out;
    from.replay([&](const outcome& each) { out.push_back(each); });
    return out;
}

/// Rows 1 to 4: accepted, rejected, unknown, and sent without an outcome. Row 5 was not sent.
void write_some(const std::string& path) {
    journal j(path, job);
    for (std::uint64_t row = 1; row <= 5; ++row) {
        j.intend(row);
    }
    auto accepted = result(1, outcome_state::accepted);
    accepted.status = smpp::command_status::ok;
    accepted.message_ids = {"a,b", "\xFF%"};
    j.settle(accepted);
    auto rejected = result(2, outcome_state::rejected, "no\tsuch\nnumber");
    rejected.status = smpp::command_status(0x45);
    j.settle(rejected);
    j.settle(result(3, outcome_state::unknown, "lost"));
    auto withdrawn = result(5, outcome_state::rejected, "no connection");
    withdrawn.untouched = true;
    j.settle(withdrawn);
    j.flush();
}

TEST(bulk_journal, tells_after_a_crash_what_became_of_each_row) {
    const temporary file;
    write_some(file.path());
    journal again(file.path(), job);
    EXPECT_EQ(again.settled().size(), 2U);
    EXPECT_TRUE(again.settled().contains(1) && again.settled().contains(2));
    EXPECT_TRUE(again.is_doubtful(3) && again.is_unknown(3));
    EXPECT_TRUE(again.is_doubtful(4) && !again.is_unknown(4));
    EXPECT_FALSE(again.is_doubtful(5) || again.is_doubtful(6));
    const auto told = replayed(again);
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].to, "15550001");
    EXPECT_EQ(told[0].message_ids, (std::vector<std::string>{"a,b", "\xFF%"}));
    EXPECT_EQ(told[0].status, smpp::command_status::ok);
    EXPECT_EQ(told[1].error, "no?such?number");
    EXPECT_EQ(told[1].status, smpp::command_status(0x45));
    EXPECT_EQ(told[2].state, outcome_state::unknown);
}

TEST(bulk_journal, the_last_outcome_of_a_row_counts) {
    const temporary file;
    write_some(file.path());
    {
        journal j(file.path(), job);
        j.intend(3);
        j.settle(result(3, outcome_state::unknown, "lost again"));
        j.intend(4);
        j.settle(result(4, outcome_state::accepted));
        j.flush();
    }
    journal again(file.path(), job);
    EXPECT_TRUE(again.settled().contains(4));
    EXPECT_TRUE(again.is_unknown(3));
    EXPECT_EQ(replayed(again).size(), 4U);
}

TEST(bulk_journal, what_is_withdrawn_stays_unknown_if_it_was_so_before) {
    const temporary file;
    write_some(file.path());
    {
        journal j(file.path(), job);
        j.intend(3);
        auto withdrawn = result(3, outcome_state::rejected, "no connection");
        withdrawn.untouched = true;
        j.settle(withdrawn);
        j.flush();
    }
    const journal again(file.path(), job);
    EXPECT_TRUE(again.is_unknown(3));
}

TEST(bulk_journal, a_torn_end_is_dropped_wherever_it_is_torn) {
    const temporary file;
    write_some(file.path());
    const auto whole = file.read();
    const auto header = whole.find('\n') + 1;
    for (std::size_t size = 0; size < whole.size(); size += 5) {
        file.write(whole.substr(0, size));
        {
            const journal torn(file.path(), job);
            const auto last_end = whole.rfind('\n', size == 0 ? 0 : size - 1);
            const auto kept = size < header ? 0 : last_end + 1;
            EXPECT_EQ(torn.dropped(), size < header ? 0 : size - kept) << size;
        }
        const auto left = file.read();
        EXPECT_TRUE(whole.starts_with(left) && left.size() >= header) << size;
        file.write(left + "garbage\n");
        EXPECT_EQ(journal(file.path(), job).dropped(), 8U);
    }
}

TEST(bulk_journal, damage_before_the_end_is_refused) {
    const temporary file;
    write_some(file.path());
    auto damaged = file.read();
    damaged[damaged.find('\n') + 1] = 'x';
    file.write(damaged);
    EXPECT_THAT(refusal(file.path()), HasSubstr("damaged in line 2"));
    EXPECT_EQ(file.read(), damaged);
}

TEST(bulk_journal, belongs_to_one_job) {
    const temporary file;
    write_some(file.path());
    auto other = job;
    other.input = "another";
    EXPECT_THAT(refusal(file.path(), other), HasSubstr("another input"));
    other = job;
    other.message = "another";
    EXPECT_THAT(refusal(file.path(), other), HasSubstr("another job, for smpp://user:****@host"));
    EXPECT_EQ(refusal(file.path()), "");
}

TEST(bulk_journal, leaves_files_of_others_alone) {
    for (const std::string content :
         {"to,text\n", "x", "notifier-journal\t2\tnew\n", "notifier-journal\t1\tbroken\n"}) {
        const temporary file(content);
        EXPECT_THAT(refusal(file.path()), HasSubstr("journal " + file.path() + " "));
        EXPECT_EQ(file.read(), content);
    }
    const temporary newer("notifier-journal\t2\tnew\n");
    EXPECT_THAT(refusal(newer.path()), HasSubstr("version 2"));
    EXPECT_THAT(refusal("/dev/null"), HasSubstr("no regular file"));
    EXPECT_THAT(refusal("/nonexistent/journal"), HasSubstr("cannot be opened"));
}

TEST(bulk_journal, cannot_be_shared) {
    const temporary file;
    const journal first(file.path(), job);
    EXPECT_THAT(refusal(file.path()), HasSubstr("in use by another notifier"));
}

TEST(bulk_journal, records_name_ranges_of_rows) {
    const auto text = [] {
        std::string out;
        notifier::bulk::journal_record record;
        record.kind = notifier::bulk::record_kind::sending;
        record.first = 7;
        record.last = 9;
        append_record(out, record);
        return out;
    }();
    EXPECT_TRUE(text.starts_with("s\t7-9\t"));
    const auto read =
        notifier::bulk::read_record(std::string_view(text).substr(0, text.size() - 1));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->first, 7U);
    EXPECT_EQ(read->last, 9U);
}

}  // namespace
