#include "smpp-dump/dlr.hpp"

namespace smpp_dump {

std::optional<smpp::receipt> receipt_of(const record& r, smpp::alphabet standard) {
    const bool carrier = r.pdu.header.id == smpp::command_id::deliver_sm ||
                         r.pdu.header.id == smpp::command_id::data_sm;
    if (r.frame.kind != frame_kind::whole || !carrier) {
        return std::nullopt;
    }
    const auto message = message_of(r.pdu.body, standard);
    return message ? smpp::parse_receipt(message->text) : std::nullopt;
}

std::string receipted_id(const record& r, smpp::alphabet standard) {
    if (r.frame.kind != frame_kind::whole) {
        return {};
    }
    const auto* const deliver = std::get_if<smpp::deliver_sm_view>(&r.pdu.body);
    const auto* const data = std::get_if<smpp::data_sm_view>(&r.pdu.body);
    const auto* const tlvs = deliver != nullptr ? &deliver->tlvs
                             : data != nullptr  ? &data->tlvs
                                                : nullptr;
    if (tlvs != nullptr) {
        if (const auto id = tlvs->get(smpp::tlv::receipted_message_id)) {
            return std::string(*id);
        }
    }
    const auto found = receipt_of(r, standard);
    return found ? found->id : std::string();
}

}  // namespace smpp_dump
