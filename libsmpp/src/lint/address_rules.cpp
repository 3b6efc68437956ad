#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"

namespace smpp::lint {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_printable(char c) noexcept { return c >= ' ' && c <= '~'; }
bool is_letter(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

}  // namespace

/// `prefix` is what the fields of its TON and NPI begin with: "source_addr", "dest_addr",
/// "esme_addr".
void check_address(report& to, std::string_view prefix, const address_view& address, bool source) {
    const std::string digits_field =
        prefix == "dest_addr" ? "destination_addr" : std::string(prefix);
    const std::string ton_field = fmt::format("{}_ton", prefix);
    const std::string npi_field = fmt::format("{}_npi", prefix);
    if (name(address.ton).empty()) {
        to.add(rule::field_reserved, ton_field, fmt::format("{}", static_cast<int>(address.ton)));
    }
    if (name(address.npi).empty()) {
        to.add(rule::field_reserved, npi_field, fmt::format("{}", static_cast<int>(address.npi)));
    }
    const std::string_view digits = address.digits;
    if (digits.empty()) {
        if (!source) {
            to.add(rule::address_empty_destination, digits_field);
        }
        return;
    }
    if (!std::all_of(digits.begin(), digits.end(), is_printable)) {
        to.add(rule::address_charset, digits_field, to_hex(as_octets(digits)));
    }
    if (address.ton == ton::alphanumeric) {
        if (digits.size() > 11) {
            to.add(rule::address_alpha_length, digits_field, fmt::format("{}", digits.size()));
        }
        if (address.npi != npi::unknown) {
            to.add(rule::address_alpha_npi, npi_field);
        }
        return;
    }
    if (std::any_of(digits.begin(), digits.end(), is_letter)) {
        to.add(rule::address_alpha_ton, digits_field);
        return;
    }
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
        to.add(rule::address_number_format, digits_field);
        return;
    }
    if (address.ton != ton::international) {
        return;
    }
    if (digits.front() == '0') {
        to.add(rule::address_international_prefix, digits_field);
    } else if (digits.size() < 7) {
        to.add(rule::address_short_international, digits_field);
    }
    if (address.npi != npi::isdn) {
        to.add(rule::address_international_npi, npi_field);
    }
}

}  // namespace smpp::lint
