// Plain equivalents of characters that the GSM 7-bit alphabet lacks: one curly quote would make the
// whole text UCS-2, with less than half as many characters in a part.
//
//     smpp::transliterate("“Łódź” – 5…");                 // "\"Lodz\" - 5..."
#pragma once

#include <string>
#include <string_view>

namespace smpp {

/// Characters that GSM 7-bit has, and those without a plain equivalent, stay as they are.
[[nodiscard]] std::string transliterate(std::string_view text);

}  // namespace smpp
