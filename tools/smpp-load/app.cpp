#include "smpp-load/app.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <thread>

#include "smpp-load/deliverer.hpp"
#include "smpp-load/progress.hpp"
#include "smpp-load/report.hpp"
#include "smpp-load/submitter.hpp"

namespace smpp_load {
namespace {

constexpr int fine = 0;
constexpr int failed = 1;
constexpr int wrong_usage = 2;

using worker_list = std::vector<std::unique_ptr<worker>>;

share share_of(const options& options, unsigned index) {
    const unsigned n = options.threads;
    share out;
    out.sessions = options.sessions / n + (index < options.sessions % n ? 1 : 0);
    if (options.count) {
        out.count = *options.count / n + (index < *options.count % n ? 1 : 0);
    }
    out.thread = {index, n};
    return out;
}

/// The first SIGINT or SIGTERM ends the load, and what was measured until then is shown; the second
/// does what it does to any program.
class interruption {
public:
    explicit interruption(worker_list& workers) : signals_(context_, SIGINT, SIGTERM) {
        signals_.async_wait([&](const smpp::error_code& cancelled, int) {
            if (!cancelled) {
                signals_.clear();
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

worker_list make_workers(const options& options) {
    worker_list out;
    for (unsigned i = 0; i < options.threads; ++i) {
        const share part = share_of(options, i);
        if (options.deliver) {
            out.push_back(std::make_unique<deliverer>(options, part));
        } else {
            out.push_back(std::make_unique<submitter>(options, part));
        }
    }
    return out;
}

/// They begin to load together, once all have gathered their sessions.
void run_all(worker_list& workers) {
    std::atomic<std::size_t> gathered = 0;
    for (const auto& each : workers) {
        each->on_gathered = [&] {
            if (++gathered == workers.size()) {
                for (const auto& ready : workers) {
                    ready->start();
                }
            }
        };
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

figures load(const options& options) {
    worker_list workers = make_workers(options);
    {
        const interruption on_signal(workers);
        std::optional<progress_display> progress;
        if (options.progress) {
            progress.emplace(workers, options);
        }
        run_all(workers);
    }
    figures out;
    for (const auto& each : workers) {
        out.add_all(each->seen());
    }
    return out;
}

/// As many connections as the system lets us have.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

}  // namespace

int run(const std::vector<std::string>& arguments) noexcept {
    try {
        std::signal(SIGPIPE, SIG_IGN);
        raise_descriptor_limit();
        const options wanted = parse_options(arguments);
        if (wanted.help || wanted.version_asked) {
            fmt::print("{}", wanted.help ? help_text() : "smpp-load " SMPP_LOAD_VERSION "\n");
            return fine;
        }
        const result got{wanted, load(wanted)};
        fmt::print("{}", wanted.json ? report_json(got) : report_text(got));
        return got.good() ? fine : failed;
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
