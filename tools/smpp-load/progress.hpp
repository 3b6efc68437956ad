// A line each second on standard error, until it is destroyed: what the workers are at.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "smpp-load/worker.hpp"

namespace smpp_load {

class progress_display {
public:
    explicit progress_display(const std::vector<std::unique_ptr<worker>>& workers,
                              const options& wanted);
    ~progress_display();
    progress_display(const progress_display&) = delete;
    progress_display& operator=(const progress_display&) = delete;

private:
    void show();

    const std::vector<std::unique_ptr<worker>>& workers_;
    const options& wanted_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool over_ = false;
    std::thread thread_;
};

/// What live counters say, summed up.
struct live_sum {
    live_counters::phase now = live_counters::phase::ending;
    std::uint64_t bound = 0;
    std::uint64_t not_bound = 0;
    std::uint64_t sent = 0;
    std::uint64_t answered = 0;
    std::uint64_t failed = 0;
    std::uint64_t received = 0;

    void add(const live_counters& other) noexcept;
};

/// One line, without its end; `before` is a second older.
[[nodiscard]] std::string progress_line(const live_sum& now, const live_sum& before,
                                        const options& wanted);

}  // namespace smpp_load
