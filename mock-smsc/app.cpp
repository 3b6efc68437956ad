#include "mock-smsc/app.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>

#include "mock-smsc/accounts.hpp"
#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/http_server.hpp"
#include "mock-smsc/ready_file.hpp"
#include "mock-smsc/smpp_front.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {
namespace {

smpp::server_options server_options_of(const options& wanted) {
    smpp::server_options out;
    out.session.window = wanted.window;
    out.session.session_init_timer = wanted.session_init_timer;
    out.session.enquire_link_timer = wanted.enquire_link_timer;
    out.session.inactivity_timer = wanted.inactivity_timer;
    out.session.response_timer = wanted.response_timer;
    out.session.unbind_timer = std::chrono::seconds(2);
    out.max_connections = wanted.max_connections;
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

std::string shown(const listen_address& address, std::uint16_t port) {
    return address.host.find(':') == std::string::npos ? fmt::format("{}:{}", address.host, port)
                                                       : fmt::format("[{}]:{}", address.host, port);
}

class program {
public:
    explicit program(const options& wanted)
        : options_(wanted),
          accounts_(wanted.users),
          store_({wanted.max_messages, wanted.max_octets}),
          front_(accounts_, sessions_, store_, parts_),
          server_(context_.get_executor(), front_, server_options_of(wanted)),
          api_(context_.get_executor(), {store_, sessions_, parts_}),
          http_(context_.get_executor(),
                [this](const http_request& request, http_reply reply) {
                    api_.handle(request, std::move(reply));
                },
                {}),
          signals_(context_, SIGTERM, SIGINT) {
        store_.on_publish = [this] { api_.waiting().notify(); };
        store_.on_drop = [this](message_number id, const record& dropped) {
            sessions_.release(dropped.session);
            if (dropped.part) {
                parts_.remove(id);
            }
        };
    }

    int run() {
        const addresses where = listen();
        await_signal();
        const std::string line = ready_line(where) + "\n";
        if (!options_.ready_file.empty()) {
            write_whole_file(options_.ready_file, line);
        }
        std::fputs(line.c_str(), stdout);
        std::fflush(stdout);
        context_.run();
        return 0;
    }

private:
    addresses listen() {
        addresses where;
        if (options_.listen) {
            where.smpp = shown(*options_.listen,
                               server_.listen(options_.listen->host, options_.listen->port));
        }
        if (options_.listen_tls) {
            const auto tls = tls_options();
            where.smpps =
                shown(*options_.listen_tls,
                      server_.listen(options_.listen_tls->host, options_.listen_tls->port, tls));
        }
        if (options_.http) {
            where.http =
                shown(*options_.http, http_.listen(options_.http->host, options_.http->port));
        }
        return where;
    }

    smpp::tls_server_options tls_options() {
        smpp::tls_server_options tls;
        tls.cert_file = options_.tls_cert;
        tls.key_file = options_.tls_key;
        tls.client_ca_file = options_.tls_client_ca;
        tls.keylog_file = options_.tls_keylog;
        if (tls.cert_file.empty()) {
            const auto made = smpp::make_self_signed(options_.tls_names);
            tls.cert_pem = made.cert_pem;
            tls.key_pem = made.key_pem;
            if (!options_.tls_ca_out.empty()) {
                write_whole_file(options_.tls_ca_out, made.cert_pem);
            }
        }
        return tls;
    }

    /// The first signal ends in order, the second at once.
    void await_signal() {
        signals_.async_wait([this](const boost::system::error_code& cancelled, int) {
            if (cancelled) {
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

    void stop() {
        api_.ready = false;
        http_.stop();
        api_.waiting().finish();
        server_.stop(std::chrono::seconds(1), [this] { context_.stop(); });
    }

    const options& options_;
    boost::asio::io_context context_{1};
    accounts accounts_;
    session_registry sessions_;
    part_index parts_;
    message_store store_;
    smpp_front front_;
    smpp::server server_;
    api api_;
    http_server http_;
    boost::asio::signal_set signals_;
    bool stopping_ = false;
};

}  // namespace

int run(const options& wanted) {
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    return program(wanted).run();
}

}  // namespace mock_smsc
