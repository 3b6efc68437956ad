#include "results.hpp"

#include <fmt/format.h>

#include "notifier/output.hpp"

namespace notifier::bulk {
namespace {

/// Failures that have a line of their own without -v; the summary has their reasons.
constexpr std::uint64_t most_failures_told = 20;
constexpr std::size_t most_pending = 1000;

}  // namespace

void results::add(outcome&& result) {
    counts_.add(result);
    if (journal_ != nullptr && result.state != outcome_state::invalid) {
        journal_->settle(result);
    }
    pending_.push_back(std::move(result));
    if (pending_.size() >= most_pending) {
        flush();
    }
}

void results::add_earlier(const outcome& result) {
    counts_.add_earlier(result);
    if (report_ != nullptr) {
        report_->add(result);
    }
}

void results::flush() {
    if (journal_ != nullptr) {
        journal_->flush();
    }
    std::string out;
    for (const auto& result : pending_) {
        tell(result, out);
    }
    pending_.clear();
    if (!out.empty()) {
        write_out(out);
    }
}

void results::tell(const outcome& result, std::string& out) {
    if (report_ != nullptr) {
        report_->add(result);
    }
    if (json_) {
        out.append(outcome_json(result)).push_back('\n');
    } else if (!result.good()) {
        tell_failure(result);
    } else if (log_.verbosity() >= 2) {
        log_.detail(fmt::format("row {}: {}", result.row, outcome_text(result)));
    }
}

void results::tell_failure(const outcome& result) {
    if (result.state == outcome_state::invalid) {
        return;  // told with its line when the input was checked
    }
    if (++failures_told_ <= most_failures_told || log_.verbosity() >= 1) {
        log_.error(fmt::format("row {}: {} {}: {}", result.row, result.to, state_name(result),
                               result.error));
    } else if (failures_told_ == most_failures_told + 1) {
        log_.error("more failures are only counted; -v tells of each one, and so does --report");
    }
}

void results::finish() {
    flush();
    if (journal_ != nullptr) {
        journal_->sync();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    const auto summary = summary_json(counts_, elapsed.count(), exit_code());
    if (report_ != nullptr) {
        report_->finish(summary);
    }
    write_out(json_ ? "{\"summary\":" + summary + "}\n" : summary_text(counts_, elapsed.count()));
}

}  // namespace notifier::bulk
