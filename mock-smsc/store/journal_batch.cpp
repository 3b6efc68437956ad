#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "mock-smsc/store/journal.hpp"

namespace mock_smsc {
namespace {

/// Of those with the same id the last one, and none before `first`.
template <class T, class IdOf>
void keep_last(std::vector<T>& all, message_number first, const IdOf& id_of) {
    std::unordered_set<message_number> seen;
    std::vector<T> kept;
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        const message_number id = id_of(*at);
        if (id >= first && seen.insert(id).second) {
            kept.push_back(std::move(*at));
        }
    }
    std::reverse(kept.begin(), kept.end());
    all = std::move(kept);
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void journal_batch::add(message_number id, const record& values, smpp::octet_span frame) {
    rows_.push_back({id, values, octets_.size()});
    octets_.insert(octets_.end(), frame.begin(), frame.end());
}

void journal_batch::add(const session_info& session) {
    sessions_.push_back(session);
    sessions_.back().live.reset();  // belong to the other thread
    sessions_.back().account.reset();
    sessions_.back().watch.reset();
}

void journal_batch::update(message_number id, const record& values) {
    changes_.push_back({id, values.done, values.state, values.receipts_due});
}

void journal_batch::note(message_number id, const message_note& values) {
    notes_.emplace_back(id, values);
    note_octets_ += sizeof(message_note) + values.faults.size() + values.receipt.size() +
                    values.tags.size() * sizeof(std::string);
}

void journal_batch::answered(message_number id, microseconds_utc when) {
    constexpr microseconds_utc together = 1000;
    if (!answers_.empty() && answers_.back().last + 1 == id &&
        when - answers_.back().at < together) {
        answers_.back().last = id;
    } else {
        answers_.push_back({id, id, when});
    }
}

void journal_batch::add_mobile(mobile_row row) {
    note_octets_ += sizeof(mobile_row) + row.account.size() + row.frame->size();
    mobiles_.push_back(std::move(row));
}

void journal_batch::erase_mobile(std::uint64_t id) { erased_mobiles_.push_back(id); }

void journal_batch::take_rows(const journal_batch& from,
                              const std::vector<message_number>& refused) {
    for (const row& each : from.rows_) {
        if (!std::binary_search(refused.begin(), refused.end(), each.id)) {
            add(each.id, each.values,
                smpp::octet_span(from.octets_).subspan(each.offset, each.values.length));
        }
    }
}

void journal_batch::put_back(journal_batch& failed, const std::vector<message_number>& refused) {
    std::erase_if(failed.notes_, [&](const auto& each) {
        return std::binary_search(refused.begin(), refused.end(), each.first);
    });
    journal_batch all;
    all.first_ = std::max(failed.first_, first_);
    all.take_rows(failed, refused);
    all.take_rows(*this, {});
    for (journal_batch* each : {&failed, this}) {
        append(all.sessions_, each->sessions_);
        append(all.changes_, each->changes_);
        append(all.answers_, each->answers_);
        append(all.receipts_, each->receipts_);
        append(all.mobiles_, each->mobiles_);
        append(all.erased_mobiles_, each->erased_mobiles_);
        append(all.erased_, each->erased_);
        append(all.forgotten_, each->forgotten_);
        for (auto& [id, values] : each->notes_) {
            all.note(id, values);
        }
    }
    failed.clear();
    *this = std::move(all);
    drop_superfluous();
}

void journal_batch::drop_superfluous() {
    // What was not written needs no deletion.
    std::unordered_set<std::uint64_t> gone(forgotten_.begin(), forgotten_.end());
    std::unordered_set<std::uint64_t> never_there;
    std::erase_if(sessions_, [&](const session_info& each) {
        return gone.contains(each.id) && never_there.insert(each.id).second;
    });
    std::erase_if(forgotten_, [&](std::uint64_t id) { return never_there.contains(id); });
    keep_last(changes_, first_, [](const change& each) { return each.id; });
    keep_last(erased_, first_, [](message_number id) { return id; });
    keep_last(notes_, first_, [](const auto& each) { return each.first; });
    note_octets_ = 0;
    const std::unordered_set<std::uint64_t> delivered(erased_mobiles_.begin(),
                                                      erased_mobiles_.end());
    for (mobile_row& each : std::exchange(mobiles_, {})) {
        if (!delivered.contains(each.id)) {
            add_mobile(std::move(each));
        }
    }
    for (const auto& [id, values] : std::exchange(notes_, {})) {
        note(id, values);
    }
    std::erase_if(answers_, [&](const answer_run& each) { return each.last < first_; });
    std::erase_if(receipts_, [&](const auto& each) { return each.first < first_; });
    if (!rows_.empty() && rows_.front().id < first_) {
        journal_batch kept;
        std::vector<message_number> pruned;
        for (const row& each : rows_) {
            if (each.id < first_) {
                pruned.push_back(each.id);
            }
        }
        std::sort(pruned.begin(), pruned.end());
        kept.take_rows(*this, pruned);
        rows_ = std::move(kept.rows_);
        octets_ = std::move(kept.octets_);
    }
}

void journal_batch::clear() {
    sessions_.clear();
    rows_.clear();
    octets_.clear();
    changes_.clear();
    notes_.clear();
    note_octets_ = 0;
    answers_.clear();
    receipts_.clear();
    mobiles_.clear();
    erased_mobiles_.clear();
    erased_.clear();
    forgotten_.clear();
    first_ = 0;
}

}  // namespace mock_smsc
