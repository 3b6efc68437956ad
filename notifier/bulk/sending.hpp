// The session of a bulk job: delivers what the source gives, with journal, progress bar, and an
// orderly end on SIGINT and SIGTERM.
//
//     bulk::sending(target, options, log, source, results, journal, rows).run();
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "notifier/capture_file.hpp"
#include "notifier/target_delivery.hpp"
#include "progress_bar.hpp"
#include "results.hpp"
#include "source.hpp"

namespace notifier::bulk {

class sending {
public:
    /// REQUIRES: all references outlive it. `journal` may be null. `awaited`: what earlier runs
    /// have sent and still wait for receipts of.
    sending(const target& target, const command_line& options, log& log, source& source,
            results& results, journal* journal, std::uint64_t rows, std::vector<outcome> awaited);

    /// Returns when every row has its outcome. Throws when journal, report or standard output
    /// cannot be written; nothing is sent after that.
    void run();

private:
    target_delivery::hooks hooks(const command_line& options);
    [[nodiscard]] bool give(work& next);
    void flush_soon();
    void wait_for_signal();
    void on_signal();
    void draw();
    void tell_of_the_rest();

    log& log_;
    source& source_;
    results& results_;
    journal* journal_;
    std::unique_ptr<capture_file> capture_;
    boost::asio::io_context context_{1};
    boost::asio::signal_set signals_;
    boost::asio::steady_timer draw_timer_;
    boost::asio::steady_timer grace_timer_;
    std::shared_ptr<target_delivery> delivery_;
    progress_bar bar_;
    bool flush_due_ = false;
    bool interrupted_ = false;
    bool broken_ = false;  // what is written would be written twice
};

}  // namespace notifier::bulk
