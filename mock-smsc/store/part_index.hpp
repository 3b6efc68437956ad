// Finds the parts of long messages: across the sessions of one account, duplicates and references
// used again included.
//
//     index.add(id, key, place);
//     if (const auto* group = index.find(id)) { ... group->by_number ... }
#pragma once

#include <algorithm>
#include <compare>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "mock-smsc/store/message_store.hpp"

namespace mock_smsc {

class part_index {
public:
    /// What makes parts belong together.
    struct key {
        std::string account, source, destination;
        std::uint16_t reference = 0;
        std::uint8_t total = 0;
        std::string_view how{};  ///< part_place::how: each kind of reference counts by itself

        friend auto operator<=>(const key&, const key&) = default;
    };
    struct group {
        part_index::key key;
        std::vector<message_number> by_number;   ///< index: part number - 1; 0: missing
        std::vector<message_number> duplicates;  ///< came when their number was there already
        std::size_t present = 0;
        bool out_of_order = false;

        [[nodiscard]] bool complete() const noexcept { return present == by_number.size(); }
        /// Duplicates do not count.
        [[nodiscard]] message_number newest() const noexcept {
            return *std::max_element(by_number.begin(), by_number.end());
        }
    };

    /// REQUIRES: 1 <= number <= key.total.
    void add(message_number id, const key& of, std::uint8_t number);
    void remove(message_number id);
    [[nodiscard]] const group* find(message_number id) const noexcept;

private:
    using position = std::list<group>::iterator;

    std::list<group> groups_;
    std::map<key, position> open_;  // the one that the next part of a key belongs to
    std::map<message_number, position> by_message_;
};

}  // namespace mock_smsc
