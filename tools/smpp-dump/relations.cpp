#include "smpp-dump/relations.hpp"

#include <utility>

#include "smpp-dump/octet_source.hpp"

namespace smpp_dump {
namespace {

/// Of each kind of what is waited for: a peer that never answers must not fill the memory.
constexpr std::size_t most_waiting = 1'000'000;

bool needs_response(smpp::command_id id) noexcept {
    return !smpp::is_response(id) && id != smpp::command_id::alert_notification &&
           id != smpp::command_id::outbind;
}

std::string message_id_of(const smpp::body_view& any) {
    return std::visit(
        [](const auto& body) -> std::string {
            if constexpr (requires { body.message_id; }) {
                return std::string(std::string_view(body.message_id));
            } else {
                return {};
            }
        },
        any);
}

}  // namespace

void relations::on_record(const record& r) {
    if (parent_.size() == UINT32_MAX) {
        throw input_error("more than 4,294,967,295 PDUs: give fewer files at a time");
    }
    const auto index = static_cast<number>(parent_.size());
    parent_.push_back(index);
    open_requests_.push_back(false);
    wanted_.push_back(false);
    if (with_.sessions) {
        join(sessions_.emplace(r.session->number, index).first->second, index);
    }
    if (r.frame.kind != frame_kind::garbage) {
        match(r, index);
    }
    if (with_.receipts) {
        on_receipt(r, index);
    }
    if (with_.parts) {
        on_part(r, index);
    }
}

void relations::on_session_end(const session& s) {
    const auto begin = waiting_.lower_bound({s.number, false, 0});
    waiting_.erase(begin, waiting_.upper_bound({s.number, true, UINT32_MAX}));
    const auto first = messages_.lower_bound({s.number, false, 0, 0, {}, {}});
    messages_.erase(first, messages_.lower_bound({s.number + 1, false, 0, 0, {}, {}}));
}

void relations::match(const record& r, number index) {
    const smpp::header& head = r.pdu.header;
    if (needs_response(head.id)) {
        open_requests_[index] = true;
        waiting_[{r.session->number, r.from_client, head.sequence_number}] = {index, head.id};
        if (waiting_.size() > most_waiting) {
            waiting_.erase(waiting_.begin());
        }
        return;
    }
    if (!smpp::is_response(head.id)) {
        return;
    }
    const auto found = waiting_.find({r.session->number, !r.from_client, head.sequence_number});
    if (found == waiting_.end() || (head.id != smpp::command_id::generic_nack &&
                                    head.id != smpp::response_of(found->second.id))) {
        return;
    }
    const number request = found->second.index;
    waiting_.erase(found);
    open_requests_[request] = false;
    if (with_.responses) {
        join(request, index);
    }
    if (with_.receipts && r.frame.kind == frame_kind::whole && !r.from_client) {
        on_message_id(r, index, request);
    }
}

void relations::on_message_id(const record& r, number response, number request) {
    const std::string id = message_id_of(r.pdu.body);
    if (id.empty() || r.pdu.header.id == smpp::command_id::query_sm_resp) {
        return;
    }
    // Whoever wants a receipt wants to see which message_id the submit was given, too.
    join(request, response);
    submits_.put(smpp::message_id_key(id), request);
    for (const std::string& candidate : smpp::message_id_candidates(id)) {
        if (const auto early = receipts_.find(candidate)) {
            join(request, *early);
        }
    }
}

void relations::on_receipt(const record& r, number index) {
    if (r.from_client) {
        return;
    }
    const std::string id = receipted_id(r, standard_);
    if (id.empty()) {
        return;
    }
    for (const std::string& candidate : smpp::message_id_candidates(id)) {
        if (const auto submit = submits_.find(candidate)) {
            join(*submit, index);
            return;
        }
    }
    receipts_.put(smpp::message_id_key(id), index);
}

void relations::on_part(const record& r, number index) {
    const auto place = part_of(r);
    if (!place || place->total < 2) {
        return;
    }
    const auto at =
        messages_
            .try_emplace({r.session->number, r.from_client, place->reference, place->total,
                          std::string(place->source), std::string(place->destination)})
            .first;
    long_message& message = at->second;
    if (message.count == 0 || message.seen[place->number]) {  // again: another message
        message = long_message{};
        message.first = index;
    }
    message.seen[place->number] = true;
    ++message.count;
    join(message.first, index);
    if (message.count == place->total) {
        messages_.erase(at);
    } else if (messages_.size() > most_waiting / 10) {
        messages_.erase(messages_.begin());
    }
}

void relations::join(number a, number b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
}

relations::number relations::root(std::size_t index) {
    auto at = static_cast<number>(index);
    while (parent_[at] != at) {
        parent_[at] = parent_[parent_[at]];
        at = parent_[at];
    }
    return at;
}

void relations::id_index::put(std::string id, number index) {
    const auto [at, fresh] = of_.insert_or_assign(std::move(id), index);
    if (!fresh) {
        return;
    }
    order_.push_back(at->first);
    if (order_.size() > most_waiting) {
        of_.erase(order_.front());
        order_.pop_front();
    }
}

std::optional<relations::number> relations::id_index::find(std::string_view id) const {
    const auto found = of_.find(std::string(id));
    return found == of_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace smpp_dump
