#include "smpp-dump/pdu_stream.hpp"

#include <algorithm>
#include <utility>

namespace smpp_dump {
namespace {

using smpp::header_size;

/// Garbage is given in pieces, so that an endless amount of it is not kept.
constexpr std::size_t max_garbage = 1U << 16;

/// A PDU that is nothing but its header is too little to tell SMPP from other protocols, unless
/// another follows. REQUIRES: the PDU is there in whole.
bool is_telling(smpp::octet_span octets) noexcept {
    const auto length = smpp::load_be<std::uint32_t>(octets.data());
    return length > header_size ||
           (octets.size() >= 2 * header_size &&
            looks_like_header(smpp::decode_header(octets.subspan(header_size))));
}

/// What the octets at the place of a PDU say about its length, be they only some of its header:
/// what is left of it behind a gap is no place to look for PDUs, for its message may hold some. 0:
/// they do not tell.
std::uint32_t length_of_cut_pdu(smpp::octet_span octets) noexcept {
    constexpr std::size_t length_and_id = 8;
    if (octets.size() < sizeof(std::uint32_t)) {
        return 0;
    }
    smpp::header head;
    head.command_length = smpp::load_be<std::uint32_t>(octets.data());
    if (octets.size() >= length_and_id) {
        head.id = static_cast<smpp::command_id>(smpp::load_be<std::uint32_t>(octets.data() + 4));
        return may_be_header(head) ? head.command_length : 0;
    }
    return head.command_length >= header_size && head.command_length <= max_pdu_length
               ? head.command_length
               : 0;
}

}  // namespace

void pdu_stream::on_octets(smpp::octet_span octets, const stamp& seen) {
    if (verdict_ == smpp_verdict::no) {
        offset_ += octets.size();
        return;
    }
    if (verdict_ == smpp_verdict::yes && !searching_ && buffer_.empty()) {
        octets = whole_frames(octets, seen);
    }
    if (!octets.empty()) {
        keep(octets, seen);
        process();
    }
}

/// The common case: PDUs are read where they are. Returns the octets of the first incomplete one.
smpp::octet_span pdu_stream::whole_frames(smpp::octet_span octets, const stamp& seen) {
    if (skip_ > 0) {
        const std::size_t n = std::min<std::uint64_t>(skip_, octets.size());
        skip_ -= n;
        offset_ += n;
        octets = octets.subspan(n);
    }
    while (octets.size() >= header_size) {
        const smpp::header head = smpp::decode_header(octets);
        if (head.command_length > octets.size() || !may_be_header(head)) {
            break;
        }
        emit(frame_kind::whole, octets.first(head.command_length), head.command_length, seen, seen);
        octets = octets.subspan(head.command_length);
    }
    return octets;
}

void pdu_stream::keep(smpp::octet_span octets, const stamp& seen) {
    marks_.push_back({buffer_.size(), seen});
    buffer_.append(smpp::as_text(octets));
}

void pdu_stream::process() {
    if (verdict_ == smpp_verdict::undecided) {
        sniff();
    }
    while (verdict_ == smpp_verdict::yes && (searching_ ? search() : take_frame())) {
    }
    compact();
}

/// Gives the frame at the start of the buffer. False: more octets are needed.
bool pdu_stream::take_frame() {
    if (skip_ > 0) {
        const std::size_t n = std::min<std::uint64_t>(skip_, buffered().size());
        skip_ -= n;
        offset_ += n;
        at_ += n;
    }
    if (buffered().size() < header_size) {
        return false;
    }
    const smpp::header head = smpp::decode_header(buffered());
    if (!may_be_header(head)) {
        searching_ = true;
        scanned_ = 1;
        return true;
    }
    if (buffered().size() < head.command_length) {
        return false;
    }
    give(frame_kind::whole, head.command_length, head.command_length);
    return true;
}

/// Whether the buffer shows that this is SMPP. At the beginning of a connection a header must
/// stand; elsewhere a whole PDU must be found.
void pdu_stream::sniff() {
    if (start_ == stream_start::at_beginning) {
        if (buffered().size() < header_size) {
            return;
        }
        if (looks_like_header(smpp::decode_header(buffered()))) {
            verdict_ = smpp_verdict::yes;
            return;
        }
        start_ = stream_start::in_the_middle;
        sniff_limit_ = 4096;  // not likely any more
    }
    searching_ = true;
    for (; scanned_ + header_size <= buffered().size(); ++scanned_) {
        candidate found = judge(scanned_, false);
        if (found == candidate::yes) {
            const smpp::octet_span rest = buffered().subspan(scanned_);
            if (is_telling(rest)) {
                verdict_ = smpp_verdict::yes;
                return;
            }
            if (rest.size() < 2 * header_size) {
                found = candidate::wait;  // what follows will tell
            }
        }
        if (found == candidate::wait && buffered().size() < sniff_limit_) {
            return;
        }
    }
    if (buffered().size() >= sniff_limit_) {
        ignore();
    }
}

void pdu_stream::confirm() {
    if (verdict_ == smpp_verdict::yes) {
        return;
    }
    if (verdict_ == smpp_verdict::no) {  // what came so far is gone
        gap_ += offset_;
        state_ = sync_state::after_garbage;
        searching_ = true;
    }
    searching_ = searching_ || start_ == stream_start::in_the_middle;
    scanned_ = 0;
    verdict_ = smpp_verdict::yes;
    process();
}

void pdu_stream::ignore() noexcept {
    verdict_ = smpp_verdict::no;
    offset_ += buffered().size();
    buffer_ = {};
    marks_ = {};
    at_ = 0;
}

/// Looks for a PDU in the buffer. True when one was found.
bool pdu_stream::search() {
    for (; scanned_ + header_size <= buffered().size(); ++scanned_) {
        switch (judge(scanned_, false)) {
            case candidate::yes: found_at(scanned_); return true;
            case candidate::wait: return false;
            case candidate::no: break;
        }
    }
    if (scanned_ > max_garbage) {
        give_garbage(std::exchange(scanned_, 0));
    }
    return false;
}

/// No more octets will come before a gap or the end: what could not be decided for want of them is
/// decided now. A PDU cut short counts when its header is a usual one, for the PDUs that seem to
/// follow are in its message; else only when no whole one follows.
void pdu_stream::search_to_the_end() {
    while (searching_) {
        const std::size_t size = buffered().size();
        std::size_t cut_at = size;
        std::size_t position = scanned_;
        for (; position + header_size <= size; ++position) {
            const candidate found = judge(position, true);
            if (found == candidate::yes) {
                break;
            }
            if (found == candidate::wait) {
                cut_at = std::min(cut_at, position);
                if (is_usual(smpp::decode_header(buffered().subspan(position)))) {
                    cut_at = position;
                    position = size;
                    break;
                }
            }
        }
        if (position + header_size <= size) {
            found_at(position);
            while (!searching_ && take_frame()) {
            }
        } else {
            give_cut(cut_at);
            return;
        }
    }
}

/// The rest of the buffer is a PDU that begins at `position`, if any does.
void pdu_stream::give_cut(std::size_t position) {
    give_garbage(position);
    scanned_ = 0;
    if (const smpp::octet_span rest = buffered(); !rest.empty()) {
        const smpp::header head = smpp::decode_header(rest);
        if (is_usual(head)) {  // else it is too little to go by
            skip_ = head.command_length - rest.size();
            searching_ = false;
        }
        give(frame_kind::truncated, rest.size(), head.command_length);
    }
}

/// `wait`: a header whose PDU is not there in whole. A whole PDU counts when its body fits, or when
/// a header follows it.
pdu_stream::candidate pdu_stream::judge(std::size_t position, bool last_chance) const noexcept {
    const smpp::octet_span octets = buffered().subspan(position);
    const smpp::header head = smpp::decode_header(octets);
    if (!looks_like_header(head)) {
        return candidate::no;
    }
    if (octets.size() < head.command_length) {
        return candidate::wait;
    }
    if (looks_like_pdu(octets.first(head.command_length))) {
        return candidate::yes;
    }
    const smpp::octet_span behind = octets.subspan(head.command_length);
    if (behind.size() >= header_size) {
        return looks_like_header(smpp::decode_header(behind)) ? candidate::yes : candidate::no;
    }
    return last_chance ? candidate::no : candidate::wait;
}

void pdu_stream::found_at(std::size_t position) {
    give_garbage(position);
    searching_ = false;
    scanned_ = 0;
}

void pdu_stream::end_of_octets() {
    if (searching_) {
        search_to_the_end();
    }
    const std::size_t rest = buffered().size();
    if (searching_ || rest == 0) {
        return;
    }
    const std::uint32_t length = length_of_cut_pdu(buffered());
    if (rest < header_size) {
        give_garbage(rest);
        searching_ = length == 0;
    } else {
        give(frame_kind::truncated, rest, length);
    }
    skip_ = length == 0 ? 0 : length - rest;
}

void pdu_stream::on_gap(std::uint64_t n, const stamp& noticed) {
    static_cast<void>(noticed);
    if (verdict_ == smpp_verdict::undecided) {
        // What was no PDU so far will be none: begin anew behind the gap.
        ignore();
        verdict_ = smpp_verdict::undecided;
        start_ = stream_start::in_the_middle;
        state_ = sync_state::after_gap;
        scanned_ = 0;
    }
    if (verdict_ == smpp_verdict::yes) {
        end_of_octets();
        compact();
        if (skip_ == 0 || n > skip_) {
            searching_ = true;
            scanned_ = 0;
            skip_ = 0;
        } else {
            skip_ -= n;
        }
        state_ = sync_state::after_gap;
        gap_ += n;
    }
    offset_ += n;
}

void pdu_stream::finish() {
    if (verdict_ == smpp_verdict::yes) {
        end_of_octets();
        compact();
    }
}

void pdu_stream::give_garbage(std::size_t size) {
    if (size > 0) {
        if (state_ == sync_state::ok) {
            state_ = sync_state::after_garbage;
        }
        give(frame_kind::garbage, size, static_cast<std::uint32_t>(size));
    }
}

/// From the start of the buffer.
void pdu_stream::give(frame_kind kind, std::size_t size, std::uint32_t length) {
    const smpp::octet_span octets = buffered().first(size);
    const stamp first = seen_at(at_);
    const stamp last = seen_at(at_ + size - 1);
    at_ += size;
    emit(kind, octets, length, first, last);
}

void pdu_stream::emit(frame_kind kind, smpp::octet_span octets, std::uint32_t length,
                      const stamp& first, const stamp& last) {
    const stream_frame frame{kind, state_, octets, length, offset_, gap_, first, last};
    offset_ += octets.size();
    gap_ = 0;
    sink_->on_frame(frame);
}

const stamp& pdu_stream::seen_at(std::size_t position) const noexcept {
    auto at = std::upper_bound(marks_.begin(), marks_.end(), position,
                               [](std::size_t a, const mark& b) { return a < b.position; });
    return std::prev(at)->seen;
}

/// Drops what was given from the buffer.
void pdu_stream::compact() {
    if (at_ == buffer_.size()) {
        if (buffer_.capacity() > 8192) {
            buffer_ = {};
        }
        buffer_.clear();
        marks_.clear();
        at_ = 0;
    } else if (at_ > 0) {
        const stamp first = seen_at(at_);
        buffer_.erase(0, at_);
        const auto behind = std::find_if(marks_.begin(), marks_.end(),
                                         [&](const mark& m) { return m.position > at_; });
        marks_.erase(marks_.begin(), behind);
        for (mark& each : marks_) {
            each.position -= at_;
        }
        marks_.insert(marks_.begin(), {0, first});
        at_ = 0;
    }
}

}  // namespace smpp_dump
