// Secrets of TLS sessions by their client random: NSS key log lines, as browsers, OpenSSL and
// mock-smsc write them.
//
//     smpp_dump::key_log keys;
//     keys.follow("keys.txt");            // and what is appended to it later
//     if (const auto* secrets = keys.find(client_random)) { use(secrets->master); }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace smpp_dump {

struct tls_secrets {
    std::string master{};  ///< TLS 1.2
    std::string client_handshake{}, server_handshake{};
    std::string client_traffic{}, server_traffic{};
};

class key_log {
public:
    /// Lines; what is none of the format is passed over.
    void add(std::string_view lines);
    /// Throws input_error when the file cannot be read.
    void follow(const std::string& path);
    /// Null when they are not there, not even in what was appended to the file meanwhile. Valid
    /// until the next call of a function.
    [[nodiscard]] const tls_secrets* find(std::string_view client_random);
    /// Takes what was appended to the file meanwhile.
    void read_on() {
        if (!path_.empty()) {
            read_appended();
        }
    }
    [[nodiscard]] bool empty() const noexcept { return known_.empty() && path_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return known_.size(); }

private:
    static constexpr std::size_t max_sessions = 200'000;

    void add_line(std::string_view line);
    bool read_appended();

    std::unordered_map<std::string, tls_secrets> known_{};
    std::string path_{};
    std::uint64_t read_ = 0;  // octets of the file
};

}  // namespace smpp_dump
