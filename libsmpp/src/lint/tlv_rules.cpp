#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/report.hpp"

namespace smpp::lint {
namespace {

bool may_repeat(tlv_tag tag) noexcept {
    switch (tag) {
        case tlv_tag::callback_num:
        case tlv_tag::callback_num_pres_ind:
        case tlv_tag::callback_num_atag:
        case tlv_tag::broadcast_area_identifier:
        case tlv_tag::broadcast_error_status:
        case tlv_tag::broadcast_area_success: return true;
        default: return false;
    }
}

struct value_range {
    tlv_tag tag;
    std::uint8_t least;
    std::uint8_t greatest;
};

/// TLVs whose first octet, often the only one, does not have all values (3.4: 5.3.2; 5.0: 4.8.4).
/// Where it has several ranges there are several rows.
constexpr value_range ranges[] = {
    {tlv_tag::dest_addr_subunit, 0, 4},
    {tlv_tag::dest_network_type, 0, 8},
    {tlv_tag::dest_bearer_type, 0, 8},
    {tlv_tag::source_addr_subunit, 0, 4},
    {tlv_tag::source_network_type, 0, 8},
    {tlv_tag::source_bearer_type, 0, 8},
    {tlv_tag::ms_msg_wait_facilities, 0x00, 0x03},
    {tlv_tag::ms_msg_wait_facilities, 0x80, 0x83},
    {tlv_tag::privacy_indicator, 0, 3},
    {tlv_tag::language_indicator, 0, 5},
    {tlv_tag::sar_total_segments, 1, 255},
    {tlv_tag::sar_segment_seqnum, 1, 255},
    {tlv_tag::callback_num_pres_ind, 0, 0x0F},
    {tlv_tag::number_of_messages, 0, 99},
    {tlv_tag::dpf_result, 0, 1},
    {tlv_tag::set_dpf, 0, 1},
    {tlv_tag::ms_availability_status, 0, 2},
    {tlv_tag::network_error_code, 0, 8},
    {tlv_tag::delivery_failure_reason, 0, 3},
    {tlv_tag::more_messages_to_send, 0, 1},
    {tlv_tag::message_state, 0, 9},
    {tlv_tag::congestion_state, 0, 100},
    {tlv_tag::ussd_service_op, 0, 3},
    {tlv_tag::ussd_service_op, 16, 19},
    {tlv_tag::ussd_service_op, 32, 255},
    {tlv_tag::broadcast_channel_indicator, 0, 1},
    {tlv_tag::broadcast_content_type, 0, 3},
    {tlv_tag::broadcast_message_class, 0, 3},
    {tlv_tag::broadcast_frequency_interval, 0x00, 0x00},
    {tlv_tag::broadcast_frequency_interval, 0x08, 0x0E},
    {tlv_tag::broadcast_area_identifier, 0, 2},
    {tlv_tag::broadcast_area_success, 0, 100},
    {tlv_tag::broadcast_area_success, 255, 255},
    {tlv_tag::dest_addr_np_resolution, 0, 2},
    {tlv_tag::display_time, 0, 2},
    {tlv_tag::ms_validity, 0, 4},
    {tlv_tag::alert_on_message_delivery, 0, 3},
    {tlv_tag::its_reply_type, 0, 8},
};

void check_value(report& to, const tlv_item& item) {
    if (item.value.empty()) {
        return;
    }
    const auto value = static_cast<std::uint8_t>(item.value.front());
    std::string allowed;
    for (const value_range& each : ranges) {
        if (each.tag != item.tag) {
            continue;
        }
        if (value >= each.least && value <= each.greatest) {
            return;
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += each.least == each.greatest ? fmt::format("{}", each.least)
                                               : fmt::format("{} to {}", each.least, each.greatest);
    }
    if (!allowed.empty()) {
        to.add(rule::tlv_value, name(item.tag), fmt::format("{}; {}", value, allowed));
    }
}

void check_row(report& to, command_id command, const tlv_info& row, const tlv_item& item) {
    if (item.value.size() < row.min_length || item.value.size() > row.max_length) {
        to.add(
            rule::tlv_length, row.name,
            fmt::format("{} octets; {} to {}", item.value.size(), row.min_length, row.max_length));
    } else {
        check_value(to, item);
    }
    if (!may_carry(command, item.tag)) {
        to.add(rule::tlv_not_allowed, row.name, std::string(name(command)));
    }
}

constexpr bool is_vendor_tag(std::uint16_t tag) noexcept { return tag >= 0x1400 && tag <= 0x3FFF; }

}  // namespace

void check_tlvs(report& to, command_id command, const tlv_list_view& tlvs) {
    std::set<tlv_tag> seen;
    for (const tlv_item item : tlvs) {
        const tlv_info* row = find_tlv(item.tag);
        const auto number = static_cast<std::uint16_t>(item.tag);
        if (row != nullptr) {
            check_row(to, command, *row, item);
        } else if (!is_vendor_tag(number)) {
            to.add(rule::tlv_unregistered, "tlv", fmt::format("0x{:04X}", number));
        }
        if (!seen.insert(item.tag).second && !may_repeat(item.tag)) {
            to.add(rule::tlv_repeated, row != nullptr ? row->name : "tlv",
                   fmt::format("0x{:04X}", number));
        }
    }
}

void check_mandatory_tlvs(report& to, command_id command, const tlv_list_view& tlvs) {
    for (const tlv_tag needed : mandatory_tlvs(command)) {
        if (!tlvs.raw(needed)) {
            to.add_at(rule::message_missing_broadcast, name(needed), 0);
        }
    }
}

}  // namespace smpp::lint
