// UCS-2 as it is really sent: UTF-16 big endian, surrogate pairs included, no byte order mark.
//
//     auto octets = smpp::ucs2::encode("Привет 😀");
//     std::string text = smpp::ucs2::decode(octets);              // never fails
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "smpp/octets.hpp"
#include "smpp/text/text_error.hpp"

namespace smpp::ucs2 {

/// What decoding met on its way.
struct notes {
    std::size_t replaced = 0;      ///< surrogates without their other half, now U+FFFD
    bool byte_order_mark = false;  ///< one at the start, stripped
    bool little_endian = false;    ///< as that mark said
    bool odd_octet = false;        ///< a last octet without its other half, dropped
};

/// UTF-16BE of a UTF-8 text, or the first octet that is not UTF-8 (a surrogate written as UTF-8 is
/// not).
[[nodiscard]] text_result<std::string> encode(std::string_view text);

/// The text of UTF-16 octets: big endian unless a byte order mark says otherwise.
[[nodiscard]] std::string decode(octet_span octets, notes* met = nullptr);

[[nodiscard]] constexpr bool is_high_surrogate(std::uint32_t unit) noexcept {
    return unit >> 10 == 0x36;
}
[[nodiscard]] constexpr bool is_low_surrogate(std::uint32_t unit) noexcept {
    return unit >> 10 == 0x37;
}

}  // namespace smpp::ucs2
