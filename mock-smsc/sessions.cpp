#include "mock-smsc/sessions.hpp"

#include <utility>
#include <vector>

namespace mock_smsc {

session_info& session_registry::open() {
    session_info& session = sessions_[++last_id_];
    session.id = last_id_;
    session.opened = utc_now();
    ++live_;
    ++opened_;
    return session;
}

session_info& session_registry::restore(session_info known) {
    last_id_ = known.id;
    session_info& session = sessions_[known.id];
    session = std::move(known);
    session.held = 0;
    return session;
}

void session_registry::retire_restored() {
    std::vector<std::uint64_t> idle;
    for (const auto& [id, session] : sessions_) {
        if (session.held == 0) {
            idle.push_back(id);
        }
    }
    for (const auto id : idle) {
        if (session_info* session = find(id)) {
            retire(*session);
        }
    }
}

void session_registry::close(session_info& session, std::string reason) {
    session.closed = utc_now();
    session.close_reason = std::move(reason);
    session.live.reset();
    session.account.reset();
    --live_;
    if (on_change) {
        on_change(session);
    }
    retire(session);
}

session_info* session_registry::find(std::uint64_t id) noexcept {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : &found->second;
}
const session_info* session_registry::find(std::uint64_t id) const noexcept {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : &found->second;
}

void session_registry::hold(std::uint64_t id) noexcept {
    if (session_info* session = find(id)) {
        ++session->held;
    }
}

void session_registry::release(std::uint64_t id) {
    if (session_info* session = find(id)) {
        --session->held;
        retire(*session);
    }
}

void session_registry::retire(session_info& session) {
    if (session.held != 0 || session.closed == 0) {
        return;
    }
    idle_.push_back(session.id);
    while (idle_.size() > idle_kept) {
        const auto oldest = find(idle_.front());
        if (oldest != nullptr && oldest->held == 0) {
            const auto id = oldest->id;
            const bool was_bound = oldest->bound != 0;
            sessions_.erase(id);
            if (on_forget && was_bound) {
                on_forget(id);
            }
        }
        idle_.pop_front();
    }
}

}  // namespace mock_smsc
