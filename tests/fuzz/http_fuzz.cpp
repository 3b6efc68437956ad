// Octets into the HTTP server of mock-smsc, over a real socket, in as many pieces as the first
// octet says: requests, WebSocket frames, anything. Nothing crashes, and a probe is answered
// afterwards.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "smpp/mock/server.hpp"

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

std::uint16_t http_port() {
    static smpp::mock::server one({"--http", "127.0.0.1:0", "--http-timeout", "2s",
                                   "--max-messages", "50", "--max-bytes", "1M"});
    static const auto port = static_cast<std::uint16_t>(
        std::stoul(one.http_address().substr(one.http_address().rfind(':') + 1)));
    return port;
}

int connected() {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(http_port());
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    // From another address each time: so many connections a second would use up the ports of one.
    static std::uint32_t count = 0;
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + count++ % 60'000);
    constexpr int on = 1;
    ::setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    require(::bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0);
    require(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
    return socket;
}

/// What comes back until the server closes, or says nothing for so long.
std::string talk(std::string_view octets, std::size_t piece, long patience_us) {
    const int socket = connected();
    const timeval patience{patience_us / 1'000'000, patience_us % 1'000'000};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (std::size_t at = 0; at < octets.size(); at += piece) {
        const auto some = octets.substr(at, piece);
        if (::send(socket, some.data(), some.size(), MSG_NOSIGNAL) < 0) {
            break;
        }
    }
    ::shutdown(socket, SHUT_WR);
    std::string got;
    char some[65536];
    for (ssize_t n = 0; (n = ::recv(socket, some, sizeof some, 0)) > 0;) {
        got.append(some, std::min(static_cast<std::size_t>(n), sizeof some));
    }
    ::close(socket);
    return got;
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
    talk(octets, (octets.size() + pieces - 1) / pieces, 20'000);
    const auto probe = talk("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                            1000, 10'000'000);
    require(probe.starts_with("HTTP/1.1 200 "));
    return 0;
}
