// Parameters of API requests. What is wrong with one becomes an api_error, which answers with 400.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>

#include "mock-smsc/decimal.hpp"
#include "mock-smsc/http/http_types.hpp"
#include "mock-smsc/query/query.hpp"

namespace mock_smsc {

/// Answers a request with {"error":{"code","message"}}.
class api_error : public std::runtime_error {
public:
    api_error(unsigned status, std::string code, const std::string& message)
        : std::runtime_error(message), status_(status), code_(std::move(code)) {}

    [[nodiscard]] http_response response() const;

private:
    unsigned status_;
    std::string code_;
};

/// Runs what may find fault with the request's body.
template <class F>
auto checked(const F& call) {
    try {
        return call();
    } catch (const api_error&) {
        throw;
    } catch (const std::runtime_error& failed) {
        throw api_error(400, "bad_body", failed.what());
    }
}

/// A number in [least, most], or `otherwise` when it is not given.
[[nodiscard]] std::uint64_t number_param(const http_request& request, std::string_view name,
                                         std::uint64_t otherwise, std::uint64_t least,
                                         std::uint64_t most);
[[nodiscard]] std::chrono::milliseconds duration_param(const http_request& request,
                                                       std::string_view name,
                                                       std::chrono::milliseconds otherwise,
                                                       std::chrono::milliseconds most);
[[nodiscard]] bool flag_param(const http_request& request, std::string_view name);
/// What `query` and `scope` say together.
[[nodiscard]] query query_param(const http_request& request);
/// Empty: all scopes.
[[nodiscard]] std::string_view scope_param(const http_request& request) noexcept;
/// Throws when a parameter has none of these names and is not `scope`.
void allow_params(const http_request& request, std::initializer_list<std::string_view> names);

}  // namespace mock_smsc
