#include "smpp-dump/message_part.hpp"

#include "smpp/message.hpp"
#include "smpp/text/udh.hpp"

namespace smpp_dump {
namespace {

template <class Body>
std::optional<message_part> place_of(const Body& body) {
    using kind = smpp::reassembler::reference_kind;
    message_part out{body.source.digits, body.destination.digits};
    if (body.esm_class.udhi()) {
        const auto parts = smpp::udh::separate(smpp::as_octets(smpp::message_octets(body)));
        if (const auto place = smpp::udh::find_concat(parts.header)) {
            out.reference = place->reference;
            out.total = place->total;
            out.number = place->number;
            out.kind = place->wide ? kind::udh16 : kind::udh8;
            return out;
        }
    }
    const auto reference = body.tlvs.get(smpp::tlv::sar_msg_ref_num);
    const auto total = body.tlvs.get(smpp::tlv::sar_total_segments);
    const auto number = body.tlvs.get(smpp::tlv::sar_segment_seqnum);
    if (!reference || !total || !number || *number < 1 || *number > *total) {
        return std::nullopt;
    }
    out.reference = *reference;
    out.total = *total;
    out.number = *number;
    out.kind = kind::sar;
    return out;
}

}  // namespace

std::optional<message_part> part_of(const record& r) {
    if (r.frame.kind != frame_kind::whole) {
        return std::nullopt;
    }
    return std::visit(
        [](const auto& body) -> std::optional<message_part> {
            if constexpr (requires {
                              body.source.digits;
                              body.destination.digits;
                              body.esm_class.udhi();
                              body.tlvs;
                          }) {
                return place_of(body);
            } else {
                return std::nullopt;
            }
        },
        r.pdu.body);
}

}  // namespace smpp_dump
