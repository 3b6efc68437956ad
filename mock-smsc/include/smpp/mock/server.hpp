// An SMSC inside of a test program: mock-smsc without its process.
//
//     smpp::mock::server smsc;                                  // a free port of 127.0.0.1
//     send_sms_through(smsc.url());
//     const auto got = smsc.wait_for(1, "to:15551234567");      // or throws, and says what there
//     was EXPECT_EQ(got.front().text, "hello");
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace smpp::mock {

/// What a client has submitted.
struct message {
    std::uint64_t id = 0;
    std::string message_id;  ///< as answered; empty: refused
    std::string from;
    std::string to;
    std::string text;     ///< decoded
    std::string status;   ///< "ESME_ROK"
    std::string state;    ///< "DELIVERED"
    std::string account;  ///< system_id
    std::string json;     ///< all that is known, as the API tells it
};

/// An answer of the HTTP API.
struct answer {
    unsigned status = 0;
    std::string body;
};

/// Runs on a thread of its own; may be used from any thread.
class server {
public:
    /// Options as on the command line, `{"--user", "name:secret", "--tls-self-signed"}`. Without
    /// --listen and --http it takes a free port, and no HTTP. Throws std::runtime_error with all
    /// that is wrong.
    explicit server(const std::vector<std::string>& options = {});
    /// Ends in order: sessions get unbind.
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    [[nodiscard]] const std::string& host() const noexcept;
    [[nodiscard]] std::uint16_t port() const noexcept;
    /// "smpp://127.0.0.1:40001"
    [[nodiscard]] std::string url() const;
    /// "127.0.0.1:40002"; empty without --listen-tls or a certificate.
    [[nodiscard]] const std::string& tls_address() const noexcept;
    /// "127.0.0.1:40003"; empty without --http.
    [[nodiscard]] const std::string& http_address() const noexcept;

    /// Those that match a query of the API, oldest first; the newest 1000.
    [[nodiscard]] std::vector<message> messages(std::string_view query = {}) const;
    /// The first `count` that match, oldest first. Throws std::runtime_error when they do not come
    /// in time.
    std::vector<message> wait_for(std::size_t count = 1, std::string_view query = {},
                                  std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// JSON of one rule or a list, see docs/mock-smsc.md. Throws std::runtime_error.
    void add_rules(std::string_view json);
    void clear_rules();
    /// A message from a mobile: {"from":"+1555","to":"12345","text":"hello"}.
    void send_mo(std::string_view json);
    /// Back to the start.
    void reset();
    /// Any call of the API: call("GET", "/api/v1/sessions").
    answer call(std::string_view method, std::string_view target, std::string_view body = {}) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace smpp::mock
