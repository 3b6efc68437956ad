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
    std::uint64_t next_change = 0;            // of all changes there have been
    std::uint64_t changes_end = ~std::uint64_t{0};
    std::vector<message_number> matched;  // ascending
    boost::asio::steady_timer timer;

    [[nodiscard]] bool enough() const noexcept { return matched.size() >= wanted.count; }
    [[nodiscard]] bool over() const noexcept {
        return enough() || (next >= end && next_change >= changes_end);
    }
    void note(message_number id, bool matches) {
        const auto place = std::lower_bound(matched.begin(), matched.end(), id);
        const bool known = place != matched.end() && *place == id;
        if (matches && !known) {
            matched.insert(place, id);
        } else if (!matches && known) {
            matched.erase(place);
        }
    }
    /// What was deleted meanwhile does not count.
    void forget_deleted(const message_store& store) {
        std::erase_if(matched, [&](message_number id) { return store.find(id) == nullptr; });
    }
};

waiters::waiters(boost::asio::any_io_executor executor, message_source source, slices& works)
    : executor_(std::move(executor)), source_(source), works_(works) {}

waiters::~waiters() { *alive_ = false; }

void waiters::add(wish wanted) {
    auto added = std::make_shared<waiter>(executor_, std::move(wanted));
    added->next_change = changes_end_;
    fits_waiting_ += added->wanted.fits ? 1U : 0U;
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

void waiters::changed(message_number id, change what) {
    // What is not looked at yet will be seen as it is then.
    if (waiting_.empty() || (what == change::shown && fits_waiting_ == 0) ||
        id >= source_.store.end()) {
        return;
    }
    changes_.push_back({id, what});
    ++changes_end_;
    if (changes_.size() > most_changes) {
        changes_.pop_front();
    }
    notify();
}

void waiters::on_time_up(const std::shared_ptr<waiter>& which) {
    const auto found = std::find(waiting_.begin(), waiting_.end(), which);
    if (found == waiting_.end()) {
        return;
    }
    which->end = source_.store.end();
    which->changes_end = changes_end_;
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
        more_ = more_ || has_more(each);
        ++turn_;
    }
    return true;
}

bool waiters::has_more(const waiter& each) const noexcept {
    return each.next < source_.store.end() || each.next_change < changes_end_;
}

void waiters::scan_few(waiter& each) {
    look_at_new(each);
    look_at_changed(each);
    if (each.enough()) {
        each.forget_deleted(source_.store);
    }
}

void waiters::look_at(waiter& each, message_number id) {
    message_reader message = source_.read(id);
    const wish& wanted = each.wanted;
    each.note(id, message.found() && (!wanted.joined || message.is_last_part()) &&
                      wanted.query.matches(message) && (!wanted.fits || wanted.fits(message)));
}

void waiters::look_at_new(waiter& each) {
    constexpr message_number at_a_time = 16;
    const auto& store = source_.store;
    each.next = std::max(each.next, store.first());
    const auto end = std::min({store.end(), each.end, each.next + at_a_time});
    for (; each.next < end && !each.enough(); ++each.next) {
        look_at(each, each.next);
        const record* seen = store.find(each.next);
        const auto* group = seen != nullptr && seen->part ? source_.parts.find(each.next) : nullptr;
        if (group != nullptr && group->newest() == each.next) {
            // It changes what is known of the parts before it.
            for (const message_number id : group->by_number) {
                if (id > each.wanted.after && id < each.next) {
                    look_at(each, id);
                }
            }
        }
    }
}

void waiters::look_at_changed(waiter& each) {
    constexpr int at_a_time = 16;
    const auto first = changes_end_ - changes_.size();
    if (each.next_change < first) {
        each.next = each.wanted.after + 1;  // too many have changed to know which
        each.next_change = changes_end_;
    }
    for (int i = 0; i < at_a_time && each.next_change < changes_end_ && !each.enough();
         ++i, ++each.next_change) {
        const looked_at_again& changed = changes_[each.next_change - first];
        const bool sees = changed.what == change::queried || each.wanted.fits;
        if (sees && changed.id > each.wanted.after && changed.id < each.next) {
            look_at(each, changed.id);
        }
    }
}

void waiters::tell(place which) {
    const auto each = *which;
    if (turn_ == which) {
        ++turn_;
    }
    waiting_.erase(which);
    fits_waiting_ -= each->wanted.fits ? 1U : 0U;
    if (waiting_.empty()) {
        changes_.clear();
    }
    each->timer.cancel();
    each->wanted.done(each->matched, each->enough());
}

void waiters::finish() {
    const auto all = std::move(waiting_);
    waiting_.clear();
    changes_.clear();
    fits_waiting_ = 0;
    turn_ = waiting_.end();
    for (const auto& each : all) {
        each->timer.cancel();
        each->wanted.done(each->matched, false);
    }
}

}  // namespace mock_smsc
