#include "mock-smsc/store/message_store.hpp"

#include <algorithm>
#include <iterator>

namespace mock_smsc {

message_number message_store::add(std::uint64_t session, microseconds_utc received,
                                  smpp::command_status status, smpp::octet_span frame) {
    while (first_ < next_ && (next_ - first_ >= bounds_.messages ||
                              octets_kept_ + frame.size() + sizeof(record) > bounds_.octets)) {
        drop_oldest();
    }
    segment& to = writable_segment();
    record& added = to.records.emplace_back();
    added.received = received;
    added.session = session;
    added.status = status;
    added.offset = static_cast<std::uint32_t>(to.octets.size());
    added.length = static_cast<std::uint32_t>(frame.size());
    to.octets.insert(to.octets.end(), frame.begin(), frame.end());
    octets_kept_ += frame.size() + sizeof(record);
    ++live_;
    ++recorded_;
    return next_++;
}

message_store::segment& message_store::writable_segment() {
    if (segments_.empty() || next_ % per_segment == 0) {
        if (segments_.empty()) {
            first_segment_ = next_ / per_segment;
        }
        if (!spare_) {
            spare_ = std::make_unique<segment>();
            spare_->records.reserve(per_segment);
        }
        spare_->base = next_;
        segments_.push_back(std::move(spare_));
    }
    return *segments_.back();
}

void message_store::publish() { publish(next_); }

void message_store::publish(message_number end) {
    if (end > visible_end_) {
        visible_end_ = end;
        if (on_publish) {
            on_publish();
        }
    }
}

const record* message_store::find(message_number id) const noexcept {
    if (id < first_ || id >= visible_end_) {
        return nullptr;
    }
    const record& found = at(id);
    return found.deleted ? nullptr : &found;
}

record* message_store::find_any(message_number id) noexcept {
    if (id < first_) {
        const auto found = retained_.find(id);
        return found == retained_.end() ? nullptr : &found->second.about;
    }
    return id >= next_ || at(id).deleted ? nullptr : &at(id);
}

smpp::octet_span message_store::octets(message_number id) const noexcept {
    if (id < first_) {
        const auto found = retained_.find(id);
        return found == retained_.end() ? smpp::octet_span() : found->second.octets;
    }
    const record& of = at(id);
    return smpp::octet_span(segment_of(id).octets).subspan(of.offset, of.length);
}

void message_store::drop(message_number id, record& r) {
    if (!r.deleted) {
        if (on_drop) {
            on_drop(id, r);
        }
        r.deleted = true;
        --live_;
        octets_kept_ -= r.length + sizeof(record);
    }
}

void message_store::forget(message_number id, const record& r) {
    if (on_forget) {
        on_forget(id, r);
    }
    if (r.noted) {
        notes_.erase(id);
    }
}

void message_store::drop_oldest(bool keep_awaited) {
    record& oldest = at(first_);
    if (!oldest.deleted) {
        const record copy = oldest;
        const bool due = copy.awaited && (copy.done == 0 || copy.receipts_due != 0);
        if (keep_awaited && due) {
            retain(first_, copy);
        }
        drop(first_, oldest);
        if (!keep_awaited || !due) {
            forget(first_, copy);
        }
    }
    ++first_;
    visible_end_ = std::max(visible_end_, first_);
    if (first_ % per_segment == 0 || first_ == next_) {
        spare_ = std::move(segments_.front());
        octets_kept_ -= spare_->receipts.size() * sizeof(sent_receipt);
        spare_->records.clear();
        spare_->octets.clear();
        spare_->receipts.clear();
        segments_.pop_front();
        ++first_segment_;
    }
}

void message_store::retain(message_number id, const record& r) {
    const auto frame = octets(id);
    octets_retained_ += frame.size() + sizeof(retained);
    retained_.emplace_hint(retained_.end(), id,
                           retained{r, std::vector<std::uint8_t>(frame.begin(), frame.end())});
    while (octets_retained_ > most_retained) {
        forget_retained(retained_.begin());
    }
}

void message_store::forget_retained(std::map<message_number, retained>::iterator which) {
    const auto gone = std::move(*which);
    octets_retained_ -= gone.second.octets.size() + sizeof(retained);
    retained_.erase(which);
    forget(gone.first, gone.second.about);
}

void message_store::settled(message_number id) {
    if (retained_.empty() || id >= first_) {
        return;
    }
    const auto found = retained_.find(id);
    if (found != retained_.end() && found->second.about.done != 0 &&
        found->second.about.receipts_due == 0) {
        forget_retained(found);
    }
}

bool message_store::replace(message_number id, smpp::octet_span frame) {
    record* r = id < first_ ? nullptr : find_any(id);
    if (r == nullptr) {
        return false;
    }
    segment& in = *segments_[id / per_segment - first_segment_];
    if (frame.size() > r->length) {
        // The old octets stay until the segment goes: not for ever more.
        constexpr std::size_t most = std::size_t{16} << 20;
        if (in.octets.size() + frame.size() > most) {
            return false;
        }
        r->offset = static_cast<std::uint32_t>(in.octets.size());
        in.octets.resize(in.octets.size() + frame.size());
    }
    std::copy(frame.begin(), frame.end(), in.octets.begin() + r->offset);
    octets_kept_ += frame.size();
    octets_kept_ -= r->length;
    r->length = static_cast<std::uint32_t>(frame.size());
    return true;
}

const message_note* message_store::note(message_number id) const noexcept {
    const auto found = notes_.find(id);
    return found == notes_.end() ? nullptr : &found->second;
}

message_note& message_store::annotate(message_number id) {
    find_any(id)->noted = true;
    return notes_[id];
}

std::uint32_t message_store::add_receipt(message_number id, const sent_receipt& what) {
    if (id < first_ || id >= next_) {
        return not_kept;  // out of sight
    }
    auto& all = segments_[id / per_segment - first_segment_]->receipts;
    if (all.size() >= most_receipts) {
        return not_kept;
    }
    all.push_back(what);
    all.back().place = static_cast<std::uint8_t>(id % per_segment);
    octets_kept_ += sizeof(sent_receipt);
    return static_cast<std::uint32_t>(all.size() - 1);
}

sent_receipt* message_store::receipt_at(message_number id, std::uint32_t where) noexcept {
    if (where == not_kept || id < first_ || id >= next_) {
        return nullptr;
    }
    auto& all = segments_[id / per_segment - first_segment_]->receipts;
    return where < all.size() && all[where].place == id % per_segment ? &all[where] : nullptr;
}

std::vector<sent_receipt> message_store::receipts(message_number id) const {
    std::vector<sent_receipt> out;
    if (id >= first_ && id < next_) {
        const auto& all = segment_of(id).receipts;
        std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                     [id](const sent_receipt& each) { return each.place == id % per_segment; });
    }
    return out;
}

void message_store::erase(message_number id) {
    if (record* r = id < first_ ? nullptr : find_any(id)) {
        const record copy = *r;
        drop(id, *r);
        forget(id, copy);
    }
    while (first_ < next_ && at(first_).deleted) {
        drop_oldest();
    }
}

void message_store::skip_to(message_number id) {
    while (next_ < id) {
        while (next_ - first_ >= bounds_.messages) {
            drop_oldest();
        }
        writable_segment().records.emplace_back().deleted = true;
        ++next_;
    }
}

bool message_store::expire(microseconds_utc before, std::size_t most) {
    for (; first_ < next_ && (at(first_).deleted || at(first_).received < before); --most) {
        if (most == 0) {
            return true;
        }
        drop_oldest();
    }
    return false;
}

void message_store::clear() {
    while (first_ < next_) {
        drop_oldest(false);
    }
    while (!retained_.empty()) {
        forget_retained(retained_.begin());
    }
}

}  // namespace mock_smsc
