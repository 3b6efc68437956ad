#include "smpp/tlv.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace smpp {
namespace {

// Who may carry a TLV. The names are those of the table's last two columns.
enum tlv_carrier : std::uint32_t {
    none = 0,
    submit = 1U << 0,
    multi = 1U << 1,
    data = 1U << 2,
    deliver = 1U << 3,
    broadcast = 1U << 4,
    submit_resp = 1U << 5,
    multi_resp = 1U << 6,
    data_resp = 1U << 7,
    deliver_resp = 1U << 8,
    bind_resp = 1U << 9,
    alert = 1U << 10,
    replace = 1U << 11,
    query_broadcast = 1U << 12,
    query_broadcast_resp = 1U << 13,
    cancel_broadcast = 1U << 14,
    broadcast_resp = 1U << 15,
    other_resp = 1U << 16,
    any_resp = submit_resp | multi_resp | data_resp | deliver_resp | bind_resp |
               query_broadcast_resp | broadcast_resp | other_resp,
};

constexpr tlv_info rows[] = {
#define X(name, tag, kind, min, max, pdus_3_4, pdus_5_0) \
    {tlv_tag::name, #name, tlv_type::kind, min, max, pdus_3_4, pdus_5_0},
#include "smpp/tables/tlv.def"
#undef X
};

/// Rows by the octets of their tags. Each TLV of a PDU to be sent is looked up: that shall cost two
/// loads, not a search.
struct tag_index {
    std::array<std::uint8_t, 256> page{};                        // by the high octet; 0: none
    std::array<std::array<std::uint8_t, 256>, 12> row_plus_1{};  // by page and the low octet
};

constexpr tag_index index = [] {
    tag_index out;
    std::uint8_t pages = 0;
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        const auto tag = static_cast<std::uint16_t>(rows[i].tag);
        std::uint8_t& page = out.page[tag >> 8];
        page = page == 0 ? ++pages : page;
        out.row_plus_1[page][tag & 0xFF] = static_cast<std::uint8_t>(i + 1);
    }
    return out;
}();
static_assert(std::size(rows) < 255, "an octet holds the number of a row");

std::uint32_t carrier_of(command_id command) noexcept {
    switch (command) {
        case command_id::submit_sm: return submit;
        case command_id::submit_multi: return multi;
        case command_id::data_sm: return data;
        case command_id::deliver_sm: return deliver;
        case command_id::broadcast_sm: return broadcast;
        case command_id::submit_sm_resp: return submit_resp;
        case command_id::submit_multi_resp: return multi_resp;
        case command_id::data_sm_resp: return data_resp;
        case command_id::deliver_sm_resp: return deliver_resp;
        case command_id::bind_receiver_resp:
        case command_id::bind_transmitter_resp:
        case command_id::bind_transceiver_resp: return bind_resp;
        case command_id::alert_notification: return alert;
        case command_id::replace_sm: return replace;
        case command_id::query_broadcast_sm: return query_broadcast;
        case command_id::query_broadcast_sm_resp: return query_broadcast_resp;
        case command_id::cancel_broadcast_sm: return cancel_broadcast;
        case command_id::broadcast_sm_resp: return broadcast_resp;
        default: return is_response(command) ? other_resp : none;
    }
}

}  // namespace

const tlv_info* find_tlv(tlv_tag tag) noexcept {
    const auto number = static_cast<std::uint16_t>(tag);
    const std::uint8_t row_plus_1 = index.row_plus_1[index.page[number >> 8]][number & 0xFF];
    return row_plus_1 == 0 ? nullptr : &rows[row_plus_1 - 1];
}

const tlv_info* find_tlv(std::string_view name) noexcept {
    const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                   [&](const tlv_info& info) { return info.name == name; });
    return row != std::end(rows) ? row : nullptr;
}

std::string_view name(tlv_tag tag) noexcept {
    const tlv_info* row = find_tlv(tag);
    return row != nullptr ? row->name : std::string_view{};
}

bool may_carry(command_id command, tlv_tag tag) noexcept {
    const tlv_info* row = find_tlv(tag);
    return row == nullptr || ((row->carriers_3_4 | row->carriers_5_0) & carrier_of(command)) != 0;
}

std::span<const tlv_tag> mandatory_tlvs(command_id command) noexcept {
    static constexpr tlv_tag of_broadcast[] = {
        tlv_tag::broadcast_area_identifier, tlv_tag::broadcast_content_type,
        tlv_tag::broadcast_rep_num, tlv_tag::broadcast_frequency_interval};
    static constexpr tlv_tag of_query_broadcast_resp[] = {tlv_tag::message_state,
                                                          tlv_tag::broadcast_area_identifier,
                                                          tlv_tag::broadcast_area_success};
    switch (command) {
        case command_id::broadcast_sm: return of_broadcast;
        case command_id::query_broadcast_sm_resp: return of_query_broadcast_resp;
        default: return {};
    }
}

}  // namespace smpp
