// The command line of smpp-load.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "smpp-load/messages.hpp"
#include "smpp/asio/tls.hpp"
#include "smpp/values.hpp"

namespace smpp_load {

/// A command line that cannot be followed; what() says why.
class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class bind_kind : unsigned char { transmitter, receiver, transceiver };

/// Of the client; or, with deliver, of the server.
struct tls_options {
    bool on = false;
    bool verify = true;
    std::string ca_file{};
    std::string cert_file{};
    std::string key_file{};  ///< empty: in cert_file
    std::string server_name{};
    smpp::tls_version min_version = smpp::tls_version::v1_2;
    std::string keylog_file{};
    bool resume = false;
};

struct options {
    bool help = false;
    bool version_asked = false;
    bool json = false;
    bool progress = false;
    bool deliver = false;  ///< listen on host and port, and deliver to who binds
    std::string host{};
    std::uint16_t port = 0;
    std::string user = "user";
    std::string password = "password";
    bind_kind bind = bind_kind::transceiver;
    std::string system_type{};
    smpp::interface_version version = smpp::interface_version::v3_4;
    tls_options tls{};
    unsigned sessions = 1;
    unsigned window = 10;
    unsigned threads = 1;
    double rate = 0;                       ///< messages a second in all; 0: as the windows allow
    std::optional<std::uint64_t> count{};  ///< messages in all; none: until the duration is over
    std::chrono::duration<double> duration{10};
    std::chrono::duration<double> warm_up{0};
    std::chrono::duration<double> response_timer{10};
    message_options messages{};

    [[nodiscard]] bool only_receives() const noexcept {
        return !deliver && bind == bind_kind::receiver;
    }
};

/// Throws usage_error.
[[nodiscard]] options parse_options(const std::vector<std::string>& arguments);
[[nodiscard]] std::string help_text();

}  // namespace smpp_load
