#include "smpp/lint/client_lint.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace smpp::lint {
namespace {

constexpr command_id request_of(command_id id) noexcept {
    return command_id(static_cast<std::uint32_t>(id) & ~response_bit);
}
constexpr bool receives(command_id bind) noexcept {
    return request_of(bind) != command_id::bind_transmitter;
}
constexpr bool may_submit(command_id bind) noexcept {
    return request_of(bind) != command_id::bind_receiver;
}

}  // namespace

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

std::shared_ptr<const client_sessions> client_lint::sessions_of(std::string_view client) {
    return of(client).all;
}

void client_lint::on_bind(std::string_view name, command_id bind, bool accepted, time now) {
    client& known = of(name);
    const bool quick = known.last_refusal >= time::zero() && now - known.last_refusal < soon;
    if (accepted) {
        known.quick_refusals = 0;
        known.last_refusal = time(-1);
        if (known.last_end >= time::zero() && now - known.last_end >= soon) {
            known.single_messages = 0;  // a message now and then is worth a session
        }
        ++known.all->ever;
        ++known.all->bound;
        known.all->receivers += receives(bind) ? 1U : 0U;
        return;
    }
    known.last_refusal = now;
    known.quick_refusals = quick ? known.quick_refusals + 1 : 1;
    if (known.quick_refusals == refusals) {
        add(rule::client_bind_storm, name, now, fmt::format("{} in a row", refusals));
    }
}

void client_lint::on_end(std::string_view name, command_id bind, std::uint64_t messages, time now) {
    client& known = of(name);
    client_sessions& all = *known.all;
    all.bound -= std::min(all.bound, 1U);  // it may have been forgotten
    all.receivers -= std::min(all.receivers, receives(bind) ? 1U : 0U);
    known.last_end = now;
    known.single_messages = messages == 1 ? known.single_messages + 1 : 0;
    if (known.single_messages == sessions) {
        add(rule::client_bind_per_message, name, now, fmt::format("{} in a row", sessions));
    }
    // One that only receives may wait for long.
    const bool beside_others = all.bound > 0 && may_submit(bind);
    known.idle_sessions += messages == 0 && beside_others ? 1U : 0U;
    if (known.idle_sessions == idle && messages == 0 && beside_others) {
        add(rule::client_idle_binds, name, now, fmt::format("{} that carried nothing", idle));
    }
}

}  // namespace smpp::lint
