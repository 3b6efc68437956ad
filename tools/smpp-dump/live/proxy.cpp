#include "smpp-dump/live/proxy.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <fstream>
#include <vector>

#include "smpp-dump/live/bind_words.hpp"
#include "smpp-dump/live/proxied.hpp"
#include "smpp-dump/live/say.hpp"
#include "smpp-dump/octet_source.hpp"
#include "smpp-dump/options.hpp"

namespace smpp_dump {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

class proxy {
public:
    proxy(const proxy_options& options, record_sink& sink, const std::function<bool()>& settle)
        : options_(&options),
          words_(sink, [](const std::string& line) { say(line); }),
          acceptor_(io_),
          retry_(io_),
          settling_(io_),
          signals_(io_, SIGINT, SIGTERM) {
        shared_.options = options_;
        shared_.records.sink = &words_;
        shared_.settle = [this, settle] {
            if (!settle()) {
                stop();
            }
        };
    }

    void run() {
        prepare_tls();
        listen();
        signals_.async_wait([this](const error_code& failed, int) {
            if (!failed) {
                stop();
            }
        });
        asio::co_spawn(io_, accept(), asio::detached);
        asio::co_spawn(io_, settle_often(), asio::detached);
        io_.run();
    }

private:
    void prepare_tls() {
        if (options_->listen.tls) {
            to_clients_.emplace(tls_context::server(options_->identity));
            shared_.to_clients = &*to_clients_;
            say("clients are shown the certificate of " + to_clients_->certificate());
        }
        if (options_->target.tls) {
            to_server_.emplace(tls_context::client(options_->secure.trust));
            shared_.to_server = &*to_server_;
        }
        if (!options_->cert_out.empty() && to_clients_) {
            std::ofstream file(options_->cert_out, std::ios::binary);
            file << to_clients_->certificate_pem();
            if (!file.flush()) {
                throw input_error(fmt::format("cannot write {}", options_->cert_out));
            }
        }
    }

    void listen() {
        place where = options_->listen;
        if (where.host.empty() || where.host == "localhost") {
            where.host = "127.0.0.1";
        }
        error_code failed;
        const auto address = asio::ip::make_address(where.host, failed);
        if (failed) {
            throw usage_error(fmt::format("--proxy: '{}' is no address to listen on", where.host));
        }
        const tcp::endpoint at(address, where.port);
        acceptor_.open(at.protocol(), failed);
        if (!failed) {
            acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
            acceptor_.bind(at, failed);
        }
        if (!failed) {
            acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        }
        if (failed) {
            throw input_error(
                fmt::format("cannot listen on {}: {}", to_string(where), failed.message()));
        }
        where.port = acceptor_.local_endpoint(failed).port();
        say(fmt::format("listening on {}, passing on to {}", to_string(where),
                        to_string(options_->target)));
    }

    asio::awaitable<void> accept() {
        while (!stopped_) {
            error_code failed;
            tcp::socket client =
                co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
            if (stopped_) {
                co_return;
            }
            if (failed) {  // out of descriptors, perhaps: some will be closed
                say("cannot accept: " + failed.message());
                retry_.expires_after(std::chrono::milliseconds(200));
                co_await retry_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
                continue;
            }
            const auto made = std::make_shared<proxied>(shared_, std::move(client));
            std::erase_if(open_, [](const auto& each) { return each.expired(); });
            open_.push_back(made);
            asio::co_spawn(io_, made->run(), asio::detached);
        }
    }

    /// An output that goes away is noticed also while nothing passes.
    asio::awaitable<void> settle_often() {
        error_code failed;
        while (!stopped_) {
            shared_.settle();
            settling_.expires_after(std::chrono::milliseconds(200));
            co_await settling_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
        }
    }

    void stop() {
        if (stopped_) {
            return;
        }
        stopped_ = true;
        error_code ignored;
        acceptor_.close(ignored);
        retry_.cancel();
        settling_.cancel();
        signals_.cancel(ignored);
        for (const auto& each : open_) {
            if (const auto still = each.lock()) {
                still->stop();
            }
        }
    }

    const proxy_options* options_;
    asio::io_context io_{1};
    bind_words words_;
    std::optional<tls_context> to_clients_{};
    std::optional<tls_context> to_server_{};
    proxy_shared shared_{};
    tcp::acceptor acceptor_;
    asio::steady_timer retry_;
    asio::steady_timer settling_;
    asio::signal_set signals_;
    std::vector<std::weak_ptr<proxied>> open_{};
    bool stopped_ = false;
};

}  // namespace

void set_places(proxy_options& to, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
        throw usage_error(
            "--proxy: it is LISTEN=TARGET, e.g. 127.0.0.1:2776=smpps://smsc.example.com:3550");
    }
    to.listen = parse_place(text.substr(0, equals), "--proxy");
    to.target = parse_place(text.substr(equals + 1), "--proxy");
    if (to.target.host.empty() || to.target.port == 0) {
        throw usage_error("--proxy: TARGET names no host to connect to");
    }
    to.secure.verify = to.secure.verify && to.target.verify;
    if (to.secure.trust.ca_file.empty()) {
        to.secure.trust.ca_file = to.target.ca_file;
    }
    if (to.identity.names.empty()) {
        to.identity.names = {"localhost", "127.0.0.1", "::1"};
        if (to.listen.host != "127.0.0.1" && to.listen.host != "::1" &&
            to.listen.host != "0.0.0.0" && to.listen.host != "::" && !to.listen.host.empty()) {
            to.identity.names.insert(to.identity.names.begin(), to.listen.host);
        }
    }
}

void run_proxy(const proxy_options& options, record_sink& sink,
               const std::function<bool()>& settle) {
    proxy made(options, sink, settle);
    made.run();
}

}  // namespace smpp_dump
