// Writes kept PDUs as a clean pcapng, one a packet.
#pragma once

#include <string>
#include <vector>

#include "smpp-dump/tui/store.hpp"

namespace smpp_dump::tui {

/// How many were written: those that are whole. Throws input_error when that does not work.
std::size_t save_pdus(const std::string& path, const store& kept,
                      const std::vector<std::uint64_t>& ids);

}  // namespace smpp_dump::tui
