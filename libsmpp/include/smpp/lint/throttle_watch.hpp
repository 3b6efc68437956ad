// Whether a client goes on as before although it is told that it sends too fast.
//
//     smpp::lint::throttle_watch watch;
//     watch.on_refusal(now);                          // ESME_RTHROTTLED, ESME_RMSGQFUL
//     if (watch.on_submission(now)) { ... }           // the first that is too many
//
// What was on its way when the refusal came does not count, nor does a client that has become
// slower, or waits before it tries again.
#pragma once

#include <chrono>
#include <cstdint>

namespace smpp::lint {

class throttle_watch {
public:
    using time = std::chrono::nanoseconds;

    /// True once in each second of heedless sending.
    bool on_submission(time now) noexcept;
    void on_refusal(time now) noexcept;

    /// So long a refusal is on its way, and so long a client that heeds it waits.
    static constexpr time on_the_way = std::chrono::milliseconds(50);
    static constexpr time pause = std::chrono::milliseconds(100);
    static constexpr unsigned many = 10;  ///< submissions after that

private:
    static constexpr time second = std::chrono::seconds(1);

    void begin(time now, double rate) noexcept;
    void count(time now) noexcept;
    [[nodiscard]] double rate_before(time now) const noexcept;

    // Submissions of the last one to two seconds, for the rate before a refusal.
    time counted_from_{-1};
    std::uint64_t counted_ = 0;
    time earlier_from_{-1};
    std::uint64_t earlier_ = 0;
    time last_submission_{-1};

    // From the first refusal on, while they go on.
    time began_{-1};
    time last_refusal_{-1};
    double before_ = 0;  // submissions a second
    std::uint64_t after_ = 0;
    bool told_ = false;
};

}  // namespace smpp::lint
