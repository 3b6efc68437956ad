// Finds the messages that give way to one with replace_if_present_flag: of the same account, source
// and service type, for each of its destinations the newest that has no final state and is for
// none but its destinations; of broadcasts, which have no destination, the newest or the one named.
//
//     index.add(id, pending_index::place_of(account, fields));
//     for (const auto old : index.find(account, fields)) { ... }
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mock-smsc/message_fields.hpp"

namespace mock_smsc {

class pending_index {
public:
    pending_index(message_store& store, const session_registry& sessions)
        : store_(store), sessions_(sessions) {}

    /// Alike for messages that replace one another.
    [[nodiscard]] static std::uint64_t place_of(std::string_view account,
                                                const message_fields& fields) noexcept;
    void add(message_number id, std::uint64_t place);
    [[nodiscard]] std::vector<message_number> find(std::string_view account,
                                                   const message_fields& fields);
    [[nodiscard]] std::size_t size() const noexcept { return newest_.size(); }
    void clear() { newest_.clear(); }

private:
    /// By its first destination: a submit_multi is kept once.
    [[nodiscard]] static std::uint64_t place_of(std::string_view account,
                                                const message_fields& fields,
                                                std::string_view destination) noexcept;

    message_store& store_;
    const session_registry& sessions_;
    std::unordered_map<std::uint64_t, message_number> newest_;  // some have been delivered
    std::size_t sweep_at_ = 1024;
};

}  // namespace mock_smsc
