// Collects findings about one PDU; knows where its fields stand.
#pragma once

#include <optional>
#include <vector>

#include "lint/message_part.hpp"
#include "smpp/lint/pdu_lint.hpp"
#include "smpp/visitors/locate.hpp"

namespace smpp::lint {

class report {
public:
    report(octet_span frame, const pdu_view& pdu, const options& options)
        : frame_(frame), pdu_(&pdu), options_(&options) {}

    /// The place of `field` is looked up: the `nth` of that name, from 0, as lists have several.
    void add(rule which, std::string_view field, std::string detail = {}, std::size_t nth = 0);
    void add_at(rule which, std::string_view field, std::uint32_t offset, std::string detail = {}) {
        found_.push_back({which, std::string(field), offset, std::move(detail)});
    }

    [[nodiscard]] const options& wanted() const noexcept { return *options_; }
    /// By their place; the same is told once.
    [[nodiscard]] std::vector<finding> take();

private:
    octet_span frame_;
    const pdu_view* pdu_;
    const options* options_;
    std::vector<located_field> places_{};  // made when the first finding needs them
    std::vector<finding> found_{};
};

/// What is wrong with an address depends on whose it is.
struct address_role {
    std::string_view prefix;  ///< of the fields of its TON and NPI: "source_addr", "dest_addr", ...
    std::string_view field;   ///< of its digits
    bool needed = false;      ///< an empty one is a finding
    std::size_t nth = 0;      ///< in a list of destinations
};
inline constexpr address_role source_role{"source_addr", "source_addr"};
inline constexpr address_role destination_role{"dest_addr", "destination_addr", true};

void check_address(report& to, const address_role& role, const address_view& address);
void check_addresses(report& to, const submit_multi_view& pdu);
/// Size, header, place in a long message, and what the octets are; not of receipts, which are ASCII
/// by custom.
void check_message(report& to, const message_part& part, bool is_text);
void check_text(report& to, const message_part& part);
/// schedule_delivery_time and validity_period.
void check_times(report& to, std::string_view schedule, std::string_view validity);
void check_tlvs(report& to, command_id command, const tlv_list_view& tlvs);
/// Those that the PDU must have.
void check_mandatory_tlvs(report& to, command_id command, const tlv_list_view& tlvs);

struct padding {
    std::string_view field{};
    std::uint32_t offset = 0;  ///< of the field
    std::size_t octets = 0;    ///< too many
};
/// C-octet strings that are filled up with NULs: `frame` can be read only without those.
/// REQUIRES: strict decoding fails.
[[nodiscard]] std::optional<padding> find_padding(octet_span frame, const pdu_view& pdu);

template <class Body>
void check_receipt(report& to, const Body& pdu, const message_part& part);
extern template void check_receipt(report&, const deliver_sm_view&, const message_part&);
extern template void check_receipt(report&, const data_sm_view&, const message_part&);

}  // namespace smpp::lint
