// The message that a PDU carries, and its place in a long one: what the rules about PDUs and those
// about sessions look at.
#pragma once

#include <algorithm>
#include <optional>

#include "smpp/message.hpp"
#include "smpp/text/udh.hpp"

namespace smpp::lint {

/// The octets behind the user data header, and what they mean.
struct message_part {
    std::string_view octets{};  ///< header included
    octet_span header{};
    octet_span text{};
    bool udhi = false;
    bool well_formed = true;  ///< of the header
    bool from_payload = false;
    smpp::alphabet alphabet{};
    const tlv_list_view* tlvs = nullptr;  ///< null: the PDU has none

    [[nodiscard]] std::string_view field() const noexcept {
        return from_payload ? "message_payload" : "short_message";
    }
};

/// Where a part belongs, by its header or its SAR TLVs; the header counts where it has both.
struct part_place {
    enum class kind : std::uint8_t { udh8, udh16, sar };
    kind how{};
    std::uint16_t reference = 0;
    std::uint8_t total = 1;
    std::uint8_t number = 1;
};
/// Empty result: no part of a long message, or numbers that are impossible.
[[nodiscard]] std::optional<part_place> place_of(const message_part& part) noexcept;

/// What submit_sm, deliver_sm, data_sm, submit_multi, replace_sm and broadcast_sm carry. Borrows
/// from `body`.
template <class Body>
[[nodiscard]] std::optional<message_part> message_of(const Body& body, alphabet smsc_default) {
    if constexpr (
        requires { body.short_message; } ||
        requires {
            body.data_coding;
            body.tlvs;
        }) {
        message_part out;
        out.octets = message_octets(body);
        if constexpr (requires { body.short_message; }) {
            out.from_payload = body.short_message.empty() && !out.octets.empty();
        } else {
            out.from_payload = !out.octets.empty();
        }
        out.text = as_octets(out.octets);
        if constexpr (requires { body.esm_class; }) {
            out.udhi = body.esm_class.udhi();
        }
        if (out.udhi) {
            const udh::separated cut = udh::separate(out.text);
            out.header = cut.header;
            out.text = cut.text;
            out.well_formed = cut.well_formed;
        }
        data_coding coding{};
        if constexpr (requires { body.data_coding; }) {
            coding = body.data_coding;
        }
        out.alphabet = alphabet_of(coding, smsc_default);
        if constexpr (requires { body.tlvs; }) {
            out.tlvs = &body.tlvs;
        }
        return out;
    } else {
        return std::nullopt;
    }
}

}  // namespace smpp::lint
