#include "mock-smsc/app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdio>
#include <future>
#include <thread>

#include "mock-smsc/accounts/account_options.hpp"
#include "mock-smsc/accounts/accounts.hpp"
#include "mock-smsc/capture.hpp"
#include "mock-smsc/child.hpp"
#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/http_auth.hpp"
#include "mock-smsc/http/http_server.hpp"
#include "mock-smsc/lint/lint_report.hpp"
#include "mock-smsc/lint/session_watch.hpp"
#include "mock-smsc/ready_file.hpp"
#include "mock-smsc/slices.hpp"
#include "mock-smsc/smpp_front.hpp"
#include "mock-smsc/start_values.hpp"
#include "mock-smsc/tls_setup.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {
namespace {

class program {
public:
    explicit program(const options& wanted)
        : options_(wanted),
          accounts_(context_.get_executor()),
          store_({wanted.max_messages, wanted.max_octets, wanted.default_alphabet}),
          journal_(open_journal(wanted)),
          writer_(start_writer()),
          deliveries_(context_.get_executor(), store_, sessions_),
          receipts_(context_.get_executor(), store_, sessions_),
          rules_(wanted.seed),
          faults_(context_.get_executor()),
          recorder_({store_, sessions_, parts_, deliveries_, receipts_, rules_, faults_, counts_,
                     writer_.get()},
                    wanted.durability, {wanted.receipt_delay}),
          operations_(store_, sessions_, recorder_, works_),
          front_(accounts_, sessions_, recorder_, receipts_, rules_, faults_, operations_, counts_),
          server_(context_.get_executor(), front_, server_options_of()),
          api_(context_.get_executor(), {store_, sessions_, parts_, recorder_},
               {recorder_, rules_, receipts_, server_, accounts_, works_, counts_, wanted,
                rules_json(wanted), accounts_json(wanted)}),
          http_(
              context_.get_executor(),
              [this](const http_request& request, http_reply reply) {
                  api_.handle(request, std::move(reply));
              },
              http_limits(wanted), http_auth_of(wanted)),
          signals_(context_),
          child_signal_(context_),
          retention_(context_) {
        if (wanted.clock) {
            start_clock_at(*wanted.clock);
        }
        api_.follow(store_, sessions_, recorder_);
        front_.lint_sessions(wanted.keep_nothing ? 0 : wanted.lint_pdus);
        front_.on_lint = [this](const session_info& session,
                                const smpp::lint::session_finding& found) {
            api_.feed().on_lint(session, found);
        };
        store_.on_drop = [this](message_number id, const record& dropped) {
            if (dropped.part) {
                parts_.remove(id);
            }
        };
        store_.on_forget = [this](message_number id, const record& forgotten) {
            sessions_.release(forgotten.session);
            if (forgotten.noted) {
                recorder_.forget(id);
            }
        };
        rules_.set_carrier({wanted.carrier, wanted.receipt});
        rules_.replace(rules_json(wanted));
        accounts_.replace(accounts_json(wanted));
        if (wanted.keep_nothing) {
            recorder_.keep_nothing();
        }
        if (journal_) {
            recorder_.restore(*journal_, wanted.max_messages);
        }
    }

    ~program() {
        works_.clear();
        // Sessions end after the API is gone.
        api::leave(store_, sessions_, recorder_);
        front_.on_lint = nullptr;
    }
    program(const program&) = delete;
    program& operator=(const program&) = delete;

    int run(const std::vector<std::string>& command) {
        const addresses where = listen();
        signals_.add(SIGTERM);
        signals_.add(SIGINT);
        await_signal();
        if (!options_.tls_cert.empty()) {
            reload_signal_.add(SIGHUP);
            await_reload();
        }
        expire_old();
        const std::string line = ready_line(where) + "\n";
        if (!options_.ready_file.empty()) {
            write_whole_file(options_.ready_file, line);
        }
        if (command.empty()) {
            std::fputs(line.c_str(), stdout);
            std::fflush(stdout);
        } else {
            child_signal_.add(SIGCHLD);
            child_ = start_child(command, child_environment(where, options_), inherited_);
            await_child();
        }
        context_.run();
        if (!command.empty()) {
            std::fputs(lint_text().c_str(), stderr);
        }
        return exit_code_;
    }

    /// Without signals: for a program that has its own. run_embedded() returns after stop_soon().
    addresses start_embedded() {
        const addresses where = listen();
        expire_old();
        return where;
    }
    void run_embedded() { context_.run(); }
    void stop_soon() {
        boost::asio::post(context_, [this] { stop(); });
    }
    void ask(const http_request& request, const http_reply& reply) {
        boost::asio::post(context_, [this, request, reply] { api_.handle(request, reply); });
    }

private:
    smpp::server_options server_options_of() {
        smpp::server_options out;
        out.session.window = options_.window;
        out.session.session_init_timer = options_.session_init_timer;
        out.session.enquire_link_timer = options_.enquire_link_timer;
        out.session.inactivity_timer = options_.inactivity_timer;
        out.session.response_timer = options_.response_timer;
        out.session.unbind_timer = std::chrono::seconds(2);
        out.session.strict_sending = false;  // rules and mobile messages may be as wrong as wanted
        out.max_connections = options_.max_connections;
        if (!options_.pcap.empty()) {
            out.trace =
                capture_to(options_.pcap, [this](bool tls) { return tls ? tls_port_ : port_; });
        }
        if (options_.lint_pdus != 0 && !options_.keep_nothing) {
            out.trace = watched_trace(std::move(out.trace));
        }
        return out;
    }

