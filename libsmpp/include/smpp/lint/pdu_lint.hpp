// What one PDU does against the specification.
//
//     auto findings = smpp::lint::check(frame);
#pragma once

#include <optional>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/lint/finding.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/smpp_time.hpp"

namespace smpp::lint {

struct options {
    /// What data_coding 0 means to the message centre; rules about GSM texts are left out for
    /// others than gsm7.
    alphabet smsc_default = alphabet::gsm7;
    /// When the PDU was sent: absolute times before it, or long after, are findings. Empty:
    /// unknown.
    std::optional<utc_time> sent{};
    /// What the session speaks. Empty: unknown, and what any version forbids is a finding.
    std::optional<interface_version> version{};
};

/// `frame` is the octets of a PDU, of any content; in the order of the fields.
[[nodiscard]] std::vector<finding> check(octet_span frame, const options& = {});

}  // namespace smpp::lint
