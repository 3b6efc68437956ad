#include "smpp-dump/dlr.hpp"

#include "smpp/message.hpp"

namespace smpp_dump {

std::optional<smpp::receipt> receipt_of(const record& r, smpp::alphabet standard) {
    if (r.frame.kind != frame_kind::whole) {
        return std::nullopt;
    }
    if (const auto* const deliver = std::get_if<smpp::deliver_sm_view>(&r.pdu.body)) {
        return smpp::read_receipt(*deliver, standard);
    }
    const auto* const data = std::get_if<smpp::data_sm_view>(&r.pdu.body);
    return data != nullptr ? smpp::read_receipt(*data, standard) : std::nullopt;
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
