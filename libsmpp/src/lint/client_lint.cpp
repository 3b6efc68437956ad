#include "smpp/lint/client_lint.hpp"

#include <fmt/format.h>

namespace smpp::lint {

client_lint::client& client_lint::of(std::string_view name) {
    const auto known = clients_.find(name);
    if (known != clients_.end()) {
        return known->second;
    }
    if (clients_.size() >= max_clients) {
        clients_.clear();
    }
    return clients_[std::string(name)];
}

void client_lint::add(rule which, std::string_view client, time now, std::string detail) {
    if (found_.size() < max_clients) {
        client_finding added;
        added.finding.rule = which;
        added.finding.detail = std::move(detail);
        added.client = client;
        added.at = now;
        found_.push_back(std::move(added));
    }
}

void client_lint::on_bind(std::string_view name, bool accepted, time now) {
    client& known = of(name);
    const bool quick = known.last_refusal >= time::zero() && now - known.last_refusal < soon;
    if (accepted) {
        known.quick_refusals = 0;
        known.last_refusal = time(-1);
        if (known.last_end >= time::zero() && now - known.last_end >= soon) {
            known.single_messages = 0;  // a message now and then is worth a session
        }
        return;
    }
    known.last_refusal = now;
    known.quick_refusals = quick ? known.quick_refusals + 1 : 1;
    if (known.quick_refusals == refusals) {
        add(rule::client_bind_storm, name, now, fmt::format("{} in a row", refusals));
    }
}

void client_lint::on_end(std::string_view name, std::uint64_t messages, time now) {
    client& known = of(name);
    known.last_end = now;
    known.single_messages = messages == 1 ? known.single_messages + 1 : 0;
    if (known.single_messages == sessions) {
        add(rule::client_bind_per_message, name, now, fmt::format("{} in a row", sessions));
    }
}

}  // namespace smpp::lint
