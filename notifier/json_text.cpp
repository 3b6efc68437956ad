#include "json_text.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace notifier {
namespace {

namespace json = boost::json;

void append(std::string& out, const json::value& value) {
    if (const auto* object = value.if_object()) {
        const char* before = "{";
        for (const auto& [key, member] : *object) {
            out.append(before).append(json::serialize(json::string_view(key))).push_back(':');
            append(out, member);
            before = ",";
        }
        out.append(object->empty() ? "{}" : "}");
    } else if (const auto* array = value.if_array()) {
        const char* before = "[";
        for (const auto& element : *array) {
            out.append(before);
            append(out, element);
            before = ",";
        }
        out.append(array->empty() ? "[]" : "]");
    } else if (const auto* number = value.if_double()) {
        fmt::format_to(std::back_inserter(out), "{}", *number);
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string to_text(const boost::json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

}  // namespace notifier
