// Plain equivalents of characters that the GSM 7-bit alphabet lacks: one curly quote would make the
// whole text UCS-2, with less than half as many characters in a part.
//
//     smpp::transliterate("“Łódź” – 5…");                 // "\"Lodz\" - 5..."
#pragma once

#include <string>
#include <string_view>

#include "smpp/text/encoding.hpp"

namespace smpp {

/// Characters that GSM 7-bit has, and those without a plain equivalent, stay as they are.
[[nodiscard]] std::string transliterate(std::string_view text);
/// Replaces only what `target` lacks: under Latin-1 a cedilla stays.
[[nodiscard]] std::string transliterate(std::string_view text, alphabet target);
/// Replaces only what `keep` does not want to keep.
[[nodiscard]] std::string transliterate_unless(std::string_view text, bool (*keep)(char32_t));

}  // namespace smpp
