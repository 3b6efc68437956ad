#include "smpp-dump/defragmenter.hpp"

#include <algorithm>

namespace smpp_dump {

bool defragmenter::add(const ip_packet& fragment, std::int64_t now, ip_packet& whole) {
    const std::size_t end = fragment.fragment_offset + fragment.payload.size();
    if (fragment.payload.size() < fragment.wire_length || end > max_packet) {
        return false;  // cut by the snap length: the packet can never be whole
    }
    // IPv6 fragments of one packet agree on id and addresses alone.
    const std::uint8_t protocol = fragment.source.v6 ? 0 : fragment.protocol;
    make_room(now);
    const auto [at, made] = waiting_.try_emplace(
        key{fragment.source, fragment.destination, fragment.fragment_id, protocol});
    datagram& parts = at->second;
    if (made) {
        parts.since = now;
    }
    const auto place = std::upper_bound(
        parts.pieces.begin(), parts.pieces.end(), fragment.fragment_offset,
        [](std::size_t offset, const piece& other) { return offset < other.offset; });
    parts.pieces.insert(place,
                        {fragment.fragment_offset, std::string(smpp::as_text(fragment.payload))});
    parts.octets += fragment.payload.size();
    held_ += fragment.payload.size();
    if (!fragment.more_fragments) {
        parts.total = end;
    }
    if (!complete(parts)) {
        return false;
    }
    join(parts);
    drop(at);
    whole = fragment;
    whole.fragment = false;
    whole.payload = smpp::as_octets(joined_);
    whole.wire_length = joined_.size();
    return skip_extension_headers(whole);
}

bool defragmenter::complete(const datagram& parts) noexcept {
    std::size_t reached = 0;
    for (const piece& each : parts.pieces) {
        if (each.offset > reached) {
            return false;
        }
        reached = std::max(reached, each.offset + each.octets.size());
    }
    return parts.total != 0 && reached >= parts.total;
}

void defragmenter::join(const datagram& parts) {
    joined_.assign(parts.total, '\0');
    for (const piece& each : parts.pieces) {
        const std::size_t n = each.offset >= parts.total
                                  ? 0
                                  : std::min(each.octets.size(), parts.total - each.offset);
        std::copy_n(each.octets.begin(), n,
                    joined_.begin() + static_cast<std::ptrdiff_t>(each.offset));
    }
}

void defragmenter::drop(position at) {
    held_ -= at->second.octets;
    waiting_.erase(at);
}

void defragmenter::make_room(std::int64_t now) {
    if (held_ < max_octets && waiting_.size() < 1024) {
        return;
    }
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        const auto next = std::next(at);
        if (now - at->second.since > lifetime) {
            drop(at);
        }
        at = next;
    }
    while (!waiting_.empty() && (held_ >= max_octets || waiting_.size() >= 1024)) {
        drop(std::min_element(waiting_.begin(), waiting_.end(), [](const auto& a, const auto& b) {
            return a.second.since < b.second.since;
        }));
    }
}

}  // namespace smpp_dump
