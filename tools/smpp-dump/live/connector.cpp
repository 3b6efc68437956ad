#include "smpp-dump/live/connector.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace smpp_dump {
namespace {

using boost::system::error_code;

std::string tcp_hint(const error_code& failed, bool timed_out, const place& target) {
    if (timed_out) {
        return "no answer at all: a firewall, or the provider's list of allowed addresses?";
    }
    if (failed == asio::error::connection_refused) {
        return fmt::format(
            "nothing listens on port {}: is it the right one? Usual are 2775 "
            "(plain) and 3550 (TLS)",
            target.port);
    }
    if (failed == asio::error::network_unreachable || failed == asio::error::host_unreachable) {
        return "there is no way to that network: a VPN that is down?";
    }
    return {};
}

}  // namespace

connector::connector(asio::any_io_executor executor, place target, connector_options options,
                     step_sink on_step)
    : executor_(std::move(executor)),
      target_(std::move(target)),
      options_(options),
      on_step_(std::move(on_step)),
      resolver_(executor_),
      timer_(executor_),
      socket_(executor_) {}

asio::awaitable<std::unique_ptr<channel>> connector::run() {
    bool good = co_await resolve();
    good = good && co_await connect();
    if (good) {
        channel_ = std::make_unique<channel>(std::move(socket_));
        good = !target_.tls || co_await secure();
    }
    timer_.cancel();
    co_return good ? std::move(channel_) : nullptr;
}

void connector::cancel() noexcept {
    error_code ignored;
    resolver_.cancel();
    socket_.cancel(ignored);
    if (channel_) {
        channel_->cancel();
    }
}

/// `what` is cancelled when the step takes too long.
template <class Cancelled>
void connector::arm(Cancelled& what) {
    timed_out_ = false;
    timer_.expires_after(
        std::chrono::duration_cast<asio::steady_timer::duration>(options_.patience));
    timer_.async_wait([this, &what](const error_code& cancelled) {
        if (!cancelled) {
            timed_out_ = true;
            what.cancel();
        }
    });
}

std::string connector::reason(const error_code& failed) const {
    if (timed_out_) {
        return fmt::format("no answer within {:g} s",
                           std::chrono::duration<double>(options_.patience).count());
    }
    return failed.message();
}

void connector::fail(step done, const stopwatch& watch) {
    done.good = false;
    done.took = watch.elapsed();
    on_step_(done);
}

asio::awaitable<bool> connector::resolve() {
    const stopwatch watch;
    error_code failed;
    const auto literal = asio::ip::make_address(target_.host, failed);
    if (!failed) {
        addresses_.emplace_back(literal, target_.port);
        co_return true;
    }
    arm(resolver_);
    const std::string service = std::to_string(target_.port);
    const auto found = co_await resolver_.async_resolve(
        target_.host, service, asio::redirect_error(asio::use_awaitable, failed));
    timer_.cancel();
    step done;
    done.name = "dns";
    if (failed) {
        done.text = fmt::format("{}: {}", target_.host, reason(failed));
        done.hint = "is the name spelt right, and known to the DNS of this machine?";
        fail(done, watch);
        co_return false;
    }
    for (const auto& each : found) {
        addresses_.push_back(each.endpoint());
        done.text += (done.text.empty() ? target_.host + " is " : ", ") +
                     each.endpoint().address().to_string();
    }
    done.took = watch.elapsed();
    on_step_(done);
    co_return true;
}

asio::awaitable<bool> connector::connect() {
    for (const auto& address : addresses_) {
        const stopwatch watch;
        error_code failed;
        error_code ignored;
        socket_.close(ignored);
        socket_.open(address.protocol(), failed);
        if (!failed) {
            arm(socket_);
            co_await socket_.async_connect(address,
                                           asio::redirect_error(asio::use_awaitable, failed));
            timer_.cancel();
        }
        step done;
        done.name = "tcp";
        const std::string to = to_string(to_end_point(address));
        if (!failed) {
            done.text = fmt::format("connected to {}", to);
            done.took = watch.elapsed();
            on_step_(done);
            co_return true;
        }
        done.text = fmt::format("{}: {}", to, reason(failed));
        done.hint = tcp_hint(failed, timed_out_, target_);
        fail(done, watch);
    }
    co_return false;
}

asio::awaitable<bool> connector::secure() {
    const stopwatch watch;
    channel_->use_tls(std::make_unique<tls_engine>(*options_.tls, tls_role::client, target_.host));
    arm(*channel_);
    const bool good = co_await channel_->handshake();
    timer_.cancel();
    step done;
    done.name = "tls";
    if (!good) {
        done.text = timed_out_ ? reason({}) : channel_->failure();
        done.hint = channel_->tls().hint();
        if (done.hint.empty()) {
            done.hint = "does the server speak TLS on this port? smpp:// is plain";
        }
        fail(done, watch);
        co_return false;
    }
    const std::string distrust = channel_->tls().distrust();
    done.text = fmt::format("{}; certificate of {}", channel_->tls().description(),
                            channel_->tls().certificate());
    if (!distrust.empty() && options_.verify) {
        done.text = fmt::format("the certificate is not trusted: {} ({})", distrust, done.text);
        done.hint = "--ca FILE names its authority, --insecure goes on all the same";
        fail(done, watch);
        co_return false;
    }
    done.text += distrust.empty() ? "; trusted" : "; NOT trusted: " + distrust;
    done.took = watch.elapsed();
    on_step_(done);
    co_return true;
}

}  // namespace smpp_dump
