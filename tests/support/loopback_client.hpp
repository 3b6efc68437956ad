// A blocking TCP client on loopback for what connects many thousand times: each connection is from
// another address, as so many would use up the ports of one. Timers that fire as signals, as those
// of libFuzzer do, do not disturb it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace support {

class loopback_client {
public:
    explicit loopback_client(std::uint16_t port) {
        static std::uint32_t count = 0;
        const auto from = address(INADDR_LOOPBACK + 1 + count++ % 60'000, 0);
        const auto to = address(INADDR_LOOPBACK, port);
        constexpr int on = 1;
        ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
            TEMP_FAILURE_RETRY(
                ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to)) != 0) {
            std::abort();
        }
    }
    ~loopback_client() { ::close(socket_); }
    loopback_client(const loopback_client&) = delete;
    loopback_client& operator=(const loopback_client&) = delete;

    /// False: the other end has closed.
    bool send(std::string_view octets) const {
        return TEMP_FAILURE_RETRY(::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL)) >= 0;
    }

    /// Has nothing more to say. What comes back until the other end closes, or says nothing for
    /// `patience`; 0: however long that takes.
    [[nodiscard]] std::string rest(std::chrono::microseconds patience = {}) const {
        const timeval time{patience.count() / 1'000'000, patience.count() % 1'000'000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
        ::shutdown(socket_, SHUT_WR);
        std::string out;
        char some[65536];
        for (ssize_t n = 0; (n = TEMP_FAILURE_RETRY(::recv(socket_, some, sizeof some, 0))) > 0;) {
            out.append(some, static_cast<std::size_t>(n));
        }
        return out;
    }

private:
    static sockaddr_in address(std::uint32_t host, std::uint16_t port) {
        sockaddr_in out{};
        out.sin_family = AF_INET;
        out.sin_port = htons(port);
        out.sin_addr.s_addr = htonl(host);
        return out;
    }

    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
};

}  // namespace support
