#include "progress_bar.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <string>

namespace notifier::bulk {
namespace {

constexpr std::string_view clear_line = "\r\x1b[K";

/// A bar that cannot be drawn is no reason to stop.
void put(std::string_view text) { (void)!::write(STDERR_FILENO, text.data(), text.size()); }

std::size_t width() {
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col - 1U : 99U;
}

}  // namespace

progress_bar::progress_bar(progress_mode mode, std::uint64_t rows, log& log)
    : log_(log),
      shown_(mode == progress_mode::always ||
             (mode == progress_mode::automatic && ::isatty(STDERR_FILENO) == 1)),
      rows_(rows) {
    if (shown_) {
        log_.before_line([this] {
            if (drawn_) {
                put(clear_line);
                drawn_ = false;
            }
        });
    }
}

progress_bar::~progress_bar() {
    finish();
    log_.before_line({});
}

void progress_bar::draw(const tally& counts, std::uint64_t awaited) {
    if (!shown_) {
        return;
    }
    if (!begun_) {
        accepted_before_ = counts.total() - counts.failed();
        failed_before_ = counts.failed();
        begun_ = true;
    }
    progress_state now;
    now.rows = rows_;
    now.earlier = accepted_before_ + failed_before_;
    now.sent = counts.sent();
    now.accepted = counts.total() - counts.failed() - accepted_before_;
    now.awaited = awaited;
    now.failed = counts.failed() - failed_before_;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
    now.rate = meter_.update(passed.count(), now.accepted + now.failed);
    put(std::string(clear_line) + progress_line(now, width()));
    drawn_ = true;
}

void progress_bar::finish() {
    if (drawn_) {
        put("\n");
        drawn_ = false;
    }
}

}  // namespace notifier::bulk
