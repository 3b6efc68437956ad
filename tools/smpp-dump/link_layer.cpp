#include "smpp-dump/link_layer.hpp"

#include <fmt/format.h>

#include <utility>

namespace smpp_dump {
namespace {

constexpr std::uint32_t dlt_null = 0;
constexpr std::uint32_t dlt_ethernet = 1;
constexpr std::uint32_t dlt_ppp = 9;
constexpr std::uint32_t dlt_raw_bsd = 12;
constexpr std::uint32_t dlt_raw_openbsd = 14;
constexpr std::uint32_t dlt_ppp_serial = 50;
constexpr std::uint32_t dlt_raw = 101;
constexpr std::uint32_t dlt_loop = 108;
constexpr std::uint32_t dlt_sll = 113;
constexpr std::uint32_t dlt_ipv4 = 228;
constexpr std::uint32_t dlt_ipv6 = 229;
constexpr std::uint32_t dlt_sll2 = 276;

constexpr link_payload nothing{link_result::other, {}};

/// What begins with a version nibble.
link_payload raw_ip(smpp::octet_span octets) noexcept {
    if (octets.empty() || (octets[0] >> 4 != 4 && octets[0] >> 4 != 6)) {
        return nothing;
    }
    return {link_result::ip, octets};
}

link_payload ppp(smpp::octet_span octets) noexcept {
    if (octets.size() >= 2 && octets[0] == 0xFF && octets[1] == 0x03) {
        octets = octets.subspan(2);  // address and control, often left out
    }
    if (octets.empty()) {
        return nothing;
    }
    const bool compressed = (octets[0] & 1) != 0;  // a protocol number of one octet
    if (!compressed && octets.size() < 2) {
        return nothing;
    }
    const unsigned protocol = compressed ? octets[0] : smpp::load_be<std::uint16_t>(octets.data());
    if (protocol != 0x0021 && protocol != 0x0057) {
        return nothing;
    }
    return raw_ip(octets.subspan(compressed ? 1 : 2));
}

link_payload mpls(smpp::octet_span octets) noexcept {
    while (octets.size() >= 4) {
        const bool bottom = (octets[2] & 1) != 0;
        octets = octets.subspan(4);
        if (bottom) {
            return raw_ip(octets);
        }
    }
    return nothing;
}

/// From an EtherType on, through VLAN tags, MPLS labels and PPPoE.
link_payload ether_type(std::uint16_t type, smpp::octet_span octets) noexcept {
    while (type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200) {
        if (octets.size() < 4) {
            return nothing;
        }
        type = smpp::load_be<std::uint16_t>(octets.data() + 2);
        octets = octets.subspan(4);
    }
    switch (type) {
        case 0x0800:
        case 0x86DD: return raw_ip(octets);
        case 0x8847:
        case 0x8848: return mpls(octets);
        case 0x8864: return octets.size() < 6 ? nothing : ppp(octets.subspan(6));
        default: return nothing;
    }
}

/// A header of `size` octets with the EtherType at `type_at`.
link_payload with_ether_type(smpp::octet_span frame, std::size_t type_at,
                             std::size_t size) noexcept {
    if (frame.size() < size) {
        return nothing;
    }
    return ether_type(smpp::load_be<std::uint16_t>(frame.data() + type_at), frame.subspan(size));
}

}  // namespace

link_payload find_ip(std::uint32_t link_type, smpp::octet_span frame) noexcept {
    switch (link_type) {
        case dlt_ethernet: return with_ether_type(frame, 12, 14);
        case dlt_sll: return with_ether_type(frame, 14, 16);
        case dlt_sll2: return with_ether_type(frame, 0, 20);
        // The address family, whose numbers and byte order differ between systems: the IP version
        // says it all.
        case dlt_null:
        case dlt_loop: return frame.size() < 4 ? nothing : raw_ip(frame.subspan(4));
        case dlt_ppp:
        case dlt_ppp_serial: return ppp(frame);
        case dlt_raw_bsd:
        case dlt_raw_openbsd:
        case dlt_raw:
        case dlt_ipv4:
        case dlt_ipv6: return raw_ip(frame);
        default: return {link_result::unsupported, {}};
    }
}

std::string link_type_name(std::uint32_t link_type) {
    static constexpr std::pair<std::uint32_t, const char*> names[] = {
        {6, "Token Ring"},
        {7, "ARCNET"},
        {8, "SLIP"},
        {10, "FDDI"},
        {104, "Cisco HDLC"},
        {105, "802.11"},
        {109, "OpenBSD encapsulation"},
        {119, "802.11 Prism"},
        {127, "802.11 radiotap"},
        {140, "SS7 MTP2"},
        {141, "SS7 MTP3"},
        {142, "SS7 SCCP"},
        {147, "USER0"},
        {187, "Bluetooth HCI"},
        {189, "USB"},
        {220, "USB"},
        {239, "netfilter log"},
        {252, "Wireshark upper PDU"}};
    for (const auto& [number, name] : names) {
        if (number == link_type) {
            return fmt::format("{} ({})", link_type, name);
        }
    }
    return std::to_string(link_type);
}

}  // namespace smpp_dump
