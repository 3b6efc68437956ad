// Requests and responses of the HTTP API, without any library's types.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mock_smsc {

struct http_request {
    std::string method;
    std::string path;                                         ///< decoded
    std::vector<std::pair<std::string, std::string>> params;  ///< decoded
    std::string body;

    [[nodiscard]] std::optional<std::string_view> param(std::string_view name) const noexcept {
        for (const auto& [key, value] : params) {
            if (key == name) {
                return value;
            }
        }
        return std::nullopt;
    }
};

struct http_response {
    unsigned status = 200;
    std::string body;
    std::string content_type = "application/json";
    std::string allow;  ///< methods, with 405
};

/// Called once, now or later.
using http_reply = std::function<void(http_response)>;
using http_handler = std::function<void(const http_request&, http_reply)>;

/// Takes path and parameters of "/a%20b?x=1&y=2" apart.
void parse_target(std::string_view target, http_request& out);

}  // namespace mock_smsc
