// The values that filters compare with, as they are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "smpp-dump/filter_field.hpp"

namespace smpp_dump::detail {

/// Decimal or 0x...; commands and statuses also by name, durations and times in nanoseconds.
[[nodiscard]] std::optional<std::uint64_t> read_value(field_kind kind, const std::string& text);

/// "1h", "2.5s", "150 ms" without the space: with a unit, that is.
[[nodiscard]] bool is_duration(std::string_view text);

/// A host or a network, "10.0.0.0/8".
struct address_value {
    std::string octets{};
    unsigned bits = 0;  ///< that count

    /// `value`: the octets of an address.
    [[nodiscard]] bool contains(std::string_view value) const noexcept;
};
[[nodiscard]] std::optional<address_value> read_address(const std::string& text);

/// Which octets of a value: "[0:2]" (from, how many), "[0-1]" (from, to), "[3]", "[-2:]", "[:4]".
struct slice {
    std::int64_t from = 0;             ///< below zero: counted from the end
    std::optional<std::int64_t> to{};  ///< the one behind the last; below zero: from the end

    /// Empty result: the value has no such octets.
    [[nodiscard]] std::optional<std::string_view> of(std::string_view value) const noexcept;
};
[[nodiscard]] std::optional<slice> read_slice(std::string_view text);

/// What has to stand where a value of that kind does.
[[nodiscard]] std::string_view wanted(field_kind kind);

[[nodiscard]] inline bool is_textual(field_kind kind) {
    return kind == field_kind::text || kind == field_kind::octets;
}

}  // namespace smpp_dump::detail
