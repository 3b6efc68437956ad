#include "sending.hpp"

#include <boost/asio/post.hpp>
#include <csignal>

namespace notifier::bulk {
namespace {

constexpr auto draw_interval = std::chrono::milliseconds(100);
/// How long answers are waited for after the first SIGINT.
constexpr auto grace = std::chrono::seconds(2);
constexpr const char* interrupted = "interrupted before it was sent";

}  // namespace

sending::sending(const target& target, const command_line& options, log& log, source& source,
                 results& results, journal* journal, std::uint64_t rows,
                 std::vector<outcome> awaited)
    : log_(log),
      source_(source),
      results_(results),
      journal_(journal),
      signals_(context_, SIGINT, SIGTERM),
      draw_timer_(context_),
      grace_timer_(context_),
      bar_(options.bulk.progress, rows, log) {
    if (!options.pcap.empty()) {
        capture_ = std::make_unique<capture_file>(options.pcap, options.show_secrets);
    }
    delivery_ = std::make_shared<target_delivery>(context_, target, options.resend_unknown,
                                                  hooks(options), log);
    for (auto& each : awaited) {
        delivery_->expect(each.row, std::move(each));
    }
}

target_delivery::hooks sending::hooks(const command_line& options) {
    target_delivery::hooks out;
    out.receipts_within = options.wait_receipt;
    out.source = [this](work& next) { return give(next); };
    out.outcome = [this](std::uint64_t row, outcome&& result) {
        result.row = row;
        if (!broken_) {
            results_.add(std::move(result));
            flush_soon();
        }
    };
    if (journal_ != nullptr) {
        out.submitting = [this](std::uint64_t row) { journal_->intend(row); };
        out.submitted = [this] { results_.flush(); };
        out.awaiting = [this](std::uint64_t row, outcome accepted) {
            accepted.row = row;
            if (!broken_) {
                journal_->await_receipts(accepted);
                flush_soon();
            }
        };
    }
    out.done = [this] {
        signals_.cancel();
        draw_timer_.cancel();
        grace_timer_.cancel();
    };
    if (capture_) {
        out.trace = [this](smpp::client& client) { return capture_->open(client.peer()); };
    }
    return out;
}

void sending::run() {
    wait_for_signal();
    draw();
    delivery_->start();
    try {
        context_.run();
        tell_of_the_rest();
        draw();
    } catch (...) {
        broken_ = true;
        throw;
    }
    bar_.finish();
    if (capture_) {
        capture_->finish();
    }
}

bool sending::give(work& next) {
    const bool given = !interrupted_ && source_.give(next);
    if (results_.pending()) {
        flush_soon();  // of rows that were passed over
    }
    return given;
}

/// Once for all the outcomes of a turn.
void sending::flush_soon() {
    if (flush_due_) {
        return;
    }
    flush_due_ = true;
    boost::asio::post(context_, [this] {
        flush_due_ = false;
        results_.flush();
    });
}

void sending::wait_for_signal() {
    signals_.async_wait([this](const smpp::error_code& cancelled, int) {
        if (!cancelled) {
            on_signal();
        }
    });
}

/// The first one: nothing new is sent, and the answers to what was sent are waited for. The second
/// one: not even that.
void sending::on_signal() {
    if (interrupted_) {
        delivery_->interrupt(interrupted);
        return;
    }
    interrupted_ = true;
    log_.error("interrupted: waiting for the answers to what was sent");
    wait_for_signal();
    grace_timer_.expires_after(grace);
    grace_timer_.async_wait([this](const smpp::error_code& cancelled) {
        if (!cancelled) {
            delivery_->interrupt(interrupted);
        }
    });
}

void sending::draw() {
    bar_.draw(results_.counts(), delivery_->awaited());
    if (!bar_.shown()) {
        return;
    }
    draw_timer_.expires_after(draw_interval);
    draw_timer_.async_wait([this](const smpp::error_code& cancelled) {
        if (!cancelled) {
            draw();
        }
    });
}

/// After an interruption: rows that were not even taken.
void sending::tell_of_the_rest() {
    source_.stop();
    for (work rest; source_.give(rest);) {
        outcome result;
        result.row = rest.id;
        result.to = rest.to.addr;
        result.state = outcome_state::rejected;
        result.error = interrupted;
        result.untouched = true;
        results_.add(std::move(result));
    }
    results_.flush();
}

}  // namespace notifier::bulk
