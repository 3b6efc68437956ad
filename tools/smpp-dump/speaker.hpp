// Which side sends a command: how a client is told from a server where nothing else tells.
#pragma once

#include <cstdint>

#include "smpp/command_id.hpp"

namespace smpp_dump {

enum class speaker : std::uint8_t { esme, mc, either };

/// Who sends such a PDU.
[[nodiscard]] speaker speaker_of(smpp::command_id id) noexcept;

}  // namespace smpp_dump
