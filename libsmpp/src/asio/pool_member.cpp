// A member of a pool: connects, binds, and comes back.
#include <fmt/format.h>

#include <random>
#include <stdexcept>

#include "asio/pool_impl.hpp"

namespace smpp::detail {
namespace {

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

session_state state_after(const any_bind& bind) noexcept {
    if (std::holds_alternative<bind_transmitter>(bind)) {
        return session_state::bound_tx;
    }
    return std::holds_alternative<bind_receiver>(bind) ? session_state::bound_rx
                                                       : session_state::bound_trx;
}

}  // namespace

pool_member::pool_member(boost::asio::any_io_executor executor, std::weak_ptr<pool_impl> pool,
                         std::size_t index, reconnect_options options)
    : pool_(std::move(pool)),
      index_(index),
      options_(std::move(options)),
      timer_(executor),
      backoff_(options_.backoff, random_seed()),
      pace_(options_.pace, session_clock::now()) {
    if (options_.hosts.empty()) {
        throw std::invalid_argument("a reconnecting client needs a host to connect to");
    }
    auto with = options_.client;
    // The client tells its member; whoever made the options may want to know, too. A member that
    // is being destroyed is told nothing: its client closes in its destructor.
    with.on_closed = [this, also = options_.client.on_closed](error_code why) {
        if (const auto self = weak_from_this().lock()) {
            on_closed(why);
        }
        if (also) {
            also(why);
        }
    };
    client_.emplace(std::move(executor), std::move(with));
}

std::string pool_member::where() const {
    const host_port& to = options_.hosts[host_];
    return to.host.find(':') == std::string::npos ? fmt::format("{}:{}", to.host, to.port)
                                                  : fmt::format("[{}]:{}", to.host, to.port);
}

bool pool_member::may_ever_send(command_id id) const noexcept {
    return may_send(role::esme, id, state_after(options_.bind));
}

bool pool_member::has_room(command_id id) const noexcept {
    return usable_ && may_ever_send(id) &&
           outstanding_ < window::clamped(options_.client.session.window);
}

void pool_member::tell(connection_change change) {
    if (options_.on_change) {
        change.member = index_;
        change.where = where();
        options_.on_change(change);
    }
}

void pool_member::connect() {
    phase_ = phase::connecting;
    connection_change change;
    change.what = connection_change::kind::connecting;
    tell(std::move(change));
    if (phase_ != phase::connecting) {
        return;  // whoever was told has closed us
    }
    const host_port& to = options_.hosts[host_];
    client_->async_connect(to.host, to.port, [weak = weak_from_this()](error_code failed) {
        if (const auto self = weak.lock()) {
            self->on_connected(failed);
        }
    });
}

void pool_member::on_connected(error_code failed) {
    if (phase_ != phase::connecting) {
        return;
    }
    if (failed) {
        on_failed(failed);
        return;
    }
    phase_ = phase::binding;
    std::visit(
        [this](const auto& bind) {
            client_->async_bind(bind, [weak = weak_from_this()](error_code refused, const auto&) {
                if (const auto self = weak.lock()) {
                    self->on_bind_answer(refused);
                }
            });
        },
        options_.bind);
}

void pool_member::on_bind_answer(error_code failed) {
    if (phase_ != phase::binding) {
        return;
    }
    if (failed) {
        on_failed(failed);
        return;
    }
    phase_ = phase::bound;
    usable_ = true;
    failed_hosts_ = 0;
    ++sessions_;
    bound_at_ = session_clock::now();
    last_error_.clear();
    connection_change change;
    change.what = connection_change::kind::bound;
    tell(std::move(change));
    receive_on();
    if (const auto pool = pool_.lock()) {
        pool->on_bound();
    }
}

void pool_member::on_failed(error_code why) {
    last_error_ = client_->last_error().empty() ? fmt::format("{}: {}", where(), why.message())
                                                : client_->last_error();
    phase_ = phase::waiting;
    client_->close();
    // The next host is tried at once; after a round through all comes a wait.
    duration after{};
    if (++failed_hosts_ >= options_.hosts.size()) {
        failed_hosts_ = 0;
        after = backoff_.next();
    }
    retry(connection_change::kind::failed, why, after);
    host_ = (host_ + 1) % options_.hosts.size();
}

void pool_member::on_closed(error_code why) {
    usable_ = false;
    if (phase_ != phase::bound) {
        return;  // on_failed knows, or it was meant
    }
    phase_ = phase::waiting;
    last_error_ = client_->last_error();
    const bool stable = session_clock::now() - bound_at_ >= options_.stable_after;
    if (stable) {
        backoff_.reset();
    }
    retry(connection_change::kind::lost, why, backoff_.next());
    host_ = stable ? host_ : (host_ + 1) % options_.hosts.size();
}

void pool_member::retry(connection_change::kind what, error_code why, duration after) {
    timer_.expires_after(after);
    timer_.async_wait([weak = weak_from_this()](const error_code& cancelled) {
        const auto self = weak.lock();
        if (self && !cancelled && self->phase_ == phase::waiting) {
            self->connect();
        }
    });
    connection_change change;
    change.what = what;
    change.error = why;
    change.text = last_error_;
    change.retry_in = after;
    tell(std::move(change));
}

void pool_member::stop() {
    phase_ = phase::stopped;
    usable_ = false;
    timer_.cancel();
}

void pool_member::take(pool_operation::ptr operation) {
    ++outstanding_;
    operation->under_way = true;
    pool_operation& started = *operation;
    started.start(
        std::move(operation), *client_,
        [weak = weak_from_this()](pool_operation::ptr ended, const pool_outcome& outcome) {
            if (const auto self = weak.lock()) {
                self->on_done(std::move(ended), outcome);
            } else {
                ended->complete(outcome.failed);
            }
        });
}

void pool_member::on_done(pool_operation::ptr operation, const pool_outcome& outcome) {
    --outstanding_;
    operation->under_way = false;
    const error_code& failed = outcome.failed;
    if (!failed || failed.category() == error_code(command_status::throttled).category()) {
        pace_.on_response(failed ? command_status(failed.value()) : command_status::ok,
                          outcome.congestion_state, session_clock::now());
    } else if (failed == session_errc::closed || failed == session_errc::not_bound) {
        usable_ = false;  // until it is bound again
    }
    if (const auto pool = pool_.lock()) {
        pool->on_done(*this, std::move(operation), outcome);
    } else {
        operation->complete(failed);
    }
}

void pool_member::receive_on() {
    if (receiving_ || phase_ != phase::bound) {
        return;
    }
    receiving_ = true;
    client_->async_receive([weak = weak_from_this()](error_code failed, pdu received) {
        if (const auto self = weak.lock()) {
            self->on_received(failed, std::move(received));
        }
    });
}

void pool_member::on_received(error_code failed, pdu received) {
    receiving_ = false;
    const auto pool = pool_.lock();
    if (failed || !pool) {
        return;
    }
    pool->on_received(index_, std::move(received));
    if (pool->wants_more()) {
        receive_on();
    }
}

}  // namespace smpp::detail
