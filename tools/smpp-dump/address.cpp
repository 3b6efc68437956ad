#include "smpp-dump/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

namespace smpp_dump {

std::string to_string(const ip_address& address) {
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.octets.data(), text, sizeof text);
    return text;
}

std::string to_string(const end_point& end) {
    return end.address.v6 ? fmt::format("[{}]:{}", to_string(end.address), end.port)
                          : fmt::format("{}:{}", to_string(end.address), end.port);
}

}  // namespace smpp_dump
