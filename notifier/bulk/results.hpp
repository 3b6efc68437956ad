// Tells what became of the rows: journal first, then standard output, the report and the log, in
// blocks, so that neither slows the sending down. At the end the summary.
//
//     bulk::results results(options, log, journal, report);
//     results.add(outcome);  results.flush();  results.finish();
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "journal.hpp"
#include "notifier/log.hpp"
#include "report_file.hpp"
#include "tally.hpp"

namespace notifier::bulk {

class results {
public:
    /// Null: there is none.
    results(bool json, notifier::log& log, journal* journal, report_file* report)
        : json_(json), log_(log), journal_(journal), report_(report) {}

    void add(outcome&& result);
    /// Of an earlier run: counted and in the report, but not told again.
    void add_earlier(const outcome& result);
    /// Everything added so far is in the journal, and after that told.
    void flush();
    /// The summary, on standard output and in the report.
    void finish();

    [[nodiscard]] const tally& counts() const noexcept { return counts_; }
    [[nodiscard]] bool pending() const noexcept { return !pending_.empty(); }
    [[nodiscard]] int exit_code() const { return counts_.failed() > 0 ? 1 : 0; }

private:
    void tell(const outcome& result, std::string& out);
    void tell_failure(const outcome& result);

    bool json_;
    notifier::log& log_;
    journal* journal_;
    report_file* report_;
    tally counts_;
    std::vector<outcome> pending_;
    std::uint64_t failures_told_ = 0;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace notifier::bulk
