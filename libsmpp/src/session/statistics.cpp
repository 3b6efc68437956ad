#include "smpp/session/statistics.hpp"

#include <algorithm>

namespace smpp {

command_statistics& session_statistics::at(command_id id) {
    auto& found = commands_[id];
    if (!found) {
        found = std::make_unique<command_statistics>();
    }
    return *found;
}

const command_statistics* session_statistics::of(command_id id) const noexcept {
    const auto found = commands_.find(id);
    return found == commands_.end() ? nullptr : found->second.get();
}

void session_statistics::for_each(
    const std::function<void(command_id, const command_statistics&)>& visit) const {
    for (const auto& [id, each] : commands_) {
        visit(id, *each);
    }
}

void session_statistics::on_sent(command_id id, std::uint32_t in_flight) {
    ++at(id).sent;
    ++sent_;
    window_sum_ += in_flight;
    window_most_ = std::max(window_most_, in_flight);
}

void session_statistics::on_answer(command_id id, command_status status, std::int64_t nanoseconds) {
    command_statistics& to = at(id);
    ++(status == command_status::ok ? to.accepted : to.refused);
    to.latency.add(nanoseconds);
}

}  // namespace smpp
