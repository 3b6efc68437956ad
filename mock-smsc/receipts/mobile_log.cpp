#include "mock-smsc/receipts/mobile_log.hpp"

#include <algorithm>
#include <utility>

namespace mock_smsc {

std::string_view name(mobile_record::fate state) noexcept {
    constexpr std::string_view names[] = {"waiting", "sent", "delivered", "failed", "forgotten"};
    return names[static_cast<std::size_t>(state)];
}

mobile_record& mobile_log::add(mobile_record added) {
    if (added.id == 0) {
        added.id = next_;
    }
    next_ = std::max(next_, added.id + 1);
    if (all_.size() >= most) {
        all_.pop_front();
    }
    all_.push_back(std::move(added));
    return all_.back();
}

const mobile_record* mobile_log::find(std::uint64_t id) const noexcept {
    const auto found = std::lower_bound(
        all_.begin(), all_.end(), id,
        [](const mobile_record& each, std::uint64_t wanted) { return each.id < wanted; });
    return found == all_.end() || found->id != id ? nullptr : &*found;
}

mobile_record* mobile_log::find(std::uint64_t id) noexcept {
    return const_cast<mobile_record*>(std::as_const(*this).find(id));
}

}  // namespace mock_smsc
