// What few messages have: tags, and what rules and limits did to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "smpp/command_status.hpp"

namespace mock_smsc {

/// A destination of submit_multi that does not get the message.
struct refused_destination {
    std::uint8_t index = 0;  ///< in dest_address
    smpp::command_status status{};
};

/// "0 11,3 8": index and status of each.
[[nodiscard]] std::string to_text(const std::vector<refused_destination>& refused);
/// Stops at what it cannot read.
[[nodiscard]] std::vector<refused_destination> parse_refused(std::string_view text);

struct message_note {
    std::string faults;             ///< names, separated by commas
    std::vector<std::string> tags;  ///< in the order given, none twice
    std::string receipt{};          ///< what a rule said about it; see rules/receipt_memo.hpp
    std::vector<refused_destination> refused{};  ///< by index

    static constexpr std::size_t most_tags = 100;

    /// False: it was there, or too many are. REQUIRES: is_tag(tag).
    bool add_tag(std::string_view tag);
    bool remove_tag(std::string_view tag);
    [[nodiscard]] bool has_tag(std::string_view tag) const noexcept;
};

/// 1 to 64 octets of UTF-8 without spaces, commas and control characters.
[[nodiscard]] bool is_tag(std::string_view text) noexcept;

/// By message.
using message_notes = std::unordered_map<std::uint64_t, message_note>;

}  // namespace mock_smsc
