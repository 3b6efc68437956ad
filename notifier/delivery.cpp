#include "delivery.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <utility>

#include "capture_file.hpp"
#include "target_delivery.hpp"

namespace notifier {
namespace {

/// The recipients of one job, one after the other; all get the same message.
work_source recipients_of(const job& job) {
    auto next = std::make_shared<std::size_t>(0);
    // The job outlives the delivery; the message is shared without being copied.
    const std::shared_ptr<const prepared_message> message(std::shared_ptr<void>(), &job.message);
    return [next, message, &job](work& out) {
        if (*next == job.target.to.size()) {
            return false;
        }
        out.id = *next;
        out.to = job.target.to[(*next)++];
        out.message = message;
        return true;
    };
}

class delivery_run {
public:
    delivery_run(const std::vector<job>& jobs, const command_line& options, reporter& report,
                 log& log, capture_file* capture)
        : jobs_(jobs),
          options_(options),
          report_(report),
          log_(log),
          capture_(capture),
          signals_(context_, SIGINT, SIGTERM) {}

    /// False: it was interrupted.
    bool run(bool interrupted) {
        signals_.async_wait([this](const smpp::error_code& failed, int) {
            if (!failed) {
                interrupt();
            }
        });
        const std::size_t first = options_.one_by_one ? 1 : jobs_.size();
        for (std::size_t i = 0; i < std::min(first, jobs_.size()); ++i) {
            start_next();
        }
        if (interrupted) {
            interrupt();
        }
        if (running_ > 0) {
            context_.run();
        }
        return !interrupted_;
    }

private:
    void start_next() {
        const auto& job = jobs_[started_++];
        ++running_;
        target_delivery::hooks hooks;
        hooks.source = recipients_of(job);
        hooks.outcome = [this, &job](std::uint64_t, outcome&& result) {
            result.url = job.target.url;
            result.optional = job.target.options.optional;
            report_.add(result);
            flush_soon();
        };
        hooks.done = [this] { on_done(); };
        hooks.receipts_within = options_.wait_receipt;
        if (capture_) {
            hooks.trace = [this](smpp::client& client) { return capture_->open(client.peer()); };
        }
        deliveries_.push_back(std::make_shared<target_delivery>(
            context_, job.target, options_.resend_unknown, std::move(hooks), log_));
        deliveries_.back()->start();
    }

    /// Once for all the outcomes of a turn.
    void flush_soon() {
        if (!std::exchange(flush_due_, true)) {
            boost::asio::post(context_, [this] {
                flush_due_ = false;
                report_.flush();
            });
        }
    }

    void on_done() {
        --running_;
        if (options_.one_by_one && started_ < jobs_.size()) {
            start_next();
        }
        if (running_ == 0) {
            signals_.cancel();
        }
    }

    void interrupt() {
        if (!interrupted_) {
            log_.error("interrupted");
        }
        interrupted_ = true;
        while (started_ < jobs_.size()) {
            // Those not begun get their outcome too.
            start_next();
        }
        for (const auto& delivery : deliveries_) {
            delivery->interrupt("interrupted before it was sent");
        }
    }

    const std::vector<job>& jobs_;
    const command_line& options_;
    reporter& report_;
    log& log_;
    capture_file* capture_;
    boost::asio::io_context context_{1};
    boost::asio::signal_set signals_;
    std::vector<std::shared_ptr<target_delivery>> deliveries_;
    std::size_t started_ = 0;
    std::size_t running_ = 0;
    bool interrupted_ = false;
    bool flush_due_ = false;
};

}  // namespace

void deliver(const std::vector<job_stage>& stages, const command_line& options, reporter& report,
             log& log) {
    std::unique_ptr<capture_file> capture;
    if (!options.pcap.empty()) {
        capture = std::make_unique<capture_file>(options.pcap, options.show_secrets);
    }
    bool interrupted = false;
    std::optional<std::size_t> served;  // the chain of which nothing more is needed
    for (const auto& stage : stages) {
        if (served == stage.chain) {
            continue;
        }
        const auto failures = report.failures();
        interrupted =
            !delivery_run(stage.jobs, options, report, log, capture.get()).run(interrupted);
        if (report.failures() == failures && !stage.broken) {
            served = stage.chain;
        }
    }
    if (capture) {
        capture->finish();
    }
}

}  // namespace notifier
