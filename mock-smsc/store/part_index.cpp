#include "mock-smsc/store/part_index.hpp"

#include <algorithm>

namespace mock_smsc {

void part_index::add(message_number id, const key& of, std::uint8_t number) {
    auto found = open_.find(of);
    if (found != open_.end() && found->second->complete()) {
        // All parts are there: the reference is in use for another message now.
        open_.erase(found);
        found = open_.end();
    }
    if (found == open_.end()) {
        groups_.push_back({of, std::vector<message_number>(of.total, 0), {}, 0, false});
        found = open_.emplace(of, std::prev(groups_.end())).first;
    }
    group& to = *found->second;
    by_message_.emplace(id, found->second);
    message_number& slot = to.by_number[number - 1U];
    if (slot != 0) {
        to.duplicates.push_back(id);
        return;
    }
    slot = id;
    ++to.present;
    const auto earlier = to.by_number.begin() + (number - 1);
    to.out_of_order =
        to.out_of_order || std::any_of(to.by_number.begin(), earlier,
                                       [](message_number before) { return before == 0; });
}

void part_index::remove(message_number id) {
    const auto found = by_message_.find(id);
    if (found == by_message_.end()) {
        return;
    }
    const position at = found->second;
    by_message_.erase(found);
    const auto slot = std::find(at->by_number.begin(), at->by_number.end(), id);
    if (slot != at->by_number.end()) {
        *slot = 0;
        --at->present;
    } else {
        std::erase(at->duplicates, id);
    }
    if (at->present == 0 && at->duplicates.empty()) {
        const auto open = open_.find(at->key);
        if (open != open_.end() && open->second == at) {
            open_.erase(open);
        }
        groups_.erase(at);
    }
}

const part_index::group* part_index::find(message_number id) const noexcept {
    const auto found = by_message_.find(id);
    return found == by_message_.end() ? nullptr : &*found->second;
}

}  // namespace mock_smsc
