#include "smpp-load/app.hpp"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/signal_set.hpp>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "smpp-load/deliverer.hpp"
#include "smpp-load/report.hpp"
#include "smpp-load/submitter.hpp"

namespace smpp_load {
namespace {

constexpr int fine = 0;
constexpr int failed = 1;
constexpr int wrong_usage = 2;

share share_of(const options& options, unsigned index) {
    const unsigned n = options.threads;
    share out;
    out.sessions = options.sessions / n + (index < options.sessions % n ? 1 : 0);
    out.count = options.count / n + (index < options.count % n ? 1 : 0);
    out.rate = options.rate / n;
    return out;
}

/// A line each second, until it is destroyed.
class progress_display {
public:
    explicit progress_display(const live_counters& live)
        : live_(live), thread_([this] { show(); }) {}
    ~progress_display() {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }
    progress_display(const progress_display&) = delete;
    progress_display& operator=(const progress_display&) = delete;

private:
    void show() {
        std::unique_lock lock(mutex_);
        std::uint64_t before = 0;
        while (!wake_.wait_for(lock, std::chrono::seconds(1), [&] { return over_; })) {
            const std::uint64_t answered = live_.answered;
            fmt::print(stderr, "{} sent, {} answered ({} in the last second), {} failed\n",
                       live_.sent.load(), answered, answered - before, live_.failed.load());
            before = answered;
        }
    }

    const live_counters& live_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool over_ = false;
    std::thread thread_;
};

/// Ends the load on SIGINT and SIGTERM; what was measured until then is shown.
class interruption {
public:
    explicit interruption(std::vector<std::unique_ptr<worker>>& workers)
        : signals_(context_, SIGINT, SIGTERM) {
        signals_.async_wait([&workers](const smpp::error_code& cancelled, int) {
            if (!cancelled) {
                for (const auto& each : workers) {
                    each->stop();
                }
            }
        });
        thread_ = std::thread([this] { context_.run(); });
    }
    ~interruption() {
        context_.stop();
        thread_.join();
    }
    interruption(const interruption&) = delete;
    interruption& operator=(const interruption&) = delete;

private:
    boost::asio::io_context context_;
    boost::asio::signal_set signals_;
    std::thread thread_;
};

result load(const options& options) {
    live_counters live;
    std::vector<std::unique_ptr<worker>> workers;
    for (unsigned i = 0; i < options.threads; ++i) {
        const share part = share_of(options, i);
        if (options.deliver) {
            workers.push_back(std::make_unique<deliverer>(options, part, live));
        } else {
            workers.push_back(std::make_unique<submitter>(options, part, live));
        }
    }
    {
        const interruption on_signal(workers);
        std::optional<progress_display> progress;
        if (options.progress) {
            progress.emplace(live);
        }
        std::vector<std::thread> threads;
        for (std::size_t i = 1; i < workers.size(); ++i) {
            threads.emplace_back([&, i] { workers[i]->run(); });
        }
        workers.front()->run();
        for (auto& each : threads) {
            each.join();
        }
    }
    result out;
    for (const auto& each : workers) {
        out.all.add_all(each->seen());
        out.took = std::max(out.took, each->took());
    }
    return out;
}

}  // namespace

int run(const std::vector<std::string>& arguments) noexcept {
    try {
        std::signal(SIGPIPE, SIG_IGN);
        const options wanted = parse_options(arguments);
        if (wanted.help || wanted.version) {
            fmt::print("{}", wanted.help ? help_text() : "smpp-load " SMPP_LOAD_VERSION "\n");
            return fine;
        }
        const result got = load(wanted);
        fmt::print("{}", wanted.json ? report_json(wanted, got) : report_text(wanted, got));
        const bool good = got.all.sessions_failed == 0 && got.all.failed.empty() &&
                          got.all.latency.count() == got.all.sent && got.all.sent > 0;
        return good ? fine : failed;
    } catch (const usage_error& error) {
        fmt::print(stderr, "smpp-load: {} (see smpp-load --help)\n", error.what());
        return wrong_usage;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "smpp-load: {}\n", error.what());
        return wrong_usage;
    } catch (const std::exception& error) {
        fmt::print(stderr, "smpp-load: {}\n", error.what());
        return failed;
    }
}

}  // namespace smpp_load
