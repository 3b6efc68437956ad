// Options of mock-smsc: one table drives the command line, the environment and --help.
//
//     const auto parsed = mock_smsc::parse_options(arguments, environment);
//     if (!parsed.errors.empty()) { ... all of them, one line each ... }
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mock-smsc/clock.hpp"
#include "smpp/text/encoding.hpp"

namespace mock_smsc {

/// When a submit is answered, where there is a database.
enum class durability : std::uint8_t {
    disk,       ///< when its record is on the disk: survives a power cut
    committed,  ///< when its record is committed: survives the end of the program, however it comes
    relaxed,    ///< at once
};

struct listen_address {
    std::string host;
    std::uint16_t port = 0;  ///< 0: a free one

    friend bool operator==(const listen_address&, const listen_address&) = default;
};

struct credentials {
    std::string system_id;
    std::string password;

    friend bool operator==(const credentials&, const credentials&) = default;
};

struct options {
    std::optional<listen_address> listen = listen_address{"127.0.0.1", 2775};
    std::optional<listen_address> listen_tls;
    std::optional<listen_address> http = listen_address{"127.0.0.1", 2780};
    std::string http_auth;                ///< file; empty: everybody may
    std::vector<std::string> http_hosts;  ///< names it may be called by; none: see --help
    std::chrono::milliseconds http_timeout = std::chrono::seconds(10);
    std::string ready_file;
    std::string pcap;

    std::vector<credentials> users;     ///< and no accounts: any credentials are accepted
    std::vector<std::string> accounts;  ///< JSON, checked

    std::string tls_cert;
    std::string tls_key;
    std::vector<std::string> tls_names;  ///< for a certificate made at start
    std::string tls_ca_out;
    std::string tls_fault;  ///< empty: a good certificate
    std::string tls_client_ca;
    std::string tls_keylog;

    smpp::alphabet default_alphabet = smpp::alphabet::gsm7;  ///< what data_coding 0 means
    bool keep_nothing = false;
    std::string database;  ///< empty: memory only
    mock_smsc::durability durability = durability::committed;
    std::chrono::milliseconds receipt_delay{0};
    std::vector<std::string> rules;  ///< JSON, checked
    std::string carrier = "healthy";
    std::string receipt;  ///< JSON of the action "receipt"
    std::uint64_t seed = 1;
    std::optional<microseconds_utc> clock;  ///< the time at start

    std::chrono::milliseconds max_age{0};  ///< 0: none
    std::size_t max_messages = 100'000;
    std::size_t max_octets = std::size_t{256} << 20;

    std::size_t lint_pdus = 10'000;  ///< of each session; 0: none
    std::uint32_t window = 10'000;
    std::chrono::milliseconds session_init_timer = std::chrono::seconds(30);
    std::chrono::milliseconds enquire_link_timer = std::chrono::seconds(30);
    std::chrono::milliseconds inactivity_timer{0};
    std::chrono::milliseconds response_timer = std::chrono::seconds(10);
    std::size_t max_connections = 20'000;

    friend bool operator==(const options&, const options&) = default;
};

struct parsed_options {
    mock_smsc::options options;
    std::vector<std::string> errors;  ///< each names the option and what is wrong with it
    bool help = false;
    bool version = false;
};

/// Where to listen when nothing says so.
enum class default_ports : std::uint8_t { usual, free };

/// Values by option name, in the order given.
using option_values = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The command line outdoes the environment (MOCK_SMSC_MAX_MESSAGES for --max-messages; several
/// values one a line), which outdoes the file of --config.
[[nodiscard]] parsed_options parse_options(
    std::span<const char* const> arguments,
    const std::function<const char*(const char*)>& environment,
    default_ports ports = default_ports::usual);

/// Names that begin as ours do and mean nothing: typing mistakes, or somebody else's (Kubernetes
/// makes some of the name of a service).
[[nodiscard]] std::vector<std::string> unknown_in_environment(const char* const* all);

/// Values of a YAML file: `max-messages: 5`, lists for what is repeatable; maps become JSON text.
/// What cannot be read is added to `errors`.
[[nodiscard]] option_values read_config_file(const std::string& path,
                                             std::vector<std::string>& errors);

[[nodiscard]] std::string help_text();
[[nodiscard]] std::string version_text();

/// "127.0.0.1:2775", "[::1]:0", ":2775" (loopback), "2775".
[[nodiscard]] std::optional<listen_address> parse_listen_address(std::string_view text);
/// "500ms", "10s", "2m", "1h", "3d"; a bare number is seconds.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
/// "1000", "64k", "256M", "2G" (powers of 1024).
[[nodiscard]] std::optional<std::size_t> parse_size(std::string_view text);

}  // namespace mock_smsc
