#include "smpp-dump/live/proxied.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "smpp-dump/live/say.hpp"

namespace smpp_dump {
namespace {

constexpr auto handshake_patience = std::chrono::seconds(15);

}  // namespace

proxied::proxied(proxy_shared& shared, asio::ip::tcp::socket client)
    : shared_(&shared),
      client_(std::move(client)),
      name_(to_string(client_.remote())),
      executor_(client_.executor()),
      timer_(executor_) {}

void proxied::tell(const std::string& what) const { say(name_ + ' ' + what); }

asio::awaitable<void> proxied::run() {
    const auto self = shared_from_this();
    tell("connected");
    const bool greeted = co_await greet_client();
    if (!greeted) {
        client_.close();
        co_return;
    }
    const proxy_options& options = *shared_->options;
    connector_options how;
    how.tls = shared_->to_server;
    how.verify = options.secure.verify;
    connector_ = std::make_unique<connector>(executor_, options.target, how,
                                             [this](const step& done) { tell(in_words(done)); });
    server_ = co_await connector_->run();
    if (!server_ || stopped_) {
        client_.reset();  // as if nobody listened
        co_return;
    }
    tap_ = std::make_unique<tap>(shared_->records, client_.remote(), server_->remote());
    asio::co_spawn(executor_, pump(true), asio::detached);
    co_await pump(false);
}

asio::awaitable<bool> proxied::greet_client() {
    if (shared_->to_clients == nullptr) {
        co_return true;
    }
    const stopwatch watch;
    client_.use_tls(std::make_unique<tls_engine>(*shared_->to_clients, tls_role::server));
    timer_.expires_after(handshake_patience);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            self->client_.cancel();
        }
    });
    step done;
    done.name = "tls with the client";
    done.good = co_await client_.handshake();
    timer_.cancel();
    done.took = watch.elapsed();
    done.text = done.good ? client_.tls().description() : client_.failure();
    done.hint = client_.tls().hint();
    tell(in_words(done));
    co_return done.good;
}

/// What `from` sends is shown, then passed on; nothing more is read until the other side has taken
/// it.
asio::awaitable<void> proxied::pump(bool from_client) {
    const auto self = shared_from_this();
    channel& from = from_client ? client_ : *server_;
    channel& to = from_client ? *server_ : client_;
    std::string octets;
    bool more = true;
    while (more) {
        const stream_end end = co_await from.read(octets);
        if (!octets.empty()) {
            const stamp seen{time_now(), ++shared_->pieces};
            tap_->add(from_client, smpp::as_octets(octets), seen);
            shared_->settle();
            const bool written = co_await to.write(smpp::as_octets(octets));
            if (!written && !stopped_) {
                tell(fmt::format("the {} no longer reads: {}", from_client ? "server" : "client",
                                 to.failure()));
                stopped_ = true;
                to.reset();
                from.reset();
            }
            more = written;
        }
        if (more && end != stream_end::none) {
            more = co_await pass_end(from_client, end);
        }
    }
    pumped();
}

/// False, for the pump's sake: nothing follows.
asio::awaitable<bool> proxied::pass_end(bool from_client, stream_end end) {
    channel& from = from_client ? client_ : *server_;
    channel& to = from_client ? *server_ : client_;
    const std::string_view who = from_client ? "client" : "server";
    if (stopped_) {
        co_return false;
    }
    const stamp seen{time_now(), shared_->pieces};
    tap_->close(from_client, seen);
    if (end == stream_end::closed || end == stream_end::truncated) {
        tell(fmt::format("the {} closed{}", who,
                         end == stream_end::truncated ? " without TLS's close_notify" : ""));
        co_await to.shutdown_send(end == stream_end::closed);
        co_return false;
    }
    tell(end == stream_end::reset ? fmt::format("the {} reset the connection", who)
                                  : fmt::format("the {}: {}", who, from.failure()));
    stopped_ = true;
    to.reset();
    from.close();
    co_return false;
}

void proxied::pumped() {
    if (--pumping_ == 0) {
        tell(fmt::format("ended; {} octets from the client, {} from the server", tap_->octets(true),
                         tap_->octets(false)));
        tap_->finish();
        shared_->settle();
        client_.close();
        server_->close();
    }
}

void proxied::stop() noexcept {
    stopped_ = true;
    client_.close();
    if (connector_) {
        connector_->cancel();
    }
    if (server_) {
        server_->close();
    }
}

}  // namespace smpp_dump
