#include "mock-smsc/names.hpp"

#include <algorithm>
#include <array>

namespace mock_smsc {
namespace {

constexpr std::array<std::string_view, 10> states = {
    "SCHEDULED",     "ENROUTE",  "DELIVERED", "EXPIRED",  "DELETED",
    "UNDELIVERABLE", "ACCEPTED", "UNKNOWN",   "REJECTED", "SKIPPED"};

}  // namespace

std::string_view state_word(smpp::message_state state) noexcept {
    const auto index = static_cast<std::size_t>(state);
    return index < states.size() ? states[index] : "UNKNOWN";
}

std::optional<smpp::message_state> state_named(std::string_view word) noexcept {
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (std::equal(word.begin(), word.end(), states[i].begin(), states[i].end(),
                       [](char a, char b) { return a == b || (a >= 'a' && a - 'a' + 'A' == b); })) {
            return smpp::message_state(i);
        }
    }
    return std::nullopt;
}

}  // namespace mock_smsc
