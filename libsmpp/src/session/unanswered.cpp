#include "smpp/session/unanswered.hpp"

#include <algorithm>

namespace smpp {

std::size_t unanswered::home(std::uint64_t slot) const noexcept {
    // Spreads what a peer counts in steps of a power of two.
    const std::uint32_t spread = static_cast<std::uint32_t>(slot) * 0x9E3779B1U;
    return (spread ^ (spread >> 16U)) & (slots_.size() - 1);
}

void unanswered::put(std::uint64_t slot) noexcept {
    std::size_t at = home(slot);
    while (slots_[at] != 0) {
        at = after(at);
    }
    slots_[at] = slot;
}

void unanswered::add(std::uint32_t sequence_number) {
    if (size_ >= slots_.size() / 2) {
        std::vector<std::uint64_t> old(std::max<std::size_t>(4, slots_.size() * 2));
        old.swap(slots_);
        for (const std::uint64_t slot : old) {
            if (slot != 0) {
                put(slot);
            }
        }
    }
    put(used | sequence_number);
    ++size_;
}

bool unanswered::remove(std::uint32_t sequence_number) noexcept {
    if (size_ == 0) {
        return false;
    }
    const std::uint64_t wanted = used | sequence_number;
    for (std::size_t at = home(wanted); slots_[at] != 0; at = after(at)) {
        if (slots_[at] == wanted) {
            close_gap(at);
            --size_;
            return true;
        }
    }
    return false;
}

/// What comes after the gap moves into it, unless its home lies behind.
void unanswered::close_gap(std::size_t gap) noexcept {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = after(gap); slots_[at] != 0; at = after(at)) {
        const std::size_t from_home = (at - home(slots_[at])) & mask;
        if (from_home >= ((at - gap) & mask)) {
            slots_[gap] = slots_[at];
            gap = at;
        }
    }
    slots_[gap] = 0;
}

}  // namespace smpp
