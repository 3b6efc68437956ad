// Octets: the raw material of the wire. Big-endian loads and stores, spans, hexadecimal text.
//
//     std::uint32_t length = smpp::load_be<std::uint32_t>(octets.data());
//     std::string text = smpp::to_hex(octets);                     // "0000001000000015..."
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace smpp {

using octet_span = std::span<const std::uint8_t>;

/// Reads a big-endian unsigned integer. REQUIRES: `sizeof(T)` readable octets at `from`.
template <std::unsigned_integral T>
[[nodiscard]] inline T load_be(const std::uint8_t* from) noexcept {
    T value;
    std::memcpy(&value, from, sizeof value);
    if constexpr (std::endian::native == std::endian::little) {
        if constexpr (sizeof(T) == 2) {
            value = __builtin_bswap16(value);
        } else if constexpr (sizeof(T) == 4) {
            value = __builtin_bswap32(value);
        } else if constexpr (sizeof(T) == 8) {
            value = __builtin_bswap64(value);
        }
    }
    return value;
}

/// Writes a big-endian unsigned integer. REQUIRES: `sizeof(T)` writable octets at `to`.
template <std::unsigned_integral T>
inline void store_be(std::uint8_t* to, T value) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        if constexpr (sizeof(T) == 2) {
            value = __builtin_bswap16(value);
        } else if constexpr (sizeof(T) == 4) {
            value = __builtin_bswap32(value);
        } else if constexpr (sizeof(T) == 8) {
            value = __builtin_bswap64(value);
        }
    }
    std::memcpy(to, &value, sizeof value);
}

/// The octets of a text, without copying. Valid as long as the text is.
[[nodiscard]] inline octet_span as_octets(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Octets seen as text, without copying. Valid as long as the octets are.
[[nodiscard]] inline std::string_view as_text(octet_span octets) noexcept {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

/// No octet above 127.
[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept {
    std::uint64_t bits = 0;
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        bits |= eight;
    }
    for (; at < text.size(); ++at) {
        bits |= static_cast<std::uint8_t>(text[at]);
    }
    return (bits & 0x8080808080808080U) == 0;
}

/// Appends two lower-case hexadecimal digits per octet.
void append_hex(std::string& out, octet_span octets);
[[nodiscard]] std::string to_hex(octet_span octets);
[[nodiscard]] std::string to_hex(std::string_view octets);

/// Octets from hexadecimal digits of either case; white space, ':' and '-' between octets are
/// skipped. Empty result: an odd number of digits, or another character.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

}  // namespace smpp
