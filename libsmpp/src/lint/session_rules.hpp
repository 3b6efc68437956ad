// What the parts of session_lint share.
#pragma once

#include <fmt/format.h>

#include <string>

#include "smpp/lint/session_lint.hpp"

namespace smpp::lint {

[[nodiscard]] constexpr bool is_bind(command_id id) noexcept {
    return id == command_id::bind_receiver || id == command_id::bind_transmitter ||
           id == command_id::bind_transceiver;
}

/// A command in a finding: its name, a vendor's by its number.
[[nodiscard]] inline std::string named(command_id id) {
    const std::string_view known = name(id);
    return known.empty() ? fmt::format("0x{:08X}", static_cast<std::uint32_t>(id))
                         : std::string(known);
}

/// What keeps the link, beside messages and operations on them.
[[nodiscard]] constexpr bool is_link_command(command_id id) noexcept {
    return id == command_id::enquire_link || id == command_id::unbind || is_bind(id) ||
           id == command_id::outbind || id == command_id::generic_nack;
}

/// Makes room: what is remembered must not grow without bound.
template <class T>
void keep_bounded(T& map) {
    constexpr std::size_t most = 100'000;
    if (map.size() > most) {
        map.clear();
    }
}

}  // namespace smpp::lint
