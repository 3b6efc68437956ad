#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace notifier::bulk {
namespace {

constexpr double smoothing_seconds = 3;

std::string time_left(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::min(seconds, 359999.0));
    return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                         : fmt::format("{:02}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_line(const progress_state& now, std::size_t width) {
    const auto done = std::min(now.rows, now.earlier + now.accepted + now.failed);
    const auto share =
        now.rows == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(now.rows);
    const auto left = static_cast<double>(now.rows - done);
    const auto eta = left == 0      ? std::string("00:00")
                     : now.rate > 0 ? time_left(std::ceil(left / now.rate))
                                    : std::string("--:--");
    const auto awaited =
        now.awaited > 0 ? fmt::format("  waiting for receipts {}", now.awaited) : "";
    const auto numbers =
        fmt::format("{:5.1f}%  sent {}  accepted {}  failed {}{}  {:.0f}/s  ETA {}",
                    std::floor(share * 1000) / 10, now.sent + now.awaited, now.accepted, now.failed,
                    awaited, now.rate, eta);
    constexpr std::size_t longest_bar = 30;
    constexpr std::size_t frame = 4;  // brackets and blanks
    if (width < numbers.size() + frame + 5) {
        return numbers.substr(0, width);
    }
    const auto bar = std::min(longest_bar, width - numbers.size() - frame);
    const auto full = static_cast<std::size_t>(share * static_cast<double>(bar));
    return '[' + std::string(full, '#') + std::string(bar - full, '.') + "] " + numbers;
}

double rate_meter::update(double seconds, std::uint64_t count) {
    const auto passed = seconds - last_seconds_;
    if (passed <= 0) {
        return rate_;
    }
    const auto now = static_cast<double>(count - last_count_) / passed;
    // At first the mean: one short interval says nothing.
    if (seconds <= smoothing_seconds) {
        rate_ = static_cast<double>(count) / seconds;
    } else {
        rate_ += (1 - std::exp(-passed / smoothing_seconds)) * (now - rate_);
    }
    last_seconds_ = seconds;
    last_count_ = count;
    return rate_;
}

}  // namespace notifier::bulk
