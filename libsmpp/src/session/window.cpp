#include "smpp/session/window.hpp"

namespace smpp {

window::window(std::uint32_t limit) : limit_(clamped(limit)) {
    slots_.resize(4);  // grows with use: an idle session stays small
    mask_ = static_cast<std::uint32_t>(slots_.size()) - 1;
}

std::uint32_t window::take_number() noexcept {
    std::uint32_t number = next_;
    while (slots_[index(number)].state == use::pending) {
        number = number >= max_sequence_number ? 1 : number + 1;
    }
    next_ = number >= max_sequence_number ? 1 : number + 1;
    return number;
}

std::uint32_t window::add(command_id id, std::uint64_t token, bool counted, time_point now) {
    if (used_ >= slots_.size() / 2) {
        grow();
    }
    const std::uint32_t number = take_number();
    const std::uint32_t at = index(number);
    slot& taken = slots_[at];
    taken.request = {number, id, token, now, counted};
    taken.state = use::pending;
    taken.before = tail_;
    taken.after = none;
    (tail_ == none ? head_ : slots_[tail_].after) = at;
    tail_ = at;
    ++used_;
    in_flight_ += counted ? 1 : 0;
    return number;
}

window::match window::take(std::uint32_t number, pending& out) noexcept {
    slot& found = slots_[index(number)];
    if (found.state == use::free || found.request.sequence_number != number) {
        return match::unknown;
    }
    if (found.state == use::abandoned) {
        found.state = use::free;
        return match::abandoned;
    }
    out = found.request;
    unlink(index(number));
    found.state = use::free;
    return match::pending;
}

bool window::abandon(std::uint32_t number, pending& out) noexcept {
    slot& found = slots_[index(number)];
    if (found.state != use::pending || found.request.sequence_number != number) {
        return false;
    }
    out = found.request;
    unlink(index(number));
    found.state = use::abandoned;
    return true;
}

void window::unlink(std::uint32_t at) noexcept {
    slot& gone = slots_[at];
    (gone.before == none ? head_ : slots_[gone.before].after) = gone.after;
    (gone.after == none ? tail_ : slots_[gone.after].before) = gone.before;
    --used_;
    in_flight_ -= gone.request.counted ? 1 : 0;
}

void window::grow() {
    std::vector<slot> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = static_cast<std::uint32_t>(slots_.size()) - 1;
    // In the order of sending, so that the links can be made anew. Two numbers that shared no slot
    // share none now.
    std::uint32_t previous = none;
    const std::uint32_t first = head_;
    head_ = none;
    for (std::uint32_t from = first; from != none; from = old[from].after) {
        const std::uint32_t at = index(old[from].request.sequence_number);
        slots_[at] = old[from];
        slots_[at].before = previous;
        slots_[at].after = none;
        (previous == none ? head_ : slots_[previous].after) = at;
        previous = at;
    }
    tail_ = previous;
    for (const slot& left : old) {
        slot& to = slots_[index(left.request.sequence_number)];
        if (left.state == use::abandoned && to.state == use::free) {
            to = left;
        }
    }
}

}  // namespace smpp
