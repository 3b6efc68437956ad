// The submits that a text needs: encoded, cut into parts, with every field but the recipient.
//
//     auto message = notifier::prepare(text, target, reference);
//     if (!message) return refuse(message.error());
//     for (const auto& part : message->parts) send(notifier::addressed(part, recipient));
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/pdu/submit_sm.hpp"
#include "target.hpp"

namespace notifier {

/// One submit_sm.
struct prepared_part {
    smpp::submit_sm pdu{};  ///< without destination
    std::string text{};     ///< what this part says
    std::size_t units = 0;  ///< septets, octets or 16-bit units of it
    std::uint8_t number = 1;
    std::uint8_t total = 1;
};

struct prepared_message {
    smpp::alphabet alphabet = smpp::alphabet::gsm7;
    std::vector<prepared_part> parts{};
    std::vector<std::string> warnings{};
};

/// Encodes and cuts. The error's part is the parameter to change.
[[nodiscard]] parsed<prepared_message> prepare(std::string_view text, const target& target,
                                               std::uint16_t reference);

[[nodiscard]] smpp::submit_sm addressed(const prepared_part& part, const address& to);

/// A reference for the next long message: random at the start of the program, then counting.
[[nodiscard]] std::uint16_t next_reference();

}  // namespace notifier
