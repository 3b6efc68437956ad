// What few messages have: tags, and what rules and limits did to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mock_smsc {

struct message_note {
    std::string faults;             ///< names, separated by commas
    std::vector<std::string> tags;  ///< in the order given, none twice
    std::string receipt{};          ///< what a rule said about it; see rules/receipt_memo.hpp

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
