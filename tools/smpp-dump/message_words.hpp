// What data_codings and the elements of user data headers say, in words.
//
//     for (smpp::udh::element each : smpp::udh::elements(header)) {
//         fmt::print("{}: {}", udh_name(each.id), udh_words(each));    // ports: 2948 from 9200
//     }
#pragma once

#include <string>
#include <string_view>

#include "smpp/text/coding.hpp"
#include "smpp/text/udh.hpp"

namespace smpp_dump {

/// "element" for those that no specification names.
[[nodiscard]] std::string_view udh_name(smpp::udh::element_id id) noexcept;
/// Empty: nothing is known of it.
[[nodiscard]] std::string udh_words(const smpp::udh::element& element);

/// Alphabet, class and sign of a coding group (3GPP TS 23.038: 4): "gsm7, class 0: shown at once"
[[nodiscard]] std::string coding_words(smpp::data_coding coding);

}  // namespace smpp_dump
