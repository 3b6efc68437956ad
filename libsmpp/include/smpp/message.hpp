// The text of a PDU that carries a message, and a text into PDUs.
//
//     std::string text = smpp::message_text(deliver);     // short_message or payload, no UDH
//     if (auto dlr = smpp::read_receipt(deliver)) { ... dlr->id, dlr->stat ... }
//
//     auto encoded = smpp::encode_cheapest(text).value();
//     for (const auto& part : smpp::split(encoded.octets, encoded.alphabet).value()) {
//         smpp::submit_sm sm = to_all;                             // addresses and the rest
//         smpp::set_part(sm, part, encoded.data_coding);
//         co_await client.async_request(sm);
//     }
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "smpp/pdu.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/receipt.hpp"
#include "smpp/text/segmenter.hpp"
#include "smpp/text/udh.hpp"

namespace smpp {

/// The octets of the message, user data header included: short_message, or message_payload where
/// that is empty (3.4: 5.3.2.32 forbids both; short_message wins then). They live as long as
/// `body`.
template <class Body>
[[nodiscard]] std::string_view message_octets(const Body& body) noexcept {
    if constexpr (requires { body.short_message; }) {
        if (!body.short_message.empty()) {
            return body.short_message;
        }
    }
    if constexpr (requires { body.tlvs; }) {
        return body.tlvs.get(tlv::message_payload).value_or(std::string_view());
    } else {
        return {};
    }
}

/// The text of this PDU alone, as UTF-8, without its user data header and by the national tables
/// that the header names. NULs at the end, which some peers count, are left out, but not in GSM
/// 7-bit, where they are '@'. For receipts see read_receipt().
template <class Body>
[[nodiscard]] std::string message_text(const Body& body, alphabet smsc_default = alphabet::gsm7) {
    std::string_view octets = message_octets(body);
    const alphabet source = alphabet_of(body.data_coding, smsc_default);
    const bool single_octets = source != alphabet::gsm7 && source != alphabet::gsm7_packed &&
                               source != alphabet::ucs2 && source != alphabet::octets;
    while (single_octets && octets.ends_with('\0')) {
        octets.remove_suffix(1);
    }
    bool udhi = false;
    if constexpr (requires { body.esm_class; }) {
        udhi = body.esm_class.udhi();
    }
    return decode_user_data(as_octets(octets), udhi, source);
}

/// The delivery receipt that this PDU carries as text; empty when its text is none, which says
/// nothing of its TLVs (receipted_message_id, message_state).
template <class Body>
[[nodiscard]] std::optional<receipt> read_receipt(const Body& body,
                                                  alphabet smsc_default = alphabet::gsm7) {
    octet_span text = as_octets(message_octets(body));
    if constexpr (requires { body.esm_class; }) {
        text = body.esm_class.udhi() ? udh::separate(text).text : text;
    }
    return parse_receipt(text, alphabet_of(body.data_coding, smsc_default));
}

/// Puts a part into a PDU: its octets where they belong, the header's mark, and the sar_* TLVs.
/// Nothing is left of another part that the PDU carried before.
template <class Body>
void set_part(Body& body, const message_part& part, data_coding coding) {
    body.data_coding = coding;
    body.esm_class.set_udhi(part.udhi());
    for (const tlv_tag old : {tlv_tag::message_payload, tlv_tag::sar_msg_ref_num,
                              tlv_tag::sar_total_segments, tlv_tag::sar_segment_seqnum}) {
        body.tlvs.erase(old);
    }
    bool in_payload = true;
    if constexpr (requires { body.short_message; }) {
        in_payload = part.in_payload();
        body.short_message = in_payload ? std::string() : part.octets;
    }
    if (in_payload) {
        body.tlvs.set(tlv::message_payload, part.octets);
    }
    if (part.needs_sar()) {
        body.tlvs.set(tlv::sar_msg_ref_num, part.reference);
        body.tlvs.set(tlv::sar_total_segments, part.total);
        body.tlvs.set(tlv::sar_segment_seqnum, part.number);
    }
}

}  // namespace smpp
