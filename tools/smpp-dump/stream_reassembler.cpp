#include "smpp-dump/stream_reassembler.hpp"

#include <algorithm>

namespace smpp_dump {
namespace {

/// Distance in sequence space, which wraps.
std::int32_t distance(std::uint32_t from, std::uint32_t to) noexcept {
    return static_cast<std::int32_t>(to - from);
}

constexpr std::size_t overhead = 64;  // of a held segment, so that empty ones count too

}  // namespace

void stream_reassembler::begin(std::uint32_t seq) noexcept {
    next_ = seq;
    started_ = true;
}

void stream_reassembler::add(std::uint32_t seq, smpp::octet_span octets, std::size_t cut,
                             const stamp& seen, stream_sink& sink) {
    if (octets.empty() && cut == 0) {
        return;
    }
    if (!started_) {
        begin(seq);
    }
    if (distance(next_, seq) <= 0) {
        deliver(seq, octets, cut, seen, sink);
        if (!waiting_.empty()) [[unlikely]] {
            drain(sink);
        }
        return;
    }
    hold(seq, octets, cut, seen);
    while (held_octets_ > max_held) {
        give_up_first_hole(sink);
    }
}

/// REQUIRES: `seq` is not behind next_. What was delivered before is left out: first come, first
/// served, as receivers do.
void stream_reassembler::deliver(std::uint32_t seq, smpp::octet_span octets, std::size_t cut,
                                 const stamp& seen, stream_sink& sink) {
    const auto known = static_cast<std::size_t>(distance(seq, next_));
    if (known >= octets.size() + cut) {
        return;
    }
    if (known < octets.size()) {
        octets = octets.subspan(known);
        next_ += static_cast<std::uint32_t>(octets.size());
        sink.on_octets(octets, seen);
    } else {
        cut -= known - octets.size();
    }
    if (cut > 0) {
        next_ += static_cast<std::uint32_t>(cut);
        sink.on_gap(cut, seen);
    }
}

void stream_reassembler::hold(std::uint32_t seq, smpp::octet_span octets, std::size_t cut,
                              const stamp& seen) {
    const auto place =
        std::upper_bound(waiting_.begin(), waiting_.end(), seq,
                         [](std::uint32_t a, const held& b) { return distance(a, b.seq) > 0; });
    if (place != waiting_.begin()) {
        const held& before = *std::prev(place);
        if (distance(before.seq, seq) + static_cast<std::int64_t>(octets.size() + cut) <=
            static_cast<std::int64_t>(before.length())) {
            return;  // a retransmission of what is held already
        }
    }
    if (waiting_.empty()) {
        since_acknowledged_ = 0;
    }
    waiting_.insert(place, {seq, std::string(smpp::as_text(octets)), cut, seen});
    held_octets_ += octets.size() + overhead;
}

void stream_reassembler::drain(stream_sink& sink) {
    while (!waiting_.empty() && distance(next_, waiting_.front().seq) <= 0) {
        const held first = std::move(waiting_.front());
        waiting_.pop_front();
        held_octets_ -= first.octets.size() + overhead;
        since_acknowledged_ = 0;
        deliver(first.seq, smpp::as_octets(first.octets), first.cut, first.seen, sink);
    }
}

void stream_reassembler::hole_acknowledged(const stamp& seen, stream_sink& sink) {
    if (++since_acknowledged_ > patience ||
        seen.time - waiting_.front().seen.time > patience_time) {
        give_up_first_hole(sink);
    }
}

void stream_reassembler::give_up_first_hole(stream_sink& sink) {
    const held& first = waiting_.front();
    const auto missing = static_cast<std::uint32_t>(distance(next_, first.seq));
    const stamp noticed = first.seen;
    next_ = first.seq;
    sink.on_gap(missing, noticed);
    drain(sink);
}

void stream_reassembler::finish(stream_sink& sink) {
    while (!waiting_.empty()) {
        give_up_first_hole(sink);
    }
}

}  // namespace smpp_dump
