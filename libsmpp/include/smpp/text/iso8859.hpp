// Alphabets of one octet a character: ASCII and the parts of ISO 8859 that SMPP names.
//
//     auto octets = smpp::iso8859::encode("déjà", smpp::iso8859::part::latin1);
//     std::string text = smpp::iso8859::decode(octets, smpp::iso8859::part::cyrillic);
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "smpp/octets.hpp"
#include "smpp/text/text_error.hpp"

namespace smpp::iso8859 {

enum class part : std::uint8_t {
    ascii = 0,     ///< octets above 0x7F mean nothing
    latin1 = 1,    ///< ISO-8859-1
    cyrillic = 5,  ///< ISO-8859-5
    hebrew = 8,    ///< ISO-8859-8, in logical order
};

/// Octets of a UTF-8 text, or the first character that the part lacks.
[[nodiscard]] text_result<std::string> encode(std::string_view text, part alphabet);

/// The text of octets. Those that mean nothing become U+FFFD and are counted in `replaced`.
[[nodiscard]] std::string decode(octet_span octets, part alphabet, std::size_t* replaced = nullptr);

}  // namespace smpp::iso8859
