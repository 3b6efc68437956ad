#include "smpp-dump/tui/pdu_list.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace smpp_dump::tui {
std::vector<std::uint32_t> related_to(const store& kept,
                                      const std::vector<std::uint32_t>& sessions) {
    using hosts = std::pair<ip_address, ip_address>;
    const auto hosts_of = [](const session& s) {
        return hosts(s.client.address, s.server.address);
    };
    std::set<std::uint32_t> numbers(sessions.begin(), sessions.end());
    std::set<std::string> accounts;
    std::set<hosts> between;   // these
    std::set<hosts> nameless;  // of them, those without an account
    for (const std::uint32_t number : numbers) {
        if (const kept_session* const of = kept.find(number)) {
            const session& s = of->about;
            between.insert(hosts_of(s));
            if (s.system_id.empty()) {
                nameless.insert(hosts_of(s));
            } else {
                accounts.insert(s.system_id);
            }
        }
    }
    std::vector<std::uint32_t> found;
    for (const auto& [number, each] : kept.sessions()) {
        const session& s = each.about;
        if (numbers.contains(number) || nameless.contains(hosts_of(s)) ||
            (s.system_id.empty() ? between.contains(hosts_of(s))
                                 : accounts.contains(s.system_id))) {
            found.push_back(number);
        }
    }
    return found;
}

void pdu_list::refresh() const {
    if (seen_ == kept_->changes()) {
        return;
    }
    seen_ = kept_->changes();
    sessions_ = related_ ? related_to(*kept_, base_) : base_;
    std::erase_if(sessions_, [&](std::uint32_t n) { return kept_->find(n) == nullptr; });
    ids_.clear();
    for (const std::uint32_t number : sessions_) {
        const auto& wanted = kept_->find(number)->wanted;
        ids_.insert(ids_.end(), wanted.begin(), wanted.end());
    }
    std::sort(ids_.begin(), ids_.end());
}

const std::vector<std::uint64_t>& pdu_list::ids() const {
    refresh();
    return ids_;
}

const std::vector<std::uint32_t>& pdu_list::sessions() const {
    refresh();
    return sessions_;
}

std::size_t pdu_list::place_of(std::uint64_t id) const {
    const auto& all = ids();
    return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), id) - all.begin());
}

}  // namespace smpp_dump::tui
