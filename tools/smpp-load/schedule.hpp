// When messages are due at a fixed rate. Each thread has a schedule of its own; they interleave.
//
//     smpp_load::schedule due(1000, 0);          // a second
//     due.start(now, 5000);
//     while (due.next() <= now) { send(due.next()); due.take(); }
#pragma once

#include <chrono>
#include <cstdint>

namespace smpp_load {

class schedule {
public:
    using clock = std::chrono::steady_clock;
    static constexpr clock::time_point never = clock::time_point::max();

    /// `offset`: of the first message, as a part of the time between two.
    schedule(double rate, double offset) noexcept : rate_(rate), offset_(offset) {}

    void start(clock::time_point begin, std::uint64_t planned) noexcept;
    /// How many are due in less than that time.
    [[nodiscard]] std::uint64_t within(std::chrono::duration<double> time) const noexcept;

    /// When the next is due that was not taken; never, after the last.
    [[nodiscard]] clock::time_point next() const noexcept { return next_; }
    void take(std::uint64_t count = 1) noexcept;
    [[nodiscard]] std::uint64_t taken() const noexcept { return taken_; }
    /// Due by then, and not taken.
    [[nodiscard]] std::uint64_t overdue(clock::time_point now) const noexcept;
    /// What was taken fills this time.
    [[nodiscard]] std::chrono::duration<double> filled() const noexcept {
        return std::chrono::duration<double>(static_cast<double>(taken_) / rate_);
    }

private:
    double rate_;
    double offset_;
    clock::time_point begin_{};
    clock::time_point next_ = never;
    std::uint64_t planned_ = 0;
    std::uint64_t taken_ = 0;
};

}  // namespace smpp_load