    /// About everything there is.
    std::string lint_text() const {
        lint_report report;
        for (auto id = store_.first(); id < store_.end(); ++id) {
            message_reader message(store_, sessions_, id);
            if (message.found()) {
                report.add(message);
            }
        }
        for (const auto& [id, session] : sessions_.all()) {
            report.add(session);
        }
        return report.text();
    }

    std::shared_ptr<http_auth> http_auth_of(const options& wanted) {
        return wanted.http_auth.empty()
                   ? nullptr
                   : std::make_shared<http_auth>(wanted.http_auth, context_.get_executor());
    }

    static std::unique_ptr<journal> open_journal(const options& wanted) {
        return wanted.database.empty()
                   ? nullptr
                   : std::make_unique<journal>(wanted.database, wanted.durability);
    }
    std::unique_ptr<journal_writer> start_writer() {
        return journal_ ? std::make_unique<journal_writer>(context_.get_executor(), *journal_)
                        : nullptr;
    }

    void expire_old() {
        if (options_.max_age.count() == 0) {
            return;
        }
        const auto before = utc_now() - std::chrono::microseconds(options_.max_age).count();
        works_.later([this, before] { return store_.expire(before, 100); });
        retention_.expires_after(std::clamp(options_.max_age / 10, std::chrono::milliseconds(10),
                                            std::chrono::milliseconds(60'000)));
        retention_.async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled) {
                expire_old();
            }
        });
    }

    addresses listen() {
        addresses where;
        if (options_.listen) {
            port_ = server_.listen(options_.listen->host, options_.listen->port);
            where.smpp = shown(*options_.listen, port_);
        }
        if (options_.listen_tls) {
            const auto tls = tls_setup(options_);
            tls_port_ = server_.listen(options_.listen_tls->host, options_.listen_tls->port, tls);
            where.smpps = shown(*options_.listen_tls, tls_port_);
        }
        if (options_.http) {
            where.http =
                shown(*options_.http, http_.listen(options_.http->host, options_.http->port));
        }
        return where;
    }

    /// The first signal ends in order, the second at once.
    void await_signal() {
        signals_.async_wait([this](const boost::system::error_code& cancelled, int) {
            if (cancelled) {
                return;
            }
            if (child_ != 0) {
                ::kill(child_, SIGTERM);  // its end is ours
                await_signal();
                return;
            }
            if (stopping_) {
                server_.abort();
                return;
            }
            stopping_ = true;
            await_signal();
            stop();
        });
    }

    /// SIGHUP: the certificate has been renewed. One that cannot be read changes nothing.
    void await_reload() {
        reload_signal_.async_wait([this](const boost::system::error_code& cancelled, int) {
            if (cancelled) {
                return;
            }
            try {
                server_.reload_certificates();
                fmt::print(stderr, "mock-smsc: {} was read anew\n", options_.tls_cert);
            } catch (const std::exception& failed) {
                fmt::print(stderr, "mock-smsc: the certificate stays as it was: {}\n",
                           failed.what());
            }
            await_reload();
        });
    }

    void await_child() {
        child_signal_.async_wait([this](const boost::system::error_code& cancelled, int) {
            if (const auto code = cancelled ? std::nullopt : child_ended(child_)) {
                exit_code_ = *code;
                child_ = 0;
                stopping_ = true;
                stop();
            } else if (!cancelled) {
                await_child();
            }
        });
    }

    void stop() {
        api_.ready = false;
        http_.stop();
        api_.waiting().finish();
        server_.stop(std::chrono::seconds(1), [this] {
            if (writer_) {
                writer_->finish();
            }
            context_.stop();
        });
    }

    const options& options_;
    const std::set<int> inherited_ = open_descriptors();  // before there are any of ours
    std::uint16_t port_ = 0;
    std::uint16_t tls_port_ = 0;
    boost::asio::io_context context_{1};
    slices works_{context_.get_executor()};
    accounts accounts_;
    session_registry sessions_;
    part_index parts_;
    message_store store_;
    std::unique_ptr<journal> journal_;
    std::unique_ptr<journal_writer> writer_;
    deliveries deliveries_;
    receipt_sender receipts_;
    rule_set rules_;
    fault_player faults_;
    counters counts_;
    recorder recorder_;
    operations operations_;
    smpp_front front_;
    smpp::server server_;
    api api_;
    http_server http_;
    boost::asio::signal_set signals_;
    boost::asio::signal_set child_signal_;
    boost::asio::signal_set reload_signal_{context_};
    boost::asio::steady_timer retention_;
    pid_t child_ = 0;
    int exit_code_ = 0;
    bool stopping_ = false;
};

}  // namespace

struct running_program::impl {
    explicit impl(const options& wanted) : inside(wanted), where(inside.start_embedded()) {
        thread = std::thread([this] { inside.run_embedded(); });
    }
    ~impl() {
        inside.stop_soon();
        thread.join();
    }
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;

    program inside;
    addresses where;
    std::thread thread;
};

running_program::running_program(const options& wanted) : impl_(std::make_unique<impl>(wanted)) {}
running_program::~running_program() = default;
const addresses& running_program::where() const noexcept { return impl_->where; }

http_response running_program::ask(http_request request) const {
    const auto promise = std::make_shared<std::promise<http_response>>();
    auto answer = promise->get_future();
    impl_->inside.ask(request,
                      [promise](http_response got) { promise->set_value(std::move(got)); });
    return answer.get();
}

int run(const options& wanted, const std::vector<std::string>& command) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error like any other
    raise_descriptor_limit();
    if (wanted.durability == durability::relaxed && !wanted.database.empty()) {
        std::fputs(
            "mock-smsc: --durability relaxed: submits are answered before they are in the "
            "database; a crash may lose some\n",
            stderr);
    }
    return program(wanted).run(command);
}

}  // namespace mock_smsc
