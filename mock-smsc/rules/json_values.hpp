// Values of rules in JSON; what is wrong with them is said with the place where they stand.
#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mock-smsc/rules/rule.hpp"

namespace mock_smsc::rule_json {

namespace json = boost::json;

/// Throws std::runtime_error.
[[noreturn]] void wrong(std::string_view where, std::string_view what);

[[nodiscard]] inline std::string_view view(json::string_view text) {
    return {text.data(), text.size()};
}

[[nodiscard]] std::string_view text_of(const json::value& value, std::string_view where);
[[nodiscard]] double number_of(const json::value& value, std::string_view where, double least,
                               double most);
[[nodiscard]] bool flag_of(const json::value& value, std::string_view where);
[[nodiscard]] const json::object& object_of(const json::value& value, std::string_view where);
/// "200ms", 2 (seconds), or {"uniform": ["100ms", "300ms"]} and the like.
[[nodiscard]] random_delay delay_of(const json::value& value, const std::string& where);

template <class Enum>
[[nodiscard]] Enum word_of(const json::value& value, std::string_view where,
                           std::initializer_list<std::pair<std::string_view, Enum>> words) {
    const auto text = text_of(value, where);
    std::string known;
    for (const auto& [word, meaning] : words) {
        if (word == text) {
            return meaning;
        }
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    wrong(where, fmt::format("one of {} expected, not \"{}\"", known, text));
}

/// An object of actions, or a list of such.
[[nodiscard]] rule_actions actions_of(const json::value& value, const std::string& where);
/// The value of the action "receipt".
[[nodiscard]] std::shared_ptr<const receipt_action> receipt_of(const json::value& value,
                                                               const std::string& where);

}  // namespace mock_smsc::rule_json
