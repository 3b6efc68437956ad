// What values mean in words where their type has no names for them: plain integers by the field
// that they are in, times, and TLVs, also those of several parts. All are empty where nothing is to
// be said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "smpp/tlv.hpp"

namespace smpp {

/// Of a field of bits that are all 0.
[[nodiscard]] std::string_view words_for_no_bits(std::string_view field) noexcept;
/// "replaces message 3"
[[nodiscard]] std::string words_for_number(std::string_view field, std::uint32_t value);
/// "2026-08-01 12:00:00 UTC", "2 days 3 hours after its arrival"
[[nodiscard]] std::string words_for_time(std::string_view field, std::string_view text);
/// "GSM, error 34"
[[nodiscard]] std::string words_for_tlv(tlv_tag tag, std::string_view value);

}  // namespace smpp
