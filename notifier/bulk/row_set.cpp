#include "row_set.hpp"

#include <algorithm>
#include <iterator>

namespace notifier::bulk {

void row_set::insert(std::uint64_t first, std::uint64_t last) {
    auto next = ranges_.upper_bound(first);
    if (next != ranges_.begin()) {
        const auto before = std::prev(next);
        if (before->second + 1 >= first) {
            if (before->second >= last) {
                return;
            }
            first = before->first;
            size_ -= before->second - before->first + 1;
            next = ranges_.erase(before);
        }
    }
    while (next != ranges_.end() && next->first <= last + 1) {
        last = std::max(last, next->second);
        size_ -= next->second - next->first + 1;
        next = ranges_.erase(next);
    }
    ranges_.emplace_hint(next, first, last);
    size_ += last - first + 1;
}

void row_set::erase(std::uint64_t row) {
    const auto next = ranges_.upper_bound(row);
    if (next == ranges_.begin()) {
        return;
    }
    const auto found = std::prev(next);
    const auto last = found->second;
    if (last < row) {
        return;
    }
    --size_;
    if (row < last) {
        ranges_.emplace_hint(next, row + 1, last);
    }
    if (found->first == row) {
        ranges_.erase(found);
    } else {
        found->second = row - 1;
    }
}

bool row_set::contains(std::uint64_t row) const {
    const auto next = ranges_.upper_bound(row);
    return next != ranges_.begin() && std::prev(next)->second >= row;
}

}  // namespace notifier::bulk
