// Collects findings about one PDU; knows where its fields stand.
#pragma once

#include <optional>
#include <vector>

#include "smpp/lint/pdu_lint.hpp"
#include "smpp/message.hpp"
#include "smpp/text/udh.hpp"
#include "smpp/visitors/locate.hpp"

namespace smpp::lint {

class report {
public:
    report(octet_span frame, const pdu_view& pdu, const options& options)
        : frame_(frame), pdu_(&pdu), options_(&options) {}

    /// The place of `field` is looked up.
    void add(rule which, std::string_view field, std::string detail = {});
    void add_at(rule which, std::string_view field, std::uint32_t offset, std::string detail = {}) {
        found_.push_back({which, std::string(field), offset, std::move(detail)});
    }

    [[nodiscard]] const options& wanted() const noexcept { return *options_; }
    [[nodiscard]] std::vector<finding> take();

private:
    octet_span frame_;
    const pdu_view* pdu_;
    const options* options_;
    std::vector<located_field> places_{};  // made when the first finding needs them
    std::vector<finding> found_{};
};

/// The message of a PDU: its octets behind the user data header, and what they mean.
struct message_part {
    std::string_view octets{};  ///< header included
    octet_span header{};
    octet_span text{};
    bool udhi = false;
    bool well_formed = true;  ///< of the header
    bool from_payload = false;
    smpp::alphabet alphabet{};
    smpp::data_coding coding{};

    [[nodiscard]] std::string_view field() const noexcept {
        return from_payload ? "message_payload" : "short_message";
    }
};

/// What submit_sm, deliver_sm, data_sm, submit_multi, replace_sm and broadcast_sm carry.
template <class Body>
std::optional<message_part> message_of(const Body& body, alphabet smsc_default);

void check_address(report& to, std::string_view prefix, const address_view& address, bool source);
void check_text(report& to, const message_part& part);
void check_tlvs(report& to, command_id command, const tlv_list_view& tlvs);
void check_receipt(report& to, const deliver_sm_view& pdu, const message_part& part);

// --- inline
template <class Body>
std::optional<message_part> message_of(const Body& body, alphabet smsc_default) {
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
        if constexpr (requires { body.data_coding; }) {
            out.coding = body.data_coding;
        }
        out.alphabet = alphabet_of(out.coding, smsc_default);
        return out;
    } else {
        return std::nullopt;
    }
}

}  // namespace smpp::lint
