// Writes batches to the journal on a thread of its own. What comes in while one batch is written
// goes into the next: many submits share one commit.
//
//     writer.next().add(id, record, frame);
//     writer.kick();                                    // at the end of a turn
//     writer.on_done = [&](const std::string& failed) { ... };  // on the executor, once per batch
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "mock-smsc/store/journal.hpp"

namespace mock_smsc {

class journal_writer {
public:
    /// REQUIRES: `file` outlives the writer.
    journal_writer(boost::asio::any_io_executor executor, journal& file);
    ~journal_writer();
    journal_writer(const journal_writer&) = delete;
    journal_writer& operator=(const journal_writer&) = delete;

    /// Collects what is to be written next.
    [[nodiscard]] journal_batch& next() noexcept { return next_; }
    /// Hands it over, unless a batch is being written or there is nothing. True: handed over.
    bool kick();
    /// Waits for the batch in the works, writes the rest, and ends the thread. `on_done` is not
    /// called any more. Says on standard error what cannot be written.
    void finish();

    /// The batch that was handed over last is written; empty: all of it.
    std::function<void(const std::string& failed)> on_done;
    /// What failed goes into the next batch, but for the messages `refused`. In on_done.
    void put_back(const std::vector<message_number>& refused) { next_.put_back(writing_, refused); }
    /// Calls `again` once, after a while: a disk that is full may have room then.
    void later(std::function<void()> again);
    /// A batch is being written, or is and was not told of.
    [[nodiscard]] bool busy() const noexcept { return busy_; }

private:
    void work();

    boost::asio::any_io_executor executor_;
    journal& file_;
    journal_batch next_;
    journal_batch writing_;  // the thread's while busy_
    boost::asio::steady_timer retry_;
    bool busy_ = false;  // the executor's view: handed over, and on_done not yet called
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::string failed_;  // the last batch
    bool handed_over_ = false;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace mock_smsc
