// Parameters of API requests. What is wrong with one becomes an api_error, which answers with 400.
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>

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

/// A number in [least, most], or `otherwise` when it is not given.
[[nodiscard]] std::uint64_t number_param(const http_request& request, std::string_view name,
                                         std::uint64_t otherwise, std::uint64_t least,
                                         std::uint64_t most);
[[nodiscard]] std::chrono::milliseconds duration_param(const http_request& request,
                                                       std::string_view name,
                                                       std::chrono::milliseconds otherwise,
                                                       std::chrono::milliseconds most);
[[nodiscard]] bool flag_param(const http_request& request, std::string_view name);
[[nodiscard]] query query_param(const http_request& request);
/// Throws when a parameter has none of these names.
void allow_params(const http_request& request, std::initializer_list<std::string_view> names);

}  // namespace mock_smsc
