// Findings: what a PDU or the course of a session does against the specification.
//
//     for (const smpp::lint::finding& each : smpp::lint::check(frame)) {
//         puts(to_string(each).c_str());  // warning address.alpha-ton (3.4: 5.2.5) source_addr at
//     }                                   // octet 17: letters in an address whose TON is ...
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smpp::lint {

enum class severity : std::uint8_t {
    note,     ///< allowed, and rarely what was meant
    warning,  ///< some peers refuse it or show something else
    error,    ///< the specification forbids it
};

enum class rule : std::uint8_t {
#define X(enumerator, id, severity, clause, sentence) enumerator,
#include "smpp/lint/rules.def"
#undef X
};

struct rule_info {
    std::string_view id;  ///< "address.alpha-ton"
    lint::severity severity;
    std::string_view clause;  ///< where it is written
    std::string_view sentence;
};

[[nodiscard]] const rule_info& info(rule) noexcept;
[[nodiscard]] std::optional<rule> rule_named(std::string_view id) noexcept;
[[nodiscard]] std::string_view name(severity) noexcept;

struct finding {
    lint::rule rule{};
    std::string field{};       ///< name in the specification; empty: the PDU or session as a whole
    std::uint32_t offset = 0;  ///< of the field, octets from the start of the PDU
    std::string detail{};      ///< what was found; may be empty

    friend bool operator==(const finding&, const finding&) = default;
};

[[nodiscard]] std::string to_string(const finding&);

}  // namespace smpp::lint
