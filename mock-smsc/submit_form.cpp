#include "mock-smsc/submit_form.hpp"

#include "mock-smsc/command_versions.hpp"
#include "smpp/text/smpp_time.hpp"

namespace mock_smsc {
namespace {

using smpp::command_status;

/// sm_length says more than there is, or more than it may. Decoding has taken what was there.
bool wrong_length(std::string_view short_message) noexcept {
    constexpr std::size_t most = 254;
    const auto claimed = static_cast<std::uint8_t>(*(short_message.data() - 1));
    return claimed != short_message.size() || claimed > most;
}

bool is_time(std::string_view text) noexcept {
    return text.empty() || smpp::parse_time(text).has_value();
}

command_status status_of_broadcast(const smpp::broadcast_sm_view& body) noexcept {
    const auto& tlvs = body.tlvs;
    const bool whole = tlvs.raw(smpp::tlv::broadcast_area_identifier.tag).has_value() &&
                       tlvs.raw(smpp::tlv::broadcast_content_type.tag).has_value() &&
                       tlvs.raw(smpp::tlv::broadcast_rep_num.tag).has_value() &&
                       tlvs.raw(smpp::tlv::broadcast_frequency_interval.tag).has_value();
    return whole ? command_status::ok : command_status::missing_tlv;
}

}  // namespace

command_status status_of_form(const smpp::body_view& body, const message_fields& fields,
                              smpp::interface_version version) noexcept {
    const auto* broadcast = std::get_if<smpp::broadcast_sm_view>(&body);
    const bool data = std::holds_alternative<smpp::data_sm_view>(body);
    if ((data && !has_command(version, smpp::command_id::data_sm)) ||
        (broadcast != nullptr && !has_command(version, smpp::command_id::broadcast_sm))) {
        return command_status::invalid_command_id;
    }
    if (broadcast != nullptr) {
        if (const auto status = status_of_broadcast(*broadcast); status != command_status::ok) {
            return status;
        }
    } else if (fields.destinations != nullptr && fields.destinations->empty()) {
        return command_status::invalid_number_of_dests;
    } else if (fields.destinations == nullptr && fields.destination.digits.empty()) {
        return command_status::invalid_destination_address;
    }
    if (data) {
        return command_status::ok;
    }
    if (!is_time(fields.schedule_delivery_time)) {
        return command_status::invalid_schedule;
    }
    if (!is_time(fields.validity_period)) {
        return command_status::invalid_expiry;
    }
    const auto* one = std::get_if<smpp::submit_sm_view>(&body);
    const auto* many = std::get_if<smpp::submit_multi_view>(&body);
    const bool cut = (one != nullptr && wrong_length(one->short_message)) ||
                     (many != nullptr && wrong_length(many->short_message));
    return cut ? command_status::invalid_message_length : command_status::ok;
}

}  // namespace mock_smsc
