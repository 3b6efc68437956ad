#include "smpp/text/reassembler.hpp"

#include <algorithm>
#include <utility>

namespace smpp {
namespace {

// Allocations and tree nodes beside the text itself.
constexpr std::size_t message_overhead = 256;
constexpr std::size_t piece_overhead = 96;

}  // namespace

reassembler::added reassembler::add(const part& received, time_point now) {
    added result;
    result.dropped = expire(now);
    if (received.number == 0 || received.number > received.total) {
        return result;
    }
    key id{std::string(received.source), std::string(received.destination), received.reference,
           received.total, received.kind};
    pending& entry = find_or_open(std::move(id), now);
    const auto at =
        std::lower_bound(entry.pieces.begin(), entry.pieces.end(), received.number,
                         [](const piece& a, std::uint8_t number) { return a.number < number; });
    if (at != entry.pieces.end() && at->number == received.number) {
        result.what =
            at->octets == as_text(received.octets) ? outcome::duplicate : outcome::conflict;
        return result;
    }
    entry.pieces.insert(at, {received.number, received.tag, std::string(as_text(received.octets))});
    const std::size_t cost = piece_overhead + received.octets.size();
    entry.cost += cost;
    octets_ += cost;

    const position here = index_.find(entry.id)->second;
    if (entry.pieces.size() == received.total) {
        result.what = outcome::complete;
        result.message = finish(here);
        return result;
    }
    result.what = outcome::stored;
    while (octets_ > bounds_.octets && !pending_.empty()) {
        result.dropped.push_back(give_up(pending_.begin()));
    }
    return result;
}

std::vector<reassembler::incomplete> reassembler::expire(time_point now) {
    std::vector<incomplete> out;
    while (!pending_.empty() && pending_.front().expires <= now) {
        out.push_back(give_up(pending_.begin()));
    }
    return out;
}

std::optional<reassembler::time_point> reassembler::deadline() const noexcept {
    if (pending_.empty()) {
        return std::nullopt;
    }
    return pending_.front().expires;
}

reassembler::pending& reassembler::find_or_open(key id, time_point now) {
    if (const auto found = index_.find(id); found != index_.end()) {
        return *found->second;
    }
    const std::size_t cost = message_overhead + 2 * (id.source.size() + id.destination.size());
    pending_.push_back({id, now + bounds_.timeout, cost, {}});
    index_.emplace(std::move(id), std::prev(pending_.end()));
    octets_ += cost;
    return pending_.back();
}

void reassembler::remove(position which) {
    octets_ -= which->cost;
    index_.erase(which->id);
    pending_.erase(which);
}

reassembler::incomplete reassembler::give_up(position which) {
    incomplete out;
    auto next = which->pieces.begin();
    for (unsigned number = 1; number <= which->id.total; ++number) {
        if (next != which->pieces.end() && next->number == number) {
            out.tags.push_back(next->tag);
            ++next;
        } else {
            out.missing.push_back(static_cast<std::uint8_t>(number));
        }
    }
    out.id = which->id;
    remove(which);
    return out;
}

reassembler::joined reassembler::finish(position which) {
    joined out;
    out.id = which->id;
    for (const piece& each : which->pieces) {
        out.octets += each.octets;
        out.tags.push_back(each.tag);
    }
    remove(which);
    return out;
}

}  // namespace smpp
