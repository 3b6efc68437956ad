#include "mock-smsc/http/waiters.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace mock_smsc {

struct waiters::waiter {
    waiter(const boost::asio::any_io_executor& executor, wish w)
        : wanted(std::move(w)), next(wanted.after + 1), timer(executor, wanted.timeout) {}

    wish wanted;
    message_number next;                      // not looked at yet
    message_number end = ~message_number{0};  // when time is up: what was there then
    std::vector<message_number> matched;
    boost::asio::steady_timer timer;

    [[nodiscard]] bool enough() const noexcept { return matched.size() >= wanted.count; }
    [[nodiscard]] bool over() const noexcept { return enough() || next >= end; }
};

waiters::waiters(boost::asio::any_io_executor executor, message_source source, slices& works)
    : executor_(std::move(executor)), source_(source), works_(works) {}

waiters::~waiters() { *alive_ = false; }

void waiters::add(wish wanted) {
    auto added = std::make_shared<waiter>(executor_, std::move(wanted));
    waiting_.push_back(added);
    added->timer.async_wait(
        [this, alive = alive_, added](const boost::system::error_code& cancelled) {
            if (!cancelled && *alive) {
                on_time_up(added);
            }
        });
    if (begin_scan()) {
        works_.run([this, alive = alive_] { return *alive && scan_some(); });
    }
}

void waiters::notify() {
    if (!waiting_.empty() && begin_scan()) {
        works_.later([this, alive = alive_] { return *alive && scan_some(); });
    }
}

void waiters::on_time_up(const std::shared_ptr<waiter>& which) {
    const auto found = std::find(waiting_.begin(), waiting_.end(), which);
    if (found == waiting_.end()) {
        return;
    }
    which->end = source_.store.end();
    if (which->over()) {
        tell(found);
    } else {
        notify();  // a long list: the rest of it is still looked at
    }
}

bool waiters::begin_scan() {
    more_ = true;
    return !std::exchange(scanning_, true);
}

/// A few messages for one waiter.
bool waiters::scan_some() {
    if (turn_ == waiting_.end()) {
        turn_ = waiting_.begin();
        scanning_ = std::exchange(more_, false) && turn_ != waiting_.end();
        return scanning_;
    }
    waiter& each = **turn_;
    scan_few(each);
    if (each.over()) {
        tell(turn_);
    } else {
        more_ = more_ || each.next < source_.store.end();
        ++turn_;
    }
    return true;
}

void waiters::scan_few(waiter& each) {
    constexpr message_number at_a_time = 16;
    const auto& store = source_.store;
    each.next = std::max(each.next, store.first());
    const auto end = std::min({store.end(), each.end, each.next + at_a_time});
    for (; each.next < end && !each.enough(); ++each.next) {
        message_reader message(store, source_.sessions, each.next);
        if (message.found() && each.wanted.query.matches(message)) {
            each.matched.push_back(each.next);
        }
    }
}

void waiters::tell(place which) {
    const auto each = *which;
    if (turn_ == which) {
        ++turn_;
    }
    waiting_.erase(which);
    each->timer.cancel();
    each->wanted.done(each->matched, each->enough());
}

void waiters::finish() {
    const auto all = std::move(waiting_);
    waiting_.clear();
    turn_ = waiting_.end();
    for (const auto& each : all) {
        each->timer.cancel();
        each->wanted.done(each->matched, false);
    }
}

}  // namespace mock_smsc
