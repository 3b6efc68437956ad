#include "mock-smsc/http/waiters.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace mock_smsc {

struct waiters::waiter {
    waiter(const boost::asio::any_io_executor& executor, wish w)
        : wanted(std::move(w)), next(wanted.after + 1), timer(executor, wanted.timeout) {}

    wish wanted;
    message_number next;  // not looked at yet
    std::vector<message_number> matched;
    boost::asio::steady_timer timer;

    [[nodiscard]] bool enough() const noexcept { return matched.size() >= wanted.count; }
};

waiters::waiters(boost::asio::any_io_executor executor, message_source source)
    : executor_(std::move(executor)), source_(source) {}

waiters::~waiters() { *alive_ = false; }

void waiters::add(wish wanted) {
    auto added = std::make_shared<waiter>(executor_, std::move(wanted));
    scan(*added);
    if (added->enough()) {
        added->wanted.done(added->matched, true);
        return;
    }
    waiting_.push_back(added);
    added->timer.async_wait(
        [this, alive = alive_, added](const boost::system::error_code& cancelled) {
            if (!cancelled && *alive) {
                waiting_.remove(added);
                added->wanted.done(added->matched, false);
            }
        });
}

void waiters::scan(waiter& each) {
    const auto& store = source_.store;
    each.next = std::max(each.next, store.first());
    for (; each.next < store.end() && !each.enough(); ++each.next) {
        message_reader message(store, source_.sessions, each.next);
        if (message.found() && each.wanted.query.matches(message)) {
            each.matched.push_back(each.next);
        }
    }
}

void waiters::notify() {
    if (waiting_.empty() || scan_scheduled_) {
        return;
    }
    scan_scheduled_ = true;
    boost::asio::post(executor_, [this, alive = alive_] {
        if (*alive) {
            scan_scheduled_ = false;
            scan_all();
        }
    });
}

void waiters::scan_all() {
    std::vector<std::shared_ptr<waiter>> ready;
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        scan(**at);
        if ((*at)->enough()) {
            ready.push_back(*at);
            at = waiting_.erase(at);
        } else {
            ++at;
        }
    }
    for (const auto& each : ready) {
        each->timer.cancel();
        each->wanted.done(each->matched, true);
    }
}

void waiters::finish() {
    const auto all = std::move(waiting_);
    waiting_.clear();
    for (const auto& each : all) {
        each->timer.cancel();
        each->wanted.done(each->matched, false);
    }
}

}  // namespace mock_smsc
