#include <fmt/format.h>

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
        case tlv_tag::broadcast_area_success: return true;
        default: return false;
    }
}

struct value_range {
    tlv_tag tag;
    std::uint8_t least;
    std::uint8_t greatest;
};

/// TLVs of one octet that do not have all its values (3.4: 5.3.2; 5.0: 4.8.4).
constexpr value_range ranges[] = {
    {tlv_tag::dest_addr_subunit, 0, 4},
    {tlv_tag::dest_network_type, 0, 8},
    {tlv_tag::dest_bearer_type, 0, 8},
    {tlv_tag::source_addr_subunit, 0, 4},
    {tlv_tag::source_network_type, 0, 8},
    {tlv_tag::source_bearer_type, 0, 8},
    {tlv_tag::privacy_indicator, 0, 3},
    {tlv_tag::language_indicator, 0, 5},
    {tlv_tag::sar_total_segments, 1, 255},
    {tlv_tag::sar_segment_seqnum, 1, 255},
    {tlv_tag::dpf_result, 0, 1},
    {tlv_tag::set_dpf, 0, 1},
    {tlv_tag::ms_availability_status, 0, 2},
    {tlv_tag::delivery_failure_reason, 0, 3},
    {tlv_tag::more_messages_to_send, 0, 1},
    {tlv_tag::message_state, 0, 9},
    {tlv_tag::congestion_state, 0, 99},
};

void check_value(report& to, const tlv_item& item) {
    for (const value_range& each : ranges) {
        const auto value = item.value.empty() ? 0 : static_cast<std::uint8_t>(item.value.front());
        if (each.tag == item.tag && item.value.size() == 1 &&
            (value < each.least || value > each.greatest)) {
            to.add(rule::tlv_value, name(item.tag),
                   fmt::format("{}; {} to {}", value, each.least, each.greatest));
        }
    }
}

constexpr bool is_vendor_tag(std::uint16_t tag) noexcept { return tag >= 0x1400 && tag <= 0x3FFF; }

}  // namespace

void check_tlvs(report& to, command_id command, const tlv_list_view& tlvs) {
    std::set<tlv_tag> seen;
    for (const tlv_item item : tlvs) {
        const tlv_info* row = find_tlv(item.tag);
        const auto number = static_cast<std::uint16_t>(item.tag);
        if (row == nullptr) {
            if (!is_vendor_tag(number)) {
                to.add(rule::tlv_unregistered, "tlv", fmt::format("0x{:04X}", number));
            }
        } else {
            if (item.value.size() < row->min_length || item.value.size() > row->max_length) {
                to.add(rule::tlv_length, row->name,
                       fmt::format("{} octets; {} to {}", item.value.size(), row->min_length,
                                   row->max_length));
            }
            check_value(to, item);
            if (!may_carry(command, item.tag)) {
                to.add(rule::tlv_not_allowed, row->name, std::string(name(command)));
            }
        }
        if (!seen.insert(item.tag).second && !may_repeat(item.tag)) {
            to.add(rule::tlv_repeated, row != nullptr ? row->name : "tlv",
                   fmt::format("0x{:04X}", number));
        }
    }
}

}  // namespace smpp::lint
