// Where each field of a PDU stands in its octets, what it holds and what that means: for dumps,
// inspectors and lint.
//
//     for (const smpp::located_field& field : smpp::locate(frame, pdu)) {
//         fmt::print("{:4} {} = {} {}\n", field.offset, field.name, field.value, field.meaning);
//     }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "smpp/codec.hpp"

namespace smpp {

struct located_field {
    std::string_view name;     ///< in the specification; TLVs without a row are "tlv"
    std::uint32_t offset = 0;  ///< octets from the start of the PDU
    std::uint32_t size = 0;    ///< octets on the wire, with NUL or TLV header
    unsigned depth = 0;        ///< 1 inside a list element and for TLVs
    std::string value;         ///< numbers in decimal, texts as they are, octets in hexadecimal
    std::string meaning;       ///< name of the value; empty where it has none
};

/// The header's four fields, then those of the body. `pdu` is what decode() made of `frame`, in any
/// mode.
[[nodiscard]] std::vector<located_field> locate(octet_span frame, const pdu_view& pdu);

/// What the bits say: "store and forward, receipt, UDHI"; "final receipt, intermediate".
[[nodiscard]] std::string describe(esm_class);
[[nodiscard]] std::string describe(registered_delivery);

}  // namespace smpp
