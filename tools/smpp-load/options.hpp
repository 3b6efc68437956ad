// The command line of smpp-load.
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "smpp-load/messages.hpp"

namespace smpp_load {

/// A command line that cannot be followed; what() says why.
class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct options {
    bool help = false;
    bool version = false;
    bool json = false;
    bool progress = false;
    bool deliver = false;  ///< listen on host and port, and deliver to who binds
    std::string host{};
    std::uint16_t port = 0;
    std::string user = "user";
    std::string password = "password";
    bool tls = false;
    bool verify = true;
    std::string ca_file{};
    std::string cert_file{};  ///< of deliver over TLS
    std::string key_file{};   ///< empty: in cert_file
    unsigned sessions = 1;
    unsigned window = 10;
    unsigned threads = 1;
    double rate = 0;          ///< messages a second in all; 0: as fast as the windows allow
    std::uint64_t count = 0;  ///< messages in all; 0: until the duration is over
    std::chrono::duration<double> duration{10};
    std::chrono::duration<double> response_timer{10};
    message_options messages{};
};

/// Throws usage_error.
[[nodiscard]] options parse_options(const std::vector<std::string>& arguments);
[[nodiscard]] std::string help_text();

}  // namespace smpp_load
