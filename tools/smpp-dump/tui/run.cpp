#include "smpp-dump/tui/run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>

#include "smpp-dump/octet_source.hpp"
#include "smpp-dump/tui/terminal.hpp"

namespace smpp_dump::tui {
namespace {

constexpr int look_again_ms = 100;
constexpr std::chrono::milliseconds first_patience{300};
constexpr std::chrono::milliseconds last_patience{1000};

/// Signals are read like keys, by the thread that owns the terminal. Threads made while this lives
/// leave them to it as well.
class signals {
public:
    signals() {
        sigset_t all;
        sigemptyset(&all);
        for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) {
            sigaddset(&all, each);
        }
        pthread_sigmask(SIG_BLOCK, &all, &before_);
        file_ = ::signalfd(-1, &all, SFD_NONBLOCK | SFD_CLOEXEC);
    }
    ~signals() {
        ::close(file_);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    signals(const signals&) = delete;
    signals& operator=(const signals&) = delete;

    [[nodiscard]] int file() const noexcept { return file_; }
    /// 0: none.
    [[nodiscard]] int next() const {
        signalfd_siginfo seen{};
        const auto got = ::read(file_, &seen, sizeof seen);
        return got == static_cast<ssize_t>(sizeof seen) ? static_cast<int>(seen.ssi_signo) : 0;
    }

private:
    sigset_t before_{};
    int file_ = -1;
};

/// What is written to standard error comes here in lines: on the screen it would be dirt.
class error_lines {
public:
    error_lines() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
            throw input_error("cannot make a pipe");
        }
        from_ = ends[0];
        std::fflush(stderr);
        before_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[1]);
    }
    ~error_lines() {
        if (before_ >= 0) {
            ::dup2(before_, STDERR_FILENO);
            ::close(before_);
        }
        ::close(from_);
    }
    error_lines(const error_lines&) = delete;
    error_lines& operator=(const error_lines&) = delete;

    [[nodiscard]] int file() const noexcept { return from_; }
    template <class Tell>
    void drain(Tell tell) {
        char octets[4096];
        ssize_t n = 0;
        while ((n = ::read(from_, octets, sizeof octets)) > 0) {
            part_.append(octets, static_cast<std::size_t>(n));
            std::size_t end = 0;
            while ((end = part_.find('\n')) != std::string::npos) {
                tell(std::string_view(part_).substr(0, end));
                part_.erase(0, end + 1);
            }
        }
    }

private:
    int from_ = -1;
    int before_ = -1;
    std::string part_{};
};

/// The model, fed by a thread of its own.
class reading final : public record_sink {
public:
    reading(model& to, const input& read)
        : model_(&to), out_(stdout), thread_([this, &read] { run(read); }) {}
    ~reading() { stop(); }
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;

    void on_record(const record& r) override {
        const std::lock_guard held(mutex);
        model_->on_record(r);
        some_ = true;
        changed_.notify_all();
    }
    void on_session_end(const session& s) override {
        const std::lock_guard held(mutex);
        model_->on_session_end(s);
    }

    /// A moment for the first PDU, or for the end.
    void wait_a_moment() {
        std::unique_lock held(mutex);
        changed_.wait_for(held, first_patience, [&] { return some_ || ended_; });
    }
    /// False: it does not stop, as it waits for input of which there is none.
    bool stop() {
        out_.give_up();
        {
            std::unique_lock held(mutex);
            if (!changed_.wait_for(held, last_patience, [&] { return ended_; })) {
                return false;
            }
        }
        if (thread_.joinable()) {
            thread_.join();
        }
        return true;
    }
    // REQUIRES for the following: the mutex is held, or the thread has been stopped.
    [[nodiscard]] bool ended() const noexcept { return ended_; }
    [[nodiscard]] bool failed() const noexcept { return !good_; }
    [[nodiscard]] bool nothing() const noexcept { return !some_; }
    [[nodiscard]] bool result() const {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
        return good_;
    }

    std::mutex mutex{};

private:
    void run(const input& read) {
        bool good = false;
        std::exception_ptr thrown;
        try {
            good = read(*this, out_);
        } catch (...) {
            thrown = std::current_exception();
        }
        const std::lock_guard held(mutex);
        good_ = good;
        thrown_ = thrown;
        ended_ = true;
        model_->input_ended();
        changed_.notify_all();
    }

    model* model_;
    octet_writer out_;
    std::condition_variable changed_{};
    std::exception_ptr thrown_{};
    bool some_ = false;
    bool good_ = true;
    bool ended_ = false;
    std::thread thread_;  // last: it uses the others
};

void take_signals(const signals& caught, terminal& on, model& shown, tui::screen& picture) {
    while (const int each = caught.next()) {
        if (each == SIGWINCH) {
            on.resize();
            picture = on.blank();
            shown.press({key_name::redraw});
        } else {
            shown.press({key_name::interrupt});
        }
    }
}

/// The input failed at once: there is nothing to show.
bool hopeless(const reading& from) { return from.ended() && from.failed() && from.nothing(); }

void take_keys(terminal& on, reading& from, model& shown) {
    while (const auto pressed = on.next_key()) {
        if (pressed->name == key_name::redraw) {
            on.forget();
        }
        const std::lock_guard held(from.mutex);
        shown.press(*pressed);
    }
}

/// Waits for a key, a line, a signal, or a moment. False: the terminal has gone.
bool wait(const terminal& on, const error_lines& said, const signals& caught, int patience) {
    pollfd files[] = {
        {on.keyboard(), POLLIN, 0}, {said.file(), POLLIN, 0}, {caught.file(), POLLIN, 0}};
    return ::poll(files, std::size(files), patience) < 0 ||
           (files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) == 0;
}

/// The mutex is not held while the terminal takes what is shown: one that is slow must not hold
/// up the sessions behind a proxy.
void show(model& shown, reading& from, const signals& caught, error_lines& said, terminal& on) {
    std::uint64_t drawn = UINT64_MAX;
    bool more = true;
    bool there = true;
    while (there) {
        take_keys(on, from, shown);
        tui::screen picture = on.blank();
        std::pair<int, int> cursor;
        bool fresh = false;
        bool colour = false;
        {
            const std::lock_guard held(from.mutex);
            said.drain([&](std::string_view line) { shown.tell(line); });
            take_signals(caught, on, shown, picture);
            if (shown.quit() || hopeless(from)) {
                return;
            }
            fresh = shown.version() != drawn;
            if (fresh) {
                shown.draw(picture);
                drawn = shown.version();
                cursor = shown.cursor();
                colour = shown.colour();
            }
            more = !from.ended();
        }
        if (fresh) {
            on.show(picture, cursor, colour);
        }
        there = wait(on, said, caught, more ? look_again_ms : -1);
    }
}

}  // namespace

bool run_tui(model_options options, const input& read) {
    terminal::check();
    model shown(std::move(options));
    const signals caught;
    std::optional<error_lines> said(std::in_place);
    reading from(shown, read);
    from.wait_a_moment();
    bool begin = false;
    {
        const std::lock_guard held(from.mutex);
        begin = !hopeless(from);
    }
    if (begin) {
        terminal on;
        show(shown, from, caught, *said, on);
    }
    const bool stopped = from.stop();
    said->drain([&](std::string_view line) { shown.tell(line); });
    said.reset();
    if (!stopped) {
        std::_Exit(0);  // a read that does not come back cannot be called off
    }
    if (from.failed()) {
        for (const std::string& line : shown.told()) {
            std::fprintf(stderr, "smpp-dump: %s\n", line.c_str());
        }
    }
    return from.result();
}

}  // namespace smpp_dump::tui
