// --journal: what is done with each row, on disk before it goes out or is reported, so that a
// second run after a crash sends only what has no outcome.
//
//     bulk::journal journal("sent.journal", identity);     // throws journal_error
//     if (!journal.settled().contains(row)) { journal.intend(row); journal.flush(); send(row); }
//     journal.settle(outcome); journal.flush(); report(outcome);
//
// The file is locked while it is open, only ever appended to, and never one that is not a journal
// of the same job. A torn last line is dropped.
#pragma once

#include <array>
#include <functional>
#include <stdexcept>
#include <string>

#include "journal_record.hpp"
#include "row_set.hpp"

namespace notifier::bulk {

/// The journal cannot be used or written; the message names it.
class journal_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class journal {
public:
    journal(const std::string& path, const journal_identity& identity);
    ~journal();
    journal(const journal&) = delete;
    journal& operator=(const journal&) = delete;

    /// Rows that were accepted or rejected.
    [[nodiscard]] const row_set& settled() const noexcept { return settled_; }
    /// Rows of which nobody knows whether they arrive: their run ended before the answer came, or
    /// said so itself.
    [[nodiscard]] bool is_doubtful(std::uint64_t row) const {
        return open_.contains(row) || unknown_.contains(row);
    }
    /// ... said so itself.
    [[nodiscard]] bool is_unknown(std::uint64_t row) const { return unknown_.contains(row); }
    /// Octets of a torn end that were dropped.
    [[nodiscard]] std::size_t dropped() const noexcept { return dropped_; }

    /// Calls `tell` with the last outcome of each row that has one, as they stand in the file. Of
    /// rows whose run ended while it waited for receipts these may come.
    void replay(const std::function<void(const outcome&)>& tell);

    /// The row is about to be sent. Again: nothing happens.
    void intend(std::uint64_t row);
    /// It was accepted, and its outcome waits for receipts.
    void await_receipts(const outcome& accepted);
    /// Its outcome; one that is untouched leaves the row as if it had never been tried.
    void settle(const outcome& result);
    /// Everything so far is written when it returns.
    void flush();
    /// And on the disk.
    void sync();

private:
    class lines;

    void open(const std::string& path);
    void load(const journal_identity& identity);
    void begin(const journal_identity& identity);
    void check_header(const std::string& line, const journal_identity& identity) const;
    void apply(const journal_record& record);
    void end_range();
    void append(const journal_record& record);
    [[noreturn]] void refuse(const std::string& why) const;

    std::string path_;
    int file_ = -1;
    row_set settled_, open_, unknown_, awaiting_;
    journal_record range_{};  // rows to be sent that are not in buffer_ yet; 0: none
    std::string buffer_;
    std::size_t dropped_ = 0;
};

}  // namespace notifier::bulk
