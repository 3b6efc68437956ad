// Which part of which long message a PDU carries.
//
//     if (const auto part = smpp_dump::part_of(record)) { part->number of part->total ... }
#pragma once

#include <optional>
#include <string_view>

#include "smpp-dump/record.hpp"
#include "smpp/text/reassembler.hpp"

namespace smpp_dump {

struct message_part {
    std::string_view source{};  ///< valid as long as the record's octets
    std::string_view destination{};
    std::uint16_t reference = 0;
    std::uint8_t total = 0;
    std::uint8_t number = 0;  ///< from 1 to `total`
    smpp::reassembler::reference_kind kind{};
};

/// By the user data header, else by the sar_* TLVs. Empty result: a message of its own, or none.
[[nodiscard]] std::optional<message_part> part_of(const record& r);

}  // namespace smpp_dump
