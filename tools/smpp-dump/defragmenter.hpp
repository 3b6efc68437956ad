// Puts fragmented IP packets together, with bounded memory.
//
//     if (ip.fragment && !fragments.add(ip, now, whole)) { continue; }   // not all there yet
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "smpp-dump/ip.hpp"

namespace smpp_dump {

class defragmenter {
public:
    /// True when `fragment` completed its packet, which is then in `whole` until the next call.
    [[nodiscard]] bool add(const ip_packet& fragment, std::int64_t now, ip_packet& whole);

private:
    static constexpr std::size_t max_octets = 4U << 20;  // held in all
    static constexpr std::size_t max_packet = 65535;
    static constexpr std::int64_t lifetime = 30'000'000'000;  // as systems do

    struct key {
        ip_address source{};
        ip_address destination{};
        std::uint32_t id = 0;
        std::uint8_t protocol = 0;
        friend auto operator<=>(const key&, const key&) = default;
    };
    struct piece {
        std::size_t offset = 0;
        std::string octets{};
    };
    struct datagram {
        std::vector<piece> pieces{};  // sorted by offset
        std::size_t octets = 0;
        std::size_t total = 0;  // 0 until the last fragment was seen
        std::int64_t since = 0;
    };
    using position = std::map<key, datagram>::iterator;

    [[nodiscard]] static bool complete(const datagram& parts) noexcept;
    void join(const datagram& parts);
    void drop(position at);
    void make_room(std::int64_t now);

    std::map<key, datagram> waiting_{};
    std::size_t held_ = 0;
    std::string joined_{};
};

}  // namespace smpp_dump
