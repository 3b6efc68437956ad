// The progress bar on standard error.
//
//     bulk::progress_bar bar(progress_mode::automatic, rows, log);
//     bar.draw(counts);  bar.finish();
#pragma once

#include <chrono>

#include "bulk_options.hpp"
#include "notifier/log.hpp"
#include "progress.hpp"
#include "tally.hpp"

namespace notifier::bulk {

class progress_bar {
public:
    progress_bar(progress_mode mode, std::uint64_t rows, log& log);
    ~progress_bar();
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    [[nodiscard]] bool shown() const noexcept { return shown_; }
    /// `awaited`: accepted, and waiting for receipts; not in `counts` yet.
    void draw(const tally& counts, std::uint64_t awaited);
    /// What was drawn last stays.
    void finish();

private:
    log& log_;
    bool shown_;
    bool drawn_ = false;
    std::uint64_t rows_;
    std::uint64_t accepted_before_ = 0;
    std::uint64_t failed_before_ = 0;
    bool begun_ = false;
    rate_meter meter_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace notifier::bulk
