#include <fmt/format.h>

#include <iterator>
#include <span>

#include "codec/meaning.hpp"
#include "smpp/command_status.hpp"
#include "smpp/network_error.hpp"
#include "smpp/octets.hpp"
#include "smpp/values.hpp"

namespace smpp {
namespace {

using list = std::span<const std::string_view>;

constexpr std::string_view subunits[] = {"unknown", "display", "mobile equipment", "smart card",
                                         "external unit"};
constexpr std::string_view networks[] = {"unknown", "GSM",  "ANSI-136/TDMA", "IS-95/CDMA",    "PDC",
                                         "PHS",     "iDEN", "AMPS",          "paging network"};
constexpr std::string_view bearers[] = {"unknown",     "SMS",         "circuit switched data",
                                        "packet data", "USSD",        "CDPD",
                                        "DataTAC",     "FLEX/ReFLEX", "cell broadcast"};
constexpr std::string_view payloads[] = {"default", "WCMP"};
constexpr std::string_view privacies[] = {"not restricted", "restricted", "confidential", "secret"};
constexpr std::string_view languages[] = {"unspecified", "English", "French",
                                          "Spanish",     "German",  "Portuguese"};
constexpr std::string_view flags[] = {"no", "yes"};
constexpr std::string_view availabilities[] = {"available", "denied", "unavailable"};
constexpr std::string_view failures[] = {"destination unavailable", "destination address invalid",
                                         "permanent network error", "temporary network error"};
constexpr std::string_view replies[] = {"digit",    "number",         "telephone number",
                                        "password", "character line", "menu",
                                        "date",     "time",           "continue"};
constexpr std::string_view displays[] = {"temporary", "default", "invoke"};
constexpr std::string_view alerts[] = {"default", "high priority", "medium priority",
                                       "low priority"};
constexpr std::string_view validities[] = {
    "stored until the message centre drops it", "until the mobile is switched off",
    "until the registration area changes", "until it was shown", "for"};
constexpr std::string_view waits[] = {"voicemail", "fax", "e-mail", "other messages"};
constexpr std::string_view presentations[] = {"may be shown", "restricted", "not available"};
constexpr std::string_view screenings[] = {"not screened", "verified and passed",
                                           "verified and failed", "of the network"};
constexpr std::string_view error_networks[] = {"",
                                               "ANSI-136 access denied",
                                               "IS-95 access denied",
                                               "GSM",
                                               "ANSI-136 cause",
                                               "IS-95 cause",
                                               "ANSI-41",
                                               "SMPP",
                                               "message centre"};
constexpr std::string_view operations[] = {"PSSD indication", "PSSR indication", "USSR request",
                                           "USSN request"};
constexpr std::string_view answers[] = {"PSSD response", "PSSR response", "USSR confirm",
                                        "USSN confirm"};
constexpr std::string_view periods[] = {"seconds", "minutes", "hours", "days",
                                        "weeks",   "months",  "years"};
constexpr std::string_view services[] = {"generic", "GSM", "TDMA", "CDMA"};
constexpr std::string_view channels[] = {"basic channel", "extended channel"};

std::string word(list of, std::size_t value) {
    return value < of.size() ? std::string(of[value]) : std::string();
}

std::string congestion(unsigned value) {
    return value == 0     ? "idle"
           : value < 30   ? "low load"
           : value < 50   ? "medium load"
           : value < 80   ? "high load"
           : value < 90   ? "optimal load"
           : value < 100  ? "nearly congested"
           : value == 100 ? "congested"
                          : "";
}

/// Of TLVs of one octet.
std::string words_for_octet(tlv_tag tag, std::uint8_t value) {
    switch (tag) {
        case tlv_tag::dest_addr_subunit:
        case tlv_tag::source_addr_subunit: return word(subunits, value);
        case tlv_tag::dest_network_type:
        case tlv_tag::source_network_type: return word(networks, value);
        case tlv_tag::dest_bearer_type:
        case tlv_tag::source_bearer_type: return word(bearers, value);
        case tlv_tag::payload_type: return word(payloads, value);
        case tlv_tag::privacy_indicator: return word(privacies, value);
        case tlv_tag::language_indicator: return word(languages, value);
        case tlv_tag::dpf_result:
        case tlv_tag::set_dpf:
        case tlv_tag::more_messages_to_send: return word(flags, value);
        case tlv_tag::ms_availability_status: return word(availabilities, value);
        case tlv_tag::delivery_failure_reason: return word(failures, value);
        case tlv_tag::its_reply_type: return word(replies, value);
        case tlv_tag::display_time: return word(displays, value);
        case tlv_tag::alert_on_message_delivery: return word(alerts, value);
        case tlv_tag::ms_validity: return word(list(validities).first(4), value);
        case tlv_tag::broadcast_channel_indicator: return word(channels, value);
        case tlv_tag::message_state: return std::string(name(message_state(value)));
        case tlv_tag::sc_interface_version: return std::string(name(interface_version(value)));
        case tlv_tag::congestion_state: return congestion(value);
        case tlv_tag::broadcast_area_success:
            return value <= 100 ? fmt::format("{} percent", value) : std::string();
        case tlv_tag::ussd_service_op:
            return value < 16 ? word(operations, value) : word(answers, value - 16U);
        case tlv_tag::ms_msg_wait_facilities:
            return fmt::format("{}: {}", waits[value & 3], (value & 0x80) != 0 ? "on" : "off");
        case tlv_tag::callback_num_pres_ind:
            return fmt::format("{}, {}", word(presentations, value >> 2 & 3),
                               screenings[value & 3]);
        default: return {};
    }
}

/// Digits, or keys as a telephone numbers them: 10 is 0.
std::string callback_number(octet_span octets) {
    if (octets.size() < 3) {
        return {};
    }
    std::string digits;
    for (const std::uint8_t c : octets.subspan(3)) {
        constexpr std::string_view keys = "?1234567890*#";
        const bool key = octets[0] == 0;
        digits += !key ? static_cast<char>(c) : c < keys.size() ? keys[c] : '?';
    }
    const std::string_view kind = name(ton(octets[1]));
    const std::string_view plan = name(npi(octets[2]));
    return fmt::format("{}{}{}{}{}", digits, kind.empty() ? "" : ", ", kind,
                       plan.empty() ? "" : ", ", plan);
}

std::string network_error_words(std::string_view value) {
    const auto error = read_network_error(value);
    if (!error) {
        return {};
    }
    const std::string network = word(error_networks, error->network_type);
    return fmt::format("{}{}error {}", network, network.empty() ? "" : ", ", error->code);
}

std::string subaddress(octet_span octets) {
    if (octets.empty()) {
        return {};
    }
    switch (octets[0]) {
        case 0x80: return "NSAP, even";
        case 0x88: return "NSAP, odd";
        case 0xA0: return "specified by the user";
        default: return {};
    }
}

std::string period(std::size_t unit, unsigned count) {
    const std::string name = word(periods, unit);
    return name.empty() ? name : fmt::format("{} {}", count, name);
}

}  // namespace

std::string words_for_tlv(tlv_tag tag, std::string_view value) {
    const octet_span octets = as_octets(value);
    const auto two_from = [&](std::size_t at) {
        return load_be<std::uint16_t>(octets.data() + at);
    };
    switch (tag) {
        case tlv_tag::callback_num: return callback_number(octets);
        case tlv_tag::network_error_code: return network_error_words(value);
        case tlv_tag::source_subaddress:
        case tlv_tag::dest_subaddress: return subaddress(octets);
        case tlv_tag::broadcast_end_time:
            return words_for_time("", value.substr(0, value.find('\0')));
        default: break;
    }
    if (tag == tlv_tag::its_session_info && octets.size() == 2) {
        return fmt::format("session {}, message {}{}", octets[0], octets[1] >> 1,
                           (octets[1] & 1) != 0 ? ", the last" : "");
    }
    if (tag == tlv_tag::ms_validity && octets.size() == 4 && octets[0] == 4) {
        return fmt::format("{} {}", validities[4], period(octets[1], two_from(2)));
    }
    if (tag == tlv_tag::broadcast_frequency_interval && octets.size() == 3) {
        const std::string every = octets[0] < 8 ? "" : period(octets[0] - 8U, two_from(1));
        return octets[0] == 0 ? "as often as possible" : every.empty() ? every : "every " + every;
    }
    if (tag == tlv_tag::broadcast_content_type && octets.size() == 3) {
        return fmt::format("{} service {}", word(services, octets[0]), two_from(1));
    }
    if (tag == tlv_tag::broadcast_error_status && octets.size() == 4) {
        return std::string(name(command_status(load_be<std::uint32_t>(octets.data()))));
    }
    return octets.size() == 1 ? words_for_octet(tag, octets[0]) : std::string();
}

}  // namespace smpp
