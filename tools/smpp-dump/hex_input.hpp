// PDUs in text: hexadecimal or base64, bare or inside log lines.
//
//     for (const std::string& octets : smpp_dump::octets_in_text(line)) { ... }
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smpp_dump {

/// Runs of octets in which PDUs can be found, in their order in the text. Hexadecimal digits may
/// be separated by spaces, ':', '-', ',' and "0x"; hex dumps with offsets and an ASCII column are
/// understood, and runs may go on over lines.
[[nodiscard]] std::vector<std::string> octets_in_text(std::string_view text);

}  // namespace smpp_dump
