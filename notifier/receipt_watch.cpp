#include "receipt_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "smpp/message.hpp"
#include "smpp/network_error.hpp"
#include "smpp/text/receipt.hpp"

namespace notifier {
namespace {

using smpp::message_state;

/// What a message says as a receipt; empty when it is none. TLVs win over the text.
std::optional<receipt_seen> receipt_in(const smpp::deliver_sm& pdu) {
    const auto text = smpp::read_receipt(pdu);
    const auto id = pdu.tlvs.get(smpp::tlv::receipted_message_id);
    const auto state = pdu.tlvs.get(smpp::tlv::message_state);
    receipt_seen out;
    if (text) {
        out.message_id = text->id;
        out.state = text->state();
        out.stat = text->stat;
        out.error = text->err;
        out.done_date = text->done_date;
    }
    out.message_id = id ? std::string(*id) : out.message_id;
    out.state = state ? message_state(*state) : out.state;
    if (const auto octets = pdu.tlvs.get(smpp::tlv::network_error_code);
        octets && (out.error.empty() || out.error == "000")) {
        if (const auto network = smpp::read_network_error(*octets); network && network->code != 0) {
            out.error = fmt::format("{}", network->code);
        }
    }
    using type = smpp::esm_class::type;
    const auto kind = pdu.esm_class.message_type();
    const bool marked = kind == type::receipt || kind == type::intermediate_notification;
    if (out.message_id.empty() || (!marked && !out.state)) {
        return std::nullopt;
    }
    out.final = kind != type::intermediate_notification && out.state && smpp::is_final(*out.state);
    return out;
}

std::string why_not_delivered(message_state state, const std::vector<receipt_seen>& receipts) {
    for (const auto& seen : receipts) {
        if (seen.final && seen.state == state) {
            return fmt::format("receipt {}{}{}", seen.stat.empty() ? name(state) : seen.stat,
                               seen.error.empty() ? "" : ", error ", seen.error);
        }
    }
    return fmt::format("receipt {}", name(state));
}

}  // namespace

void receipt_watch::expect(std::uint64_t work, outcome&& result, time_point now) {
    entry& added = waiting_[work];
    added.result = std::move(result);
    added.finals.resize(added.result.message_ids.size());
    const auto latency = added.result.latency.value_or(std::chrono::milliseconds(0));
    added.since = now - std::chrono::duration_cast<time_point::duration>(latency);
    for (std::size_t part = 0; part < added.finals.size(); ++part) {
        by_id_.emplace(smpp::message_id_key(added.result.message_ids[part]), place{work, part});
    }
    if (added.finals.empty()) {
        settle(work);
        return;
    }
    if (order_.size() > 2 * waiting_.size() + 1000) {  // behind a first one that never settles
        std::erase_if(order_, [&](const auto& each) { return waiting_.count(each.second) == 0; });
    }
    order_.emplace_back(now, work);
    take_early(added.result.message_ids);
}

/// Those that overtook the response.
void receipt_watch::take_early(std::vector<std::string> ids) {
    for (const std::string& id : ids) {
        const auto [first, last] = early_.equal_range(smpp::message_id_key(id));
        std::vector<std::shared_ptr<early_receipt>> found;
        for (auto each = first; each != last; ++each) {
            found.push_back(each->second);
        }
        early_.erase(first, last);
        for (const auto& each : found) {
            if (!std::exchange(each->taken, true)) {
                take(each->seen, each->at);
            }
        }
    }
}

bool receipt_watch::on_deliver(const smpp::deliver_sm& pdu, time_point now) {
    const auto seen = receipt_in(pdu);
    if (!seen) {
        return false;
    }
    if (!take(*seen, now)) {
        if (early_.size() >= most_early) {
            early_.clear();
        }
        const auto kept = std::make_shared<early_receipt>(early_receipt{*seen, now, false});
        for (const std::string& key : smpp::message_id_candidates(seen->message_id)) {
            early_.emplace(key, kept);
        }
    }
    return true;
}

/// False: no message has that id (yet).
bool receipt_watch::take(const receipt_seen& seen, time_point at) {
    for (const std::string& key : smpp::message_id_candidates(seen.message_id)) {
        const auto [first, last] = by_id_.equal_range(key);
        if (first == last) {
            continue;
        }
        // Some give all parts one id: each receipt is for one that has none.
        auto found = std::find_if(first, last, [&](const auto& each) {
            return !waiting_.at(each.second.work).finals[each.second.part];
        });
        found = found == last ? first : found;
        const place where = found->second;
        entry& of = waiting_.at(where.work);
        of.result.receipts.push_back(seen);
        of.result.receipts.back().after = at - of.since;
        if (seen.final && !of.finals[where.part]) {
            of.finals[where.part] = seen.state;
            settle(where.work);
        }
        return true;
    }
    return false;
}

/// Tells the verdict once every part has its final receipt: delivered when all are.
void receipt_watch::settle(std::uint64_t work) {
    const auto found = waiting_.find(work);
    entry& of = found->second;
    if (!std::all_of(of.finals.begin(), of.finals.end(), [](const auto& f) { return f; })) {
        return;
    }
    const auto bad = std::find_if(of.finals.begin(), of.finals.end(), [](const auto& state) {
        return *state != message_state::delivered;
    });
    outcome result = std::move(of.result);
    result.final_state = bad == of.finals.end() ? message_state::delivered : **bad;
    if (bad != of.finals.end()) {
        result.error = why_not_delivered(**bad, result.receipts);
    }
    forget_ids(result.message_ids, work);
    waiting_.erase(found);
    done_(work, std::move(result));
}

void receipt_watch::forget_ids(const std::vector<std::string>& ids, std::uint64_t work) {
    for (const std::string& id : ids) {
        auto [at, last] = by_id_.equal_range(smpp::message_id_key(id));
        while (at != last) {
            at = at->second.work == work ? by_id_.erase(at) : std::next(at);
        }
    }
}

void receipt_watch::tell_missing(std::uint64_t work, std::string_view why, bool may_come) {
    auto of = std::move(waiting_.extract(work).mapped());
    std::string missing;
    for (std::size_t part = 0; part < of.finals.size(); ++part) {
        if (!of.finals[part]) {
            missing += (missing.empty() ? "" : ", ") + of.result.message_ids[part];
        }
    }
    forget_ids(of.result.message_ids, work);
    of.result.error = fmt::format("{}; missing for {}", why, missing);
    of.result.receipts_may_come = may_come;
    done_(work, std::move(of.result));
}

std::optional<receipt_watch::time_point> receipt_watch::oldest() {
    drop_settled();
    return order_.empty() ? std::nullopt : std::optional(order_.front().first);
}

void receipt_watch::expire(time_point since, std::string_view why) {
    for (drop_settled(); !order_.empty() && order_.front().first <= since; drop_settled()) {
        tell_missing(order_.front().second, why, false);
    }
}

void receipt_watch::give_up(std::string_view why) {
    for (drop_settled(); !order_.empty(); drop_settled()) {
        tell_missing(order_.front().second, why, true);
    }
}

/// So that the first one is one that is waited for.
void receipt_watch::drop_settled() {
    while (!order_.empty() && waiting_.count(order_.front().second) == 0) {
        order_.pop_front();
    }
}

}  // namespace notifier
