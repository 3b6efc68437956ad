// The octets of a message: its size, its header, its place in a long message.
#include <fmt/format.h>

#include "lint/report.hpp"

namespace smpp::lint {
namespace {

constexpr std::size_t octets_of_an_sms = 140;
constexpr std::size_t octets_of_a_concat8 = 6;  // its header, made by the centre of SAR TLVs

struct sar_values {
    std::optional<std::uint16_t> reference{};
    std::optional<std::uint8_t> total{};
    std::optional<std::uint8_t> number{};

    [[nodiscard]] int count() const noexcept {
        return int{reference.has_value()} + int{total.has_value()} + int{number.has_value()};
    }
};

sar_values sar_of(const message_part& part) noexcept {
    if (part.tlvs == nullptr) {
        return {};
    }
    return {part.tlvs->get(tlv::sar_msg_ref_num), part.tlvs->get(tlv::sar_total_segments),
            part.tlvs->get(tlv::sar_segment_seqnum)};
}

void check_header_numbers(report& to, const message_part& part, bool numbered) {
    for (const udh::element each : udh::elements(part.header)) {
        const bool is_concat =
            each.id == udh::element_id::concat8 || each.id == udh::element_id::concat16;
        if (is_concat && !numbered) {
            to.add(rule::message_concat_numbers, part.field(), to_hex(each.data));
        }
    }
}

void check_numbers(report& to, const message_part& part) {
    const auto concat = udh::find_concat(part.header);
    check_header_numbers(to, part, concat.has_value());
    const sar_values sar = sar_of(part);
    if (sar.count() != 0 && sar.count() != 3) {
        to.add(rule::message_sar_incomplete, sar.reference ? "sar_msg_ref_num"
                                             : sar.total   ? "sar_total_segments"
                                                           : "sar_segment_seqnum");
    } else if (sar.count() == 3 && (*sar.number == 0 || *sar.number > *sar.total)) {
        to.add(rule::message_concat_numbers, "sar_segment_seqnum",
               fmt::format("{} of {}", *sar.number, *sar.total));
    }
    if (sar.count() != 0 && concat) {
        to.add(rule::message_sar_and_udh, "sar_msg_ref_num");
    }
    if (const auto place = place_of(part); place && place->total == 1) {
        to.add(rule::message_concat_single,
               place->how == part_place::kind::sar ? "sar_total_segments" : part.field());
    }
}

/// What fits into one SMS beside the header that it has, or that the centre makes of SAR TLVs.
std::size_t room_of(const message_part& part, bool sar) noexcept {
    const std::size_t header = std::min(
        octets_of_an_sms, part.header.empty() && sar ? octets_of_a_concat8 : part.header.size());
    const std::size_t octets = octets_of_an_sms - header;
    return part.alphabet == alphabet::gsm7 ? octets * 8 / 7 : octets;
}

void check_size(report& to, const message_part& part) {
    const auto version = to.wanted().version;
    if (!part.from_payload && part.octets.size() > 254 &&
        version.value_or(interface_version::v3_4) < interface_version::v5_0) {
        to.add(rule::message_too_long, "short_message", fmt::format("{}", part.octets.size()));
    }
    const auto place = place_of(part);
    const bool sar = place && place->how == part_place::kind::sar && place->total > 1;
    const std::size_t room = room_of(part, sar);
    if (part.text.size() <= room) {
        return;
    }
    if (!part.header.empty() || sar) {
        to.add(rule::message_part_size, part.field(),
               fmt::format("{} where {} fit", part.text.size(), room));
    } else if (!part.from_payload) {
        to.add(rule::message_over_one_sms, "short_message",
               fmt::format("{} octets", part.text.size()));
    }
}

/// A text that begins as concatenation headers do.
bool begins_with_header(octet_span text) noexcept {
    const auto is_concat = [&](std::uint8_t length, std::uint8_t id, std::uint8_t size) {
        return text.size() > length && text[0] == length && text[1] == id && text[2] == size &&
               text[length] != 0 && text[length] <= text[length - 1U];
    };
    return is_concat(5, 0, 3) || is_concat(6, 8, 4);
}

}  // namespace

std::optional<part_place> place_of(const message_part& part) noexcept {
    using kind = part_place::kind;
    if (const auto concat = udh::find_concat(part.header)) {
        return part_place{concat->wide ? kind::udh16 : kind::udh8, concat->reference, concat->total,
                          concat->number};
    }
    const sar_values sar = sar_of(part);
    if (sar.count() != 3 || *sar.number == 0 || *sar.number > *sar.total) {
        return std::nullopt;
    }
    return part_place{kind::sar, *sar.reference, *sar.total, *sar.number};
}

void check_message(report& to, const message_part& part, bool is_text) {
    check_size(to, part);
    if (part.udhi && (part.header.empty() || !part.well_formed)) {
        to.add(rule::message_udhi_without_udh, "esm_class");
    } else if (!part.udhi && begins_with_header(part.text)) {
        to.add(rule::message_udh_without_udhi, "esm_class");
        return;  // its octets are no text
    }
    check_numbers(to, part);
    if (is_text) {
        check_text(to, part);
    }
}

}  // namespace smpp::lint
