// PDUs in text: hexadecimal or base64, bare or inside log lines.
//
//     for (const smpp_dump::text_run& run : smpp_dump::octets_in_text(line)) { use(run.octets); }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smpp_dump {

/// Which way octets went, seen from who wrote the text: "sent", "TX", ">>"; "received", "RX", "<<".
enum class heading : std::uint8_t { unknown, sent, received };

struct text_run {
    std::string octets{};
    heading went = heading::unknown;  ///< as the words of its line say, or those before it
};

/// Runs of octets in which PDUs can be found, in their order in the text. Hexadecimal digits may
/// be separated by spaces, ':', '-', ',' and "0x"; hex dumps with offsets and an ASCII column are
/// understood, and runs may go on over lines.
[[nodiscard]] std::vector<text_run> octets_in_text(std::string_view text);

/// Whether who wrote the text is the client, by what was sent and received there; true where
/// nothing tells.
[[nodiscard]] bool written_by_client(const std::vector<text_run>& runs) noexcept;

}  // namespace smpp_dump
