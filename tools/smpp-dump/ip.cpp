#include "smpp-dump/ip.hpp"

#include <algorithm>

namespace smpp_dump {
namespace {

using smpp::load_be;

constexpr int max_nesting = 4;  // IP in IP

/// `total` octets on the wire, of which `octets` were captured; a length of 0 comes from network
/// cards that segment themselves.
void set_payload(ip_packet& out, smpp::octet_span octets, std::size_t total) noexcept {
    out.wire_length = total;
    out.payload = octets.first(std::min(octets.size(), total));
}

bool parse_v4(smpp::octet_span octets, ip_packet& out) noexcept {
    if (octets.size() < 20) {
        return false;
    }
    const std::uint8_t* at = octets.data();
    const std::size_t header = std::size_t{at[0] & 0x0FU} * 4;
    std::size_t total = load_be<std::uint16_t>(at + 2);
    total = total == 0 ? octets.size() : total;
    if (header < 20 || header > octets.size() || total < header) {
        return false;
    }
    out.source = {};
    out.destination = {};
    std::copy_n(at + 12, 4, out.source.octets.begin());
    std::copy_n(at + 16, 4, out.destination.octets.begin());
    const std::uint16_t fragment = load_be<std::uint16_t>(at + 6);
    out.more_fragments = (fragment & 0x2000) != 0;
    out.fragment_offset = std::size_t{fragment & 0x1FFFU} * 8;
    out.fragment = out.more_fragments || out.fragment_offset != 0;
    out.fragment_id = load_be<std::uint16_t>(at + 4);
    out.protocol = at[9];
    set_payload(out, octets.subspan(header), total - header);
    return true;
}

constexpr bool is_extension(std::uint8_t next) noexcept {
    return next == 0 || next == 43 || next == 44 || next == 51 || next == 60 || next == 135 ||
           next == 139 || next == 140;
}

bool parse_v6(smpp::octet_span octets, ip_packet& out) noexcept {
    if (octets.size() < 40) {
        return false;
    }
    const std::uint8_t* at = octets.data();
    const std::size_t total = load_be<std::uint16_t>(at + 4);
    std::copy_n(at + 8, 16, out.source.octets.begin());
    std::copy_n(at + 24, 16, out.destination.octets.begin());
    out.source.v6 = out.destination.v6 = true;
    out.fragment = out.more_fragments = false;
    out.fragment_offset = 0;
    out.protocol = at[6];
    set_payload(out, octets.subspan(40), total == 0 ? octets.size() - 40 : total);
    return skip_extension_headers(out);
}

void read_fragment_header(const std::uint8_t* at, ip_packet& out) noexcept {
    const std::uint16_t field = load_be<std::uint16_t>(at + 2);
    out.more_fragments = (field & 1) != 0;
    out.fragment_offset = field & 0xFFF8U;
    out.fragment = out.more_fragments || out.fragment_offset != 0;
    out.fragment_id = load_be<std::uint32_t>(at + 4);
}

}  // namespace

bool skip_extension_headers(ip_packet& ip) noexcept {
    // What follows the header of a fragment is understood when the fragments are together.
    while (ip.source.v6 && is_extension(ip.protocol) && !ip.fragment) {
        if (ip.payload.size() < 8) {
            return false;
        }
        const std::uint8_t* at = ip.payload.data();
        std::size_t size = 8 + std::size_t{at[1]} * 8;
        if (ip.protocol == 44) {
            read_fragment_header(at, ip);
            size = 8;
        } else if (ip.protocol == 51) {
            size = 8 + std::size_t{at[1]} * 4;
        }
        if (size > ip.payload.size()) {
            return false;
        }
        ip.protocol = at[0];
        ip.payload = ip.payload.subspan(size);
        ip.wire_length -= size;
    }
    return true;
}

bool parse_ip(smpp::octet_span octets, ip_packet& out) noexcept {
    for (int depth = 0; depth < max_nesting && !octets.empty(); ++depth) {
        const unsigned version = octets[0] >> 4;
        const bool good = version == 4   ? parse_v4(octets, out)
                          : version == 6 ? parse_v6(octets, out)
                                         : false;
        const bool nested = out.protocol == 4 || out.protocol == 41;
        if (!good || out.fragment || !nested) {
            return good;
        }
        octets = out.payload;
    }
    return false;
}

bool parse_tcp(const ip_packet& ip, tcp_segment& out) noexcept {
    if (ip.payload.size() < 20) {
        return false;
    }
    const std::uint8_t* at = ip.payload.data();
    const std::size_t header = std::size_t{at[12]} / 16 * 4;
    if (header < 20 || header > ip.wire_length) {
        return false;
    }
    out.source = {ip.source, load_be<std::uint16_t>(at)};
    out.destination = {ip.destination, load_be<std::uint16_t>(at + 2)};
    out.seq = load_be<std::uint32_t>(at + 4);
    out.ack = load_be<std::uint32_t>(at + 8);
    const std::uint8_t flags = at[13];
    out.fin = (flags & 0x01) != 0;
    out.syn = (flags & 0x02) != 0;
    out.rst = (flags & 0x04) != 0;
    out.has_ack = (flags & 0x10) != 0;
    const std::size_t captured = std::max(ip.payload.size(), header);
    out.payload = ip.payload.size() > header ? ip.payload.subspan(header) : smpp::octet_span{};
    out.cut = ip.wire_length - captured;
    return true;
}

}  // namespace smpp_dump
