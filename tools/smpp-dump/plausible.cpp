#include "smpp-dump/plausible.hpp"

namespace smpp_dump {

std::uint32_t believable_length(smpp::command_id id) noexcept {
    using enum smpp::command_id;
    switch (id) {
        case generic_nack:
        case enquire_link:
        case enquire_link_resp:
        case unbind:
        case unbind_resp: return 256;  // header only, but some peers add octets
        case submit_sm:
        case deliver_sm:
        case data_sm:
        case data_sm_resp:
        case submit_multi:
        case submit_multi_resp:
        case broadcast_sm:
        case query_last_msgs_resp:
        case query_msg_details_resp: return max_pdu_length;
        default: return smpp::is_known(id) ? 8192 : max_pdu_length;
    }
}

bool may_be_header(const smpp::header& head) noexcept {
    if (head.command_length < smpp::header_size ||
        head.command_length > believable_length(head.id)) {
        return false;
    }
    // Vendors have 0x00010200 to 0x000102FF; text and random octets are far above.
    return smpp::is_known(head.id) ||
           (static_cast<std::uint32_t>(head.id) & ~smpp::response_bit) < 0x00100000;
}

bool looks_like_header(const smpp::header& head) noexcept {
    const auto status = static_cast<std::uint32_t>(head.status);
    return head.command_length >= smpp::header_size && smpp::is_known(head.id) &&
           head.command_length <= believable_length(head.id) &&
           status < (smpp::is_response(head.id) ? 0x10000U : 0x1000U);
}

bool is_usual(const smpp::header& head) noexcept {
    return (smpp::is_response(head.id) || head.status == smpp::command_status::ok) &&
           head.sequence_number <= 0x7FFFFFFF;
}

bool looks_like_pdu(smpp::octet_span frame) noexcept {
    smpp::pdu_view pdu;
    const smpp::header head = smpp::decode_header(frame);
    return is_usual(head) && !smpp::decode(frame, smpp::decode_mode::strict, pdu);
}

}  // namespace smpp_dump
