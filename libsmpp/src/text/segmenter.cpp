#include "smpp/text/segmenter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "smpp/text/gsm7.hpp"
#include "smpp/text/udh.hpp"
#include "text/cutter.hpp"

namespace smpp {
namespace {

constexpr std::size_t user_data_octets = 140;
constexpr std::size_t short_message_octets = 254;
constexpr std::size_t payload_octets = 0xFFFF;
constexpr std::size_t most_parts = 255;
// The least room for text with which every character fits into a part.
constexpr std::size_t least_octets = 4;

using parts_result = boost::system::result<std::vector<message_part>, split_error>;

struct mode_row {
    split_mode mode;
    std::string_view name;
};

constexpr mode_row modes[] = {
    {split_mode::udh8, "udh"},        {split_mode::udh16, "udh16"}, {split_mode::sar, "sar"},
    {split_mode::payload, "payload"}, {split_mode::none, "none"},
};

constexpr std::size_t octets_per_unit(alphabet value) noexcept {
    return value == alphabet::ucs2 ? 2 : 1;
}

message_part make_part(octet_span text, std::string_view header, alphabet value, split_mode mode) {
    message_part part;
    part.octets.reserve(header.size() + text.size());
    part.octets.append(header);
    if (value == alphabet::gsm7_packed) {
        part.octets.append(gsm7::pack(text, gsm7::fill_bits(header.size())));
    } else {
        part.octets.append(as_text(text));
    }
    part.header_size = static_cast<std::uint8_t>(header.size());
    part.units = text.size() / octets_per_unit(value);
    part.alphabet = value;
    part.mode = mode;
    return part;
}

constexpr bool is_wide(const split_options& options) noexcept {
    return options.mode == split_mode::udh16;
}

// Octets of the header of each part, as it is over the air: also where the SMSC makes it from sar_*
// TLVs.
constexpr std::size_t header_octets(std::string_view header,
                                    const split_options& options) noexcept {
    return std::max<std::size_t>(header.size(), 1) + (is_wide(options) ? 6 : 5);
}

// The header that all parts have, with the place of the first part. Others differ in its last
// octet, their number.
std::string first_header(std::string_view header, const split_options& options, std::size_t total) {
    if (options.mode == split_mode::sar) {
        return {};
    }
    udh::writer out;
    out.add_coded(as_octets(header.substr(header.empty() ? 0 : 1)));
    out.add(udh::concat{options.reference, static_cast<std::uint8_t>(total), 1, is_wide(options)});
    return out.octets();
}

bool numbers_parts(octet_span header) noexcept {
    return udh::find(header, udh::element_id::concat8) ||
           udh::find(header, udh::element_id::concat16);
}

parts_result one_part(octet_span text, std::string_view header, alphabet value, split_mode mode,
                      std::size_t limit) {
    std::vector<message_part> parts;
    parts.push_back(make_part(text, header, value, mode));
    if (parts.front().octets.size() > limit) {
        return split_error{split_errc::too_long, parts.front().octets.size(), limit};
    }
    return parts;
}

parts_result many_parts(octet_span text, std::string_view common, alphabet value,
                        const split_options& options) {
    const std::size_t capacity =
        units_per_part(value, header_octets(common, options)) * octets_per_unit(value);
    if (capacity < least_octets) {
        return split_error{split_errc::header_too_long, header_octets(common, options),
                           user_data_octets - least_octets};
    }
    const auto ends = text_detail::cutter(text, value, capacity, options.tables).ends();
    if (ends.size() > most_parts) {
        return split_error{split_errc::too_many_parts, ends.size(), most_parts};
    }
    std::string header = first_header(common, options, ends.size());
    std::vector<message_part> parts;
    parts.reserve(ends.size());
    std::size_t at = 0;
    for (const std::size_t end : ends) {
        const auto number = static_cast<std::uint8_t>(parts.size() + 1);
        if (!header.empty()) {
            header.back() = static_cast<char>(number);
        }
        auto& part =
            parts.emplace_back(make_part(text.subspan(at, end - at), header, value, options.mode));
        part.number = number;
        part.total = static_cast<std::uint8_t>(ends.size());
        part.reference =
            options.mode == split_mode::udh8 ? options.reference & 0xFF : options.reference;
        at = end;
    }
    return parts;
}

}  // namespace

std::string_view name(split_mode value) noexcept {
    for (const auto& row : modes) {
        if (row.mode == value) {
            return row.name;
        }
    }
    return {};
}

std::optional<split_mode> split_mode_named(std::string_view wanted) noexcept {
    for (const auto& row : modes) {
        if (row.name == wanted) {
            return row.mode;
        }
    }
    return wanted == "udh8" ? std::optional(split_mode::udh8) : std::nullopt;
}

bool message_part::in_payload() const noexcept {
    return mode == split_mode::payload && units > units_per_part(alphabet, header_size);
}

std::string split_error::message() const {
    switch (code) {
        case split_errc::too_many_parts:
            return fmt::format("text needs {} parts, at most {} are possible", actual, limit);
        case split_errc::too_long:
            return fmt::format("text takes {} octets, one message holds {}", actual, limit);
        case split_errc::header_too_long:
            return fmt::format("user data header takes {} octets, at most {} leave room for text",
                               actual, limit);
        case split_errc::bad_elements:
            return "elements of the user data header are damaged, or number the parts themselves";
        case split_errc::header_with_sar: break;
    }
    return "sar_* TLVs cannot be sent beside a user data header";
}

void throw_exception_from_error(const split_error& error, const boost::source_location&) {
    throw std::length_error(error.message());
}

std::size_t units_per_part(alphabet value, std::size_t header_size) noexcept {
    const std::size_t octets = user_data_octets - std::min(header_size, user_data_octets);
    return value == alphabet::gsm7 || value == alphabet::gsm7_packed
               ? octets * 8 / 7
               : octets / octets_per_unit(value);
}

parts_result split(std::string_view encoded, alphabet value, const split_options& options) {
    const octet_span text = as_octets(encoded);
    if (options.elements.size() >= user_data_octets) {
        return split_error{split_errc::header_too_long, options.elements.size() + 1,
                           user_data_octets - least_octets};
    }
    const std::string header =
        udh::writer().add(options.tables).add_coded(options.elements).octets();
    if (const octet_span coded = as_octets(header);
        !udh::elements(coded).well_formed() || numbers_parts(coded)) {
        return split_error{split_errc::bad_elements};
    }
    if (options.mode == split_mode::sar && !header.empty()) {
        return split_error{split_errc::header_with_sar};
    }
    if (text.size() <= units_per_part(value, header.size()) * octets_per_unit(value)) {
        return one_part(text, header, value, options.mode, short_message_octets);
    }
    switch (options.mode) {
        case split_mode::none:
            return one_part(text, header, value, options.mode, short_message_octets);
        case split_mode::payload:
            return one_part(text, header, value, options.mode, payload_octets);
        default: return many_parts(text, header, value, options);
    }
}

}  // namespace smpp
