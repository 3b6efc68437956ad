#include "asio/pool_impl.hpp"

#include <algorithm>
#include <stdexcept>

namespace smpp::detail {
namespace {

bool never_sent(const error_code& failed) noexcept {
    return failed == session_errc::closed || failed == session_errc::not_bound ||
           failed == session_errc::window_full || failed == session_errc::queue_timeout;
}

}  // namespace

pool_impl::pool_impl(boost::asio::any_io_executor executor, pool_options options)
    : executor_(std::move(executor)), options_(std::move(options)), timer_(executor_) {
    if (options_.members.empty()) {
        throw std::invalid_argument("a client pool needs members");
    }
}

void pool_impl::make_members() {
    for (std::size_t i = 0; i < options_.members.size(); ++i) {
        members_.push_back(std::make_shared<pool_member>(executor_, weak_from_this(), i,
                                                         std::move(options_.members[i])));
    }
    options_.members.clear();
}

void pool_impl::start(simple_handler bound) {
    if (closed_ || was_bound_) {
        finish_later(std::move(bound), closed_ ? error_code(session_errc::closed) : error_code());
        return;
    }
    starting_.push_back(std::move(bound));
    if (std::exchange(running_, true)) {
        return;
    }
    for (const auto& each : members_) {
        each->connect();
    }
}

void pool_impl::on_bound() {
    was_bound_ = true;
    finish_all(starting_, {});
    pump();
}

void pool_impl::submit(pool_operation::ptr operation) {
    operation->serial = ++last_serial_;
    const bool possible = std::any_of(members_.begin(), members_.end(), [&](const auto& each) {
        return each->may_ever_send(operation->id());
    });
    if (closed_) {
        finish_later(std::move(operation), session_errc::closed);
    } else if (!possible) {
        finish_later(std::move(operation), session_errc::not_bound);
    } else if (waiting_.size() >= options_.max_waiting) {
        finish_later(std::move(operation), session_errc::window_full);
    } else {
        waiting_.push_back(std::move(operation));
        pump();
    }
}

void pool_impl::finish_later(pool_operation::ptr operation, error_code failed) {
    boost::asio::post(executor_,
                      [owned = std::move(operation), failed] { owned->complete(failed); });
}

void pool_impl::finish_later(simple_handler operation, error_code failed) {
    boost::asio::post(executor_,
                      [owned = std::move(operation), failed] { owned->complete(failed); });
}

void pool_impl::finish_later(receive_handler operation, error_code failed, pdu received) {
    boost::asio::post(
        executor_, [owned = std::move(operation), failed, value = std::move(received)]() mutable {
            owned->complete(failed, std::move(value));
        });
}

void pool_impl::finish_all(std::vector<simple_handler>& operations, error_code failed) {
    for (auto& each : std::exchange(operations, {})) {
        finish_later(std::move(each), failed);
    }
}

void pool_impl::keep(pool_operation::ptr operation) {
    const auto at = std::upper_bound(
        waiting_.begin(), waiting_.end(), operation->serial,
        [](std::uint64_t serial, const auto& each) { return serial < each->serial; });
    waiting_.insert(at, std::move(operation));
}

void pool_impl::cancel(pool_operation* operation) {
    operation->cancelled = true;
    if (operation->under_way) {
        operation->cancel();
        return;
    }
    const auto found = std::lower_bound(
        waiting_.begin(), waiting_.end(), operation->serial,
        [](const auto& each, std::uint64_t serial) { return each->serial < serial; });
    if (found != waiting_.end() && found->get() == operation) {
        auto owned = std::move(*found);
        waiting_.erase(found);
        finish_later(std::move(owned), session_errc::cancelled);
    }
}

void pool_impl::cancel(const simple_operation* operation) {
    for (auto* kept : {&starting_, &unbinding_}) {
        const auto found = std::find_if(kept->begin(), kept->end(),
                                        [&](const auto& each) { return each.get() == operation; });
        if (found != kept->end()) {
            auto owned = std::move(*found);
            kept->erase(found);
            finish_later(std::move(owned), session_errc::cancelled);
            return;
        }
    }
}

void pool_impl::cancel(const receive_operation* operation) {
    if (receiver_.get() == operation) {
        finish_later(std::exchange(receiver_, nullptr), session_errc::cancelled);
    }
}

pool_member* pool_impl::choose(command_id id, time_point now) {
    pool_member* best = nullptr;
    time_point wake = timers::never;
    const std::size_t count = members_.size();
    const std::size_t first = options_.how == balance::failover ? 0 : turn_;
    for (std::size_t i = 0; i < count; ++i) {
        pool_member& each = *members_[(first + i) % count];
        if (!each.has_room(id)) {
            continue;
        }
        if (!each.rate().ready(now)) {
            wake = std::min(wake, each.rate().next());
            continue;
        }
        if (best == nullptr || (options_.how == balance::least_outstanding &&
                                each.outstanding() < best->outstanding())) {
            best = &each;
        }
    }
    turn_ = (turn_ + 1) % count;
    if (best == nullptr && wake != timers::never) {
        wake_at(wake);
    }
    return best;
}

void pool_impl::pump() {
    const time_point now = session_clock::now();
    while (!waiting_.empty()) {
        pool_member* to = choose(waiting_.front()->id(), now);
        if (to == nullptr) {
            return;
        }
        std::ignore = to->rate().try_send(now);
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        to->take(std::move(next));
    }
}

void pool_impl::wake_at(time_point when) {
    if (sleeping_) {
        return;
    }
    sleeping_ = true;
    timer_.expires_at(when);
    timer_.async_wait([weak = weak_from_this()](const error_code&) {
        if (const auto self = weak.lock()) {
            self->sleeping_ = false;
            self->pump();
        }
    });
}

void pool_impl::on_done(pool_member&, pool_operation::ptr operation, const pool_outcome& outcome) {
    if (!never_sent(outcome.failed)) {
        operation->complete(outcome.failed);
    } else if (operation->cancelled) {
        operation->complete(session_errc::cancelled);
    } else if (closed_) {
        operation->complete(session_errc::closed);
    } else {
        keep(std::move(operation));
    }
    pump();
}

void pool_impl::on_received(std::size_t member, pdu received) {
    if (receiver_) {
        last_member_ = member;
        std::exchange(receiver_, nullptr)->complete({}, std::move(received));
    } else {
        unread_.emplace_back(member, std::move(received));
    }
}

void pool_impl::receive(receive_handler handler) {
    if (!unread_.empty()) {
        last_member_ = unread_.front().first;
        finish_later(std::move(handler), {}, std::move(unread_.front().second));
        unread_.pop_front();
        for (const auto& each : members_) {
            each->receive_on();
        }
    } else if (closed_) {
        finish_later(std::move(handler), session_errc::closed);
    } else {
        if (receiver_) {
            finish_later(std::exchange(receiver_, nullptr), session_errc::cancelled);
        }
        receiver_ = std::move(handler);
    }
}

void pool_impl::fail_waiting() {
    for (auto& never : std::exchange(waiting_, {})) {
        finish_later(std::move(never), session_errc::closed);
    }
}

void pool_impl::end() {
    finish_all(starting_, session_errc::closed);
    if (receiver_) {
        finish_later(std::exchange(receiver_, nullptr), session_errc::closed);
    }
}

void pool_impl::unbind(duration drain, simple_handler done) {
    closed_ = true;
    fail_waiting();
    unbinding_.push_back(std::move(done));
    // One end for all of them; without any, the last copy goes now.
    const std::shared_ptr<void> last(nullptr, [self = shared_from_this()](void*) {
        self->end();
        self->finish_all(self->unbinding_, {});
    });
    for (const auto& each : members_) {
        each->stop();
        if (each->line().state() != session_state::closed) {
            each->line().async_unbind(drain, [last](error_code) {});
        } else {
            each->line().close();
        }
    }
}

void pool_impl::close() {
    closed_ = true;
    timer_.cancel();
    fail_waiting();
    for (const auto& each : members_) {
        each->stop();
        each->line().close();
    }
    end();
}

std::size_t pool_impl::in_flight() const noexcept {
    std::size_t sum = 0;
    for (const auto& each : members_) {
        sum += each->outstanding();
    }
    return sum;
}

std::size_t pool_impl::bound_count() const noexcept {
    return static_cast<std::size_t>(std::count_if(members_.begin(), members_.end(),
                                                  [](const auto& each) { return each->bound(); }));
}

void submit(pool_impl& impl, pool_operation::ptr operation) { impl.submit(std::move(operation)); }
void cancel(pool_impl& impl, pool_operation* operation) { impl.cancel(operation); }
void cancel(pool_impl& impl, simple_operation* operation) { impl.cancel(operation); }
void cancel(pool_impl& impl, receive_operation* operation) { impl.cancel(operation); }
void start(pool_impl& impl, simple_handler bound) { impl.start(std::move(bound)); }
void unbind(pool_impl& impl, duration drain, simple_handler done) {
    impl.unbind(drain, std::move(done));
}
void receive(pool_impl& impl, receive_handler handler) { impl.receive(std::move(handler)); }
boost::asio::any_io_executor executor_of(pool_impl& impl) { return impl.executor(); }
std::weak_ptr<pool_impl> weak(pool_impl& impl) { return impl.weak_from_this(); }
client& pool_client(pool_impl& impl, std::size_t member) { return impl.members()[member]->line(); }

}  // namespace smpp::detail
