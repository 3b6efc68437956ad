// Octets into the HTTP server of mock-smsc, over a real socket, in as many pieces as the first
// octet says: requests, WebSocket frames, anything. Nothing crashes, and a probe is answered
// afterwards.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "smpp/mock/server.hpp"
#include "support/loopback_client.hpp"

namespace {

using namespace std::chrono_literals;

std::uint16_t http_port() {
    static smpp::mock::server one({"--http", "127.0.0.1:0", "--http-timeout", "2s",
                                   "--max-messages", "50", "--max-bytes", "1M"});
    static const auto port = static_cast<std::uint16_t>(
        std::stoul(one.http_address().substr(one.http_address().rfind(':') + 1)));
    return port;
}

/// What comes back until the server closes, or says nothing for so long.
std::string talk(std::string_view octets, std::size_t piece, std::chrono::microseconds patience) {
    const support::loopback_client client(http_port());
    for (std::size_t at = 0; at < octets.size() && client.send(octets.substr(at, piece));
         at += piece) {
    }
    return client.rest(patience);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (octets.find("outbind") != std::string_view::npos) {
        return 0;  // it would connect to hosts that nobody has chosen
    }
    const std::size_t pieces = data[0] % 16U + 1U;
    // A call that waits for messages says nothing: it is left alone.
    talk(octets, (octets.size() + pieces - 1) / pieces, 20ms);
    const auto probe =
        talk("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 1000, 10s);
    if (!probe.starts_with("HTTP/1.1 200 ")) {
        std::fprintf(stderr, "the probe was answered: \"%s\"\n", probe.c_str());
        std::abort();
    }
    return 0;
}
