#include "mock-smsc/http/params.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mock-smsc/http/json_out.hpp"
#include "mock-smsc/options.hpp"

namespace mock_smsc {
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw api_error(400, "bad_parameter", message);
}

}  // namespace

http_response api_error::response() const {
    json_out out;
    out.open('{').open("error", '{').member("code", code_).member("message", what());
    out.close('}').close('}');
    return json_response(status_, std::move(out.text()));
}

std::uint64_t number_param(const http_request& request, std::string_view name,
                           std::uint64_t otherwise, std::uint64_t least, std::uint64_t most) {
    const auto text = request.param(name);
    if (!text) {
        return otherwise;
    }
    const auto value = parse_decimal(*text);
    if (!value || *value < least || *value > most) {
        refuse(fmt::format("{}: a number from {} to {} expected, not \"{}\"", name, least, most,
                           *text));
    }
    return *value;
}

std::chrono::milliseconds duration_param(const http_request& request, std::string_view name,
                                         std::chrono::milliseconds otherwise,
                                         std::chrono::milliseconds most) {
    const auto text = request.param(name);
    if (!text) {
        return otherwise;
    }
    const auto value = parse_duration(*text);
    if (!value || *value > most) {
        refuse(fmt::format("{}: a time such as 500ms or 10s expected, at most {} s, not \"{}\"",
                           name, most.count() / 1000, *text));
    }
    return *value;
}

bool flag_param(const http_request& request, std::string_view name) {
    return number_param(request, name, 0, 0, 1) == 1;
}

query query_param(const http_request& request) {
    auto parsed = query::parse(request.param("query").value_or(std::string_view()));
    if (!parsed.error.empty()) {
        throw api_error(400, "bad_query", "query: " + parsed.error);
    }
    const auto scope = scope_param(request);
    return scope.empty() ? std::move(parsed.query) : parsed.query.in_scope(scope);
}

std::string_view scope_param(const http_request& request) noexcept {
    return request.param("scope").value_or(std::string_view());
}

void allow_params(const http_request& request, std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : request.params) {
        if (name != "scope" && std::find(names.begin(), names.end(), name) == names.end()) {
            refuse(fmt::format("unknown parameter \"{}\"", name));
        }
    }
}

}  // namespace mock_smsc
