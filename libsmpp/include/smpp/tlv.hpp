// TLVs: tags, and a typed key for each row of tables/tlv.def.
//
//     sm.tlvs.set(smpp::tlv::user_message_reference, 7);
//     std::optional<std::string_view> id = sm.tlvs.get(smpp::tlv::receipted_message_id);
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "smpp/command_id.hpp"

namespace smpp {

/// Open: vendor tags (0x1400-0x3FFF and others) are carried unchanged.
enum class tlv_tag : std::uint16_t {
#define X(name, tag, kind, min, max, pdus_3_4, pdus_5_0) name = tag,
#include "smpp/tables/tlv.def"
#undef X
};

/// Type of a TLV's value.
enum class tlv_type : std::uint8_t { u8, u16, u32, cstring, octets };

/// A row of the table. Lengths are octets of the value.
struct tlv_info {
    tlv_tag tag;
    std::string_view name;
    tlv_type type;
    std::uint16_t min_length;
    std::uint16_t max_length;
    std::uint32_t carriers_3_4;  ///< bits of tlv_carrier
    std::uint32_t carriers_5_0;
};

/// The row of a tag; null when there is none.
[[nodiscard]] const tlv_info* find_tlv(tlv_tag tag) noexcept;
[[nodiscard]] const tlv_info* find_tlv(std::string_view name) noexcept;
/// Name in the specification; empty for a tag without a row.
[[nodiscard]] std::string_view name(tlv_tag tag) noexcept;
/// Whether the specification lets `command` carry the TLV, in 3.4 or in 5.0. Tags without a row:
/// true.
[[nodiscard]] bool may_carry(command_id command, tlv_tag tag) noexcept;

/// The TLVs without which the specification has no such PDU (5.0: 4.4.1, 4.6.1); most need none.
[[nodiscard]] std::span<const tlv_tag> mandatory_tlvs(command_id command) noexcept;

/// Key of a TLV: its tag and the C++ type of its value.
template <class T>
struct tlv_key {
    tlv_tag tag;
};

/// Value types of keys that are not integers; both read as std::string_view.
struct tlv_cstring {};  ///< without its NUL
struct tlv_octets {};

namespace detail {
template <tlv_type>
struct tlv_value;
template <>
struct tlv_value<tlv_type::u8> {
    using type = std::uint8_t;
};
template <>
struct tlv_value<tlv_type::u16> {
    using type = std::uint16_t;
};
template <>
struct tlv_value<tlv_type::u32> {
    using type = std::uint32_t;
};
template <>
struct tlv_value<tlv_type::cstring> {
    using type = tlv_cstring;
};
template <>
struct tlv_value<tlv_type::octets> {
    using type = tlv_octets;
};
}  // namespace detail

/// The keys, one per row: tlv::message_payload, tlv::sar_msg_ref_num...
namespace tlv {
#define X(name, tag, kind, min, max, pdus_3_4, pdus_5_0) \
    inline constexpr tlv_key<detail::tlv_value<tlv_type::kind>::type> name{tlv_tag::name};
#include "smpp/tables/tlv.def"
#undef X
}  // namespace tlv

/// Key of a vendor TLV with raw octets.
[[nodiscard]] constexpr tlv_key<tlv_octets> vendor_tlv(std::uint16_t tag) noexcept {
    return {tlv_tag(tag)};
}

}  // namespace smpp
