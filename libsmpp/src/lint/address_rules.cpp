#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"

namespace smpp::lint {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_printable(char c) noexcept { return c >= ' ' && c <= '~'; }
bool is_letter(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
/// Digits, and the keys beside the 0, which service numbers have.
bool is_dialled(char c) noexcept { return is_digit(c) || c == '*' || c == '#'; }

/// Host names, IP addresses and identifiers are in these.
bool is_of_the_internet(npi plan) noexcept {
    return plan == npi::internet || plan == npi::wap_client_id;
}

/// Whether telephone numbers of that kind can be of that plan.
bool may_be_of(ton type, npi plan) noexcept {
    switch (plan) {
        case npi::data:
        case npi::telex:
        case npi::ermes:
        case npi::internet:
        case npi::wap_client_id: return type == ton::unknown;
        default: return true;
    }
}

void check_number(report& to, const address_role& role, const address_view& address) {
    const std::string_view digits = address.digits;
    const bool international = address.ton == ton::international;
    if (!std::all_of(digits.begin(), digits.end(), international ? is_digit : is_dialled)) {
        to.add(rule::address_number_format, role.field, std::string(), role.nth);
    } else if (international && digits.front() == '0') {
        to.add(rule::address_international_prefix, role.field, std::string(), role.nth);
    } else if (international && digits.size() < 7) {
        to.add(rule::address_short_international, role.field, std::string(), role.nth);
    }
    if (international && address.npi != npi::isdn) {
        to.add(rule::address_international_npi, fmt::format("{}_npi", role.prefix), std::string(),
               role.nth);
    } else if (!may_be_of(address.ton, address.npi)) {
        to.add(rule::address_npi, fmt::format("{}_npi", role.prefix),
               std::string(name(address.npi)), role.nth);
    }
}

void check_name(report& to, const address_role& role, const address_view& address) {
    if (address.digits.size() > 11) {
        to.add(rule::address_alpha_length, role.field, fmt::format("{}", address.digits.size()),
               role.nth);
    }
    if (address.npi != npi::unknown) {
        to.add(rule::address_alpha_npi, fmt::format("{}_npi", role.prefix), std::string(),
               role.nth);
    }
}

}  // namespace

void check_address(report& to, const address_role& role, const address_view& address) {
    if (name(address.ton).empty()) {
        to.add(rule::field_reserved, fmt::format("{}_ton", role.prefix),
               fmt::format("{}", static_cast<int>(address.ton)), role.nth);
    }
    if (name(address.npi).empty()) {
        to.add(rule::field_reserved, fmt::format("{}_npi", role.prefix),
               fmt::format("{}", static_cast<int>(address.npi)), role.nth);
    }
    const std::string_view digits = address.digits;
    if (digits.empty()) {
        if (role.needed) {
            to.add(rule::address_empty_destination, role.field, std::string(), role.nth);
        }
        return;
    }
    if (!std::all_of(digits.begin(), digits.end(), is_printable)) {
        to.add(rule::address_charset, role.field, to_hex(as_octets(digits)), role.nth);
    }
    if (address.ton == ton::alphanumeric) {
        check_name(to, role, address);
    } else if (address.ton == ton::unknown && is_of_the_internet(address.npi)) {
        return;  // no number
    } else if (std::any_of(digits.begin(), digits.end(), is_letter)) {
        to.add(rule::address_alpha_ton, role.field, std::string(), role.nth);
    } else {
        check_number(to, role, address);
    }
}

void check_addresses(report& to, const submit_multi_view& pdu) {
    if (pdu.dest_address.empty()) {
        to.add(rule::address_empty_destination, "number_of_dests");
    }
    address_role role = destination_role;
    std::size_t lists = 0;
    for (const auto& each : pdu.dest_address) {
        if (each.dest_flag == dest_flag::distribution_list) {
            if (each.dl_name.empty()) {
                to.add(rule::address_empty_destination, "dl_name", std::string(), lists);
            }
            ++lists;
        } else {
            check_address(to, role, each.address);
            ++role.nth;
        }
    }
}

}  // namespace smpp::lint
