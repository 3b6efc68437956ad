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
