#include "smpp-dump/receipt_tally.hpp"

#include <algorithm>

namespace smpp_dump {

std::string receipt_tally::add(const record& r) {
    if (r.frame.kind != frame_kind::whole) {
        return {};
    }
    using smpp::command_id;
    switch (r.pdu.header.id) {
        case command_id::submit_sm: on_request(r); return {};
        case command_id::submit_sm_resp: on_response(r); return {};
        case command_id::deliver_sm: break;
        case command_id::data_sm:
            if (!r.from_client) {
                break;
            }
            return {};
        default: return {};
    }
    const auto receipt = receipt_of(r, standard_);
    if (!receipt) {
        return {};
    }
    on_receipt(r, *receipt);
    return receipt->stat.empty() ? "no state" : receipt->stat;
}

void receipt_tally::on_request(const record& r) {
    const auto& submit = std::get<smpp::submit_sm_view>(r.pdu.body);
    if ((submit.registered_delivery.bits & 0x03U) == 0) {
        return;
    }
    ++asked_;
    unanswered_[{r.session->number, r.pdu.header.sequence_number}] = true;
    if (unanswered_.size() > most) {
        unanswered_.erase(unanswered_.begin());
    }
}

void receipt_tally::on_response(const record& r) {
    if (unanswered_.empty() ||
        unanswered_.erase({r.session->number, r.pdu.header.sequence_number}) == 0) {
        return;
    }
    const auto& body = std::get<smpp::submit_sm_resp_view>(r.pdu.body);
    if (r.pdu.header.status != smpp::command_status::ok || body.message_id.empty()) {
        return;
    }
    const auto [at, fresh] =
        waiting_.insert_or_assign(smpp::message_id_key(body.message_id), r.frame.last.time);
    receipted_.erase(at->first);  // ids begin anew
    if (fresh) {
        order_.push_back(at->first);
    }
    if (order_.size() > most) {
        waiting_.erase(order_.front());
        order_.pop_front();
    }
}

void receipt_tally::on_receipt(const record& r, const smpp::receipt& receipt) {
    const auto state = receipt.state();
    if (state && !smpp::is_final(*state)) {
        return;
    }
    if (waiting_.empty() && receipted_.empty()) {
        ++unasked_;
        return;
    }
    for (const std::string& candidate : smpp::message_id_candidates(receipted_id(r, standard_))) {
        if (const auto found = waiting_.find(candidate); found != waiting_.end()) {
            delay_.add(std::max<std::int64_t>(0, r.frame.last.time - found->second));
            waiting_.erase(found);
            waits_no_more(candidate);
            return;
        }
        if (receipted_.contains(candidate)) {
            ++repeated_;
            return;
        }
    }
    ++unasked_;
}

void receipt_tally::waits_no_more(const std::string& key) {
    while (!order_.empty() && !waiting_.contains(order_.front())) {
        order_.pop_front();
    }
    if (receipted_.insert(key).second) {
        receipted_order_.push_back(key);
    }
    if (receipted_order_.size() > most_receipted) {
        receipted_.erase(receipted_order_.front());
        receipted_order_.pop_front();
    }
}

void receipt_tally::end(const session& s) {
    unanswered_.erase(unanswered_.lower_bound({s.number, 0}),
                      unanswered_.upper_bound({s.number, UINT32_MAX}));
}

}  // namespace smpp_dump
