#include "mock-smsc/json_in.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <stdexcept>

namespace mock_smsc::json_in {

json::value parse(std::string_view text) {
    boost::system::error_code failed;
    json::value value = json::parse({text.data(), text.size()}, failed);
    if (failed) {
        wrong("", "not JSON: " + failed.message());
    }
    return value;
}

void wrong(std::string_view where, std::string_view what) {
    throw std::runtime_error(where.empty() ? std::string(what)
                                           : fmt::format("{}: {}", where, what));
}

std::string text(const json::value& value, std::string_view where) {
    if (const auto* found = value.if_string()) {
        return {found->data(), found->size()};
    }
    wrong(where, "a text expected");
}

double number(const json::value& value, std::string_view where, double least, double most) {
    boost::system::error_code failed;
    const double found = value.to_number<double>(failed);
    if (failed || !(found >= least && found <= most)) {
        wrong(where, fmt::format("a number from {:.0f} to {:.0f} expected", least, most));
    }
    return found;
}

std::uint64_t count(const json::value& value, std::string_view where, std::uint64_t least,
                    std::uint64_t most) {
    boost::system::error_code failed;
    const auto found = value.to_number<std::uint64_t>(failed);
    if (failed || found < least || found > most) {
        wrong(where, fmt::format("a whole number from {} to {} expected", least, most));
    }
    return found;
}

bool flag(const json::value& value, std::string_view where) {
    if (const auto* found = value.if_bool()) {
        return *found;
    }
    wrong(where, "true or false expected");
}

const json::object& object(const json::value& value, std::string_view where) {
    if (const auto* found = value.if_object()) {
        return *found;
    }
    wrong(where, "an object expected");
}

const json::array& list(const json::value& value, std::string_view where) {
    if (const auto* found = value.if_array()) {
        return *found;
    }
    wrong(where, "a list expected");
}

}  // namespace mock_smsc::json_in
