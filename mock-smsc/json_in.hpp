// Reads members of JSON objects; what is wrong becomes std::runtime_error that says where:
// `accounts[1].tps: a number from 0 to 1000000000 expected`.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace mock_smsc::json_in {

namespace json = boost::json;

/// The text as JSON.
[[nodiscard]] json::value parse(std::string_view text);

[[noreturn]] void wrong(std::string_view where, std::string_view what);
[[nodiscard]] std::string text(const json::value& value, std::string_view where);
[[nodiscard]] double number(const json::value& value, std::string_view where, double least,
                            double most);
[[nodiscard]] std::uint64_t count(const json::value& value, std::string_view where,
                                  std::uint64_t least, std::uint64_t most);
[[nodiscard]] bool flag(const json::value& value, std::string_view where);
[[nodiscard]] const json::object& object(const json::value& value, std::string_view where);
[[nodiscard]] const json::array& list(const json::value& value, std::string_view where);

[[nodiscard]] inline std::string_view view(json::string_view text) noexcept {
    return {text.data(), text.size()};
}

}  // namespace mock_smsc::json_in
