// The deliver_sm that carry a text from a mobile: one, or the parts of a long one.
//
//     for (auto& part : mock_smsc::mobile_text({}, "hello", "", reference)) { ... }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/pdu/deliver_sm.hpp"
#include "smpp/text/encoding.hpp"

namespace mock_smsc {

/// "+1555..." is international, digits are of unknown type, anything else is alphanumeric.
[[nodiscard]] smpp::address address_of_number(std::string number);

/// `common` with the text in it. `coding`: an alphabet's name; empty: the cheapest. `zero`: what
/// data_coding 0 means. Throws std::runtime_error that says what is wrong.
[[nodiscard]] std::vector<smpp::deliver_sm> mobile_text(const smpp::deliver_sm& common,
                                                        const std::string& text,
                                                        const std::string& coding,
                                                        std::uint16_t reference,
                                                        smpp::alphabet zero = smpp::alphabet::gsm7);

}  // namespace mock_smsc
