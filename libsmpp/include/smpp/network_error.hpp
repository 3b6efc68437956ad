// network_error_code: which network refused a message, and with what (3.4: 5.3.2.31).
//
//     if (auto octets = deliver.tlvs.get(smpp::tlv::network_error_code)) {
//         if (auto error = smpp::read_network_error(*octets)) { use(error->code); }
//     }
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace smpp {

struct network_error {
    std::uint8_t network_type =
        0;                   ///< 1 ANSI-136, 2 IS-95, 3 GSM, ...; 0 when the peer did not say
    std::uint16_t code = 0;  ///< of that network

    friend bool operator==(const network_error&, const network_error&) = default;
};

/// One octet and a number of two; some SMSCs send the code alone, as three ASCII digits. Empty
/// result: neither.
[[nodiscard]] constexpr std::optional<network_error> read_network_error(
    std::string_view octets) noexcept {
    if (octets.size() != 3) {
        return std::nullopt;
    }
    const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(octets[i]); };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    network_error out;
    if (std::all_of(octets.begin(), octets.end(), digit)) {
        out.code = static_cast<std::uint16_t>((octet(0) - '0') * 100 + (octet(1) - '0') * 10 +
                                              (octet(2) - '0'));
    } else {
        out.network_type = octet(0);
        out.code = static_cast<std::uint16_t>(octet(1) << 8U | octet(2));
    }
    return out;
}

}  // namespace smpp
