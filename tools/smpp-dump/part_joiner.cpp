#include "smpp-dump/part_joiner.hpp"

#include <fmt/format.h>

#include "smpp-dump/message_part.hpp"

namespace smpp_dump {

void part_joiner::on_record(const record& r) {
    if (const auto text = whole_text(r)) {
        record with_text = r;
        with_text.whole_text = *text;
        next_->on_record(with_text);
    } else {
        next_->on_record(r);
    }
}

std::optional<std::string> part_joiner::whole_text(const record& r) {
    const auto place = part_of(r);
    if (!place || place->total < 2) {
        return std::nullopt;
    }
    const auto message = message_of(r.pdu.body, standard_);
    // Each direction of each session has references of its own.
    const std::string source =
        fmt::format("{}{}{}", r.session->number, r.from_client ? '>' : '<', place->source);
    smpp::reassembler::part part;
    part.source = source;
    part.destination = place->destination;
    part.reference = place->reference;
    part.kind = place->kind;
    part.total = place->total;
    part.number = place->number;
    part.octets = smpp::as_octets(message->text);
    const smpp::reassembler::time_point now(
        std::chrono::duration_cast<smpp::reassembler::time_point::duration>(
            std::chrono::nanoseconds(r.frame.last.time)));
    auto added = parts_.add(part, now);
    if (!added.message) {
        return std::nullopt;
    }
    return std::move(added.message->octets);
}

}  // namespace smpp_dump
