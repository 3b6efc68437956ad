// Requests and responses of the HTTP API, without any library's types.
#pragma once

#include <functional>
#include <memory>
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

/// An answer that goes on: events, server-sent or over a WebSocket.
class event_stream {
public:
    virtual ~event_stream() = default;
    /// `json` is one line. False: the client is gone, or lags too far behind; nothing is sent any
    /// more.
    virtual bool send(std::string_view type, std::string_view json) = 0;
};

struct http_response {
    unsigned status = 200;
    std::string body;
    std::string content_type = "application/json";
    std::string allow;                                            ///< methods, with 405
    std::string authenticate{};                                   ///< schemes, with 401
    std::function<void(std::shared_ptr<event_stream>)> stream{};  ///< instead of a body
};

[[nodiscard]] inline http_response json_response(unsigned status, std::string body) {
    http_response out;
    out.status = status;
    out.body = std::move(body);
    return out;
}

/// Called once, now or later.
using http_reply = std::function<void(http_response)>;
using http_handler = std::function<void(const http_request&, http_reply)>;

/// Takes path and parameters of "/a%20b?x=1&y=2" apart.
void parse_target(std::string_view target, http_request& out);

}  // namespace mock_smsc
