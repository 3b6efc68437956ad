// command_status: how the peer judged a request. The rows are in tables/command_status.def.
//
//     if (ec == smpp::command_status::throttled) { slow_down(); }
//     fmt::print("{}: {}", smpp::name(status), smpp::meaning(status));    // ESME_RTHROTTLED: rate
//     limit exceeded ...
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "smpp/error.hpp"

namespace smpp {

/// Open: vendors use numbers without a row (0x400-0x4FF and others); they are carried unchanged.
enum class command_status : std::uint32_t {
#define X(enumerator, number, name, meaning, versions) enumerator = number,
#include "smpp/tables/command_status.def"
#undef X
};

/// "ESME_RTHROTTLED"; empty for a number without a row.
[[nodiscard]] std::string_view name(command_status) noexcept;
/// What it means, in a few words; says "vendor specific" or "reserved" for a number without a row.
[[nodiscard]] std::string_view meaning(command_status) noexcept;
/// The name, or the number in hexadecimal where there is no name.
[[nodiscard]] std::string name_or_number(command_status);
/// From "ESME_RTHROTTLED", "RTHROTTLED" (any case), "0x58" or "88". Empty when it is none of these.
[[nodiscard]] std::optional<command_status> command_status_named(std::string_view text) noexcept;

/// Whether the same request may succeed later: throttled, message_queue_full, temporary errors.
[[nodiscard]] bool is_temporary(command_status) noexcept;

[[nodiscard]] const boost::system::error_category& status_category() noexcept;
[[nodiscard]] inline error_code make_error_code(command_status status) noexcept {
    return {static_cast<int>(status), status_category()};
}

}  // namespace smpp

template <>
struct boost::system::is_error_code_enum<smpp::command_status> : std::true_type {};
