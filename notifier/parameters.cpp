#include "parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "ascii.hpp"

namespace notifier {
namespace {

constexpr std::array<std::string_view, 3> bind_names{"auto", "tx", "trx"};
constexpr std::array<std::string_view, 4> receipt_names{"no", "final", "failure", "intermediate"};
constexpr std::array<std::string_view, 3> format_names{"text", "markdown", "html"};
constexpr std::array<std::string_view, 3> overflow_names{"upstream", "split", "truncate"};
constexpr std::array<std::string_view, 4> class_names{"flash", "me", "sim", "te"};

/// What a setter returns when the value is good.
const std::string fine;

template <std::size_t N>
std::optional<std::size_t> position(const std::array<std::string_view, N>& names,
                                    std::string_view value) {
    const auto found = std::find(names.begin(), names.end(), ascii::to_lower(value));
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - names.begin()));
}

/// A whole number, decimal or 0x..., within limits.
std::optional<std::uint32_t> number(std::string_view text, std::uint32_t low, std::uint32_t high) {
    text = ascii::trim(text);
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    const auto digits = hex ? text.substr(2) : text;
    std::uint32_t value = 0;
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    if (failed != std::errc{} || end != digits.data() + digits.size() || value < low ||
        value > high) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> real(std::string_view text) {
    text = ascii::trim(text);
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) ||
        value < 0 || value > 1e9) {
        return std::nullopt;
    }
    return value;
}

std::optional<bool> yes_or_no(std::string_view text) {
    constexpr std::array<std::string_view, 6> yes{"yes", "true", "on", "1", "y", "t"};
    constexpr std::array<std::string_view, 6> no{"no", "false", "off", "0", "n", "f"};
    text = ascii::trim(text);
    return position(yes, text)  ? std::optional(true)
           : position(no, text) ? std::optional(false)
                                : std::nullopt;
}

template <class T>
std::string assign(T& to, const std::optional<std::uint32_t>& value, const char* expected) {
    if (!value) {
        return expected;
    }
    to = static_cast<T>(*value);
    return fine;
}

template <class T>
std::string assign_optional(std::optional<T>& to, const std::optional<std::uint32_t>& value) {
    if (!value) {
        return "it is a number from 0 to 255";
    }
    to = static_cast<T>(*value);
    return fine;
}

template <class E, std::size_t N>
std::string assign_named(E& to, const std::array<std::string_view, N>& names,
                         std::string_view value) {
    const auto found = position(names, value);
    if (!found) {
        std::string list;
        for (const auto name : names) {
            list.append(list.empty() ? "it is one of " : ", ").append(name);
        }
        return list;
    }
    to = static_cast<E>(*found);
    return fine;
}

std::string assign_seconds(seconds& to, std::string_view value) {
    const auto parsed = real(value);
    if (!parsed) {
        return "it is a number of seconds";
    }
    to = seconds{*parsed};
    return fine;
}

/// A time-out of zero would fail at once, which nobody means.
std::string assign_timeout(seconds& to, std::string_view value) {
    const auto parsed = real(value);
    if (!parsed || *parsed <= 0) {
        return "it is a number of seconds above 0";
    }
    to = seconds{*parsed};
    return fine;
}

std::string assign_text(std::string& to, std::string_view value, std::size_t limit) {
    if (value.size() > limit || ascii::has_control(value)) {
        return "it has at most " + std::to_string(limit) + " characters";
    }
    to = value;
    return fine;
}

std::string assign_bool(bool& to, std::string_view value) {
    const auto parsed = yes_or_no(value);
    if (!parsed) {
        return "it is yes or no";
    }
    to = *parsed;
    return fine;
}

std::string assign_alphabet(std::optional<smpp::alphabet>& to, std::string_view value) {
    const auto found = smpp::alphabet_named(ascii::to_lower(value));
    if (!found || *found == smpp::alphabet::octets) {
        return "it is one of auto, gsm7, ascii, latin1, cyrillic, hebrew, ucs2, utf8";
    }
    to = *found;
    return fine;
}

std::string set_encoding(parameters& p, std::string_view value) {
    if (ascii::to_lower(value) == "auto") {
        p.encoding.reset();
        return fine;
    }
    return assign_alphabet(p.encoding, value);
}

std::string set_default_alphabet(parameters& p, std::string_view value) {
    std::optional<smpp::alphabet> found;
    (void)assign_alphabet(found, value);
    if (found != smpp::alphabet::gsm7 && found != smpp::alphabet::latin1 &&
        found != smpp::alphabet::ascii && found != smpp::alphabet::utf8) {
        return "it is one of gsm7, latin1, ascii, utf8";
    }
    p.default_alphabet = *found;
    return fine;
}

std::string set_interface_version(parameters& p, std::string_view value) {
    using enum smpp::interface_version;
    constexpr std::array<std::string_view, 3> names{"3.3", "3.4", "5.0"};
    constexpr std::array versions{v3_3, v3_4, v5_0};
    const auto found = position(names, value);
    if (!found) {
        return "it is one of 3.3, 3.4, 5.0";
    }
    p.interface_version = versions[*found];
    return fine;
}

std::string assign_time(std::optional<message_time>& to, std::string_view value) {
    const auto parsed = parse_message_time(value);
    if (!parsed) {
        return "it is a time such as 2h, 1d12h or 2026-05-01T08:00:00+02:00";
    }
    to = parsed;
    return fine;
}

std::string set_class(parameters& p, std::string_view value) {
    const auto named = position(class_names, value);
    const auto given =
        named ? std::optional(static_cast<std::uint32_t>(*named)) : number(value, 0, 3);
    if (!given) {
        return "it is one of flash, me, sim, te, or 0 to 3";
    }
    p.message_class = static_cast<std::uint8_t>(*given);
    return fine;
}

std::string set_rate(parameters& p, std::string_view value) {
    const auto slash = std::min(value.find('/'), value.size());
    const auto unit = ascii::to_lower(value.substr(slash));
    const double per = unit.empty() || unit == "/s" ? 1
                       : unit == "/m"               ? 60
                       : unit == "/h"               ? 3600
                                                    : 0;
    const auto count = real(value.substr(0, slash));
    if (!count || per == 0) {
        return "it is a number of messages a second, such as 20 or 20/s (also /m, /h)";
    }
    p.rate = *count / per;
    return fine;
}

std::string set_tls_min(parameters& p, std::string_view value) {
    if (value != "1.2" && value != "1.3") {
        return "it is 1.2 or 1.3";
    }
    p.tls_min = value;
    return fine;
}

std::string set_tlv(parameters& p, std::string_view value) {
    constexpr const char* expected =
        "it is TAG:hex:OCTETS or TAG:str:TEXT, such as 0x1400:hex:0a0b";
    const auto first = value.find(':');
    const auto second = first == value.npos ? value.npos : value.find(':', first + 1);
    const auto tag = number(value.substr(0, first), 0, 0xFFFF);
    if (second == value.npos || !tag) {
        return expected;
    }
    const auto kind = ascii::to_lower(value.substr(first + 1, second - first - 1));
    const auto rest = value.substr(second + 1);
    const auto octets = kind == "hex"   ? smpp::from_hex(rest)
                        : kind == "str" ? std::optional(std::string(rest))
                                        : std::nullopt;
    if (!octets || octets->size() > 0xFFFF) {
        return expected;
    }
    p.tlvs.push_back({static_cast<std::uint16_t>(*tag), *octets});
    return fine;
}

std::string set_split(parameters& p, std::string_view value) {
    const auto mode = smpp::split_mode_named(ascii::to_lower(value));
    if (!mode) {
        return "it is one of udh, udh16, sar, payload, none";
    }
    p.split = *mode;
    return fine;
}

std::string set_retry(parameters& p, std::string_view value) {
    return assign(p.retry, number(value, 0, 1'000'000), "it is a number of further attempts");
}

std::string add_tags(parameters& p, std::string_view value) {
    while (!value.empty()) {
        const auto end = std::min(value.find_first_of(", "), value.size());
        if (end > 0) {
            p.tags.emplace_back(value.substr(0, end));
        }
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return fine;
}

std::string no_effect(parameters&, std::string_view) {
    return "it has no effect on an SMS; ignored";
}

using sv = std::string_view;
constexpr const char* octet = "it is a number from 0 to 255";

// One row for each parameter; --help and the documentation follow this order.
constexpr parameter_rule rules[] = {
    {"encoding", "auto|gsm7|ascii|latin1|cyrillic|hebrew|ucs2|utf8", "alphabet of the text",
     set_encoding},
    {"data_coding", "0..255", "data_coding as it goes on the wire",
     [](parameters& p, sv v) { return assign_optional(p.data_coding, number(v, 0, 255)); }},
    {"default_alphabet", "gsm7|latin1|ascii|utf8", "what the SMSC means by data_coding 0",
     set_default_alphabet},
    {"split", "udh|udh16|sar|payload|none", "how long texts are cut", set_split},
    {"bind", "auto|tx|trx", "bind as transmitter or transceiver",
     [](parameters& p, sv v) { return assign_named(p.bind, bind_names, v); }},
    {"system_type", "TEXT", "system_type of the bind",
     [](parameters& p, sv v) { return assign_text(p.system_type, v, 12); }},
    {"service_type", "TEXT", "service_type of the messages",
     [](parameters& p, sv v) { return assign_text(p.service_type, v, 5); }},
    {"interface_version", "3.3|3.4|5.0", "protocol version of the bind", set_interface_version},
    {"receipt", "no|final|failure|intermediate", "delivery receipts to ask for",
     [](parameters& p, sv v) { return assign_named(p.receipt, receipt_names, v); }},
    {"validity", "TIME", "how long the SMSC tries (2h, 1d12h, or ISO 8601)",
     [](parameters& p, sv v) { return assign_time(p.validity, v); }},
    {"schedule", "TIME", "when to deliver (2h, or ISO 8601)",
     [](parameters& p, sv v) { return assign_time(p.schedule, v); }},
    {"class", "flash|me|sim|te|0..3", "message class", set_class},
    {"protocol_id", "0..255", "protocol_id of the messages",
     [](parameters& p, sv v) { return assign(p.protocol_id, number(v, 0, 255), octet); }},
    {"priority", "0..3", "priority_flag of the messages",
     [](parameters& p, sv v) {
         return assign(p.priority, number(v, 0, 3), "it is a number from 0 to 3");
     }},
    {"tlv", "TAG:hex:OCTETS|TAG:str:TEXT", "optional parameter to add (repeatable)", set_tlv, false,
     true},
    {"from_ton", "0..255", "type of number of the sender",
     [](parameters& p, sv v) { return assign_optional(p.from.ton, number(v, 0, 255)); }},
    {"from_npi", "0..255", "numbering plan of the sender",
     [](parameters& p, sv v) { return assign_optional(p.from.npi, number(v, 0, 255)); }},
    {"to_ton", "0..255", "type of number of the recipients",
     [](parameters& p, sv v) { return assign_optional(p.to.ton, number(v, 0, 255)); }},
    {"to_npi", "0..255", "numbering plan of the recipients",
     [](parameters& p, sv v) { return assign_optional(p.to.npi, number(v, 0, 255)); }},
    {"window", "1..10000", "requests in flight",
     [](parameters& p, sv v) {
         return assign(p.window, number(v, 1, 10000), "it is a number from 1 to 10000");
     }},
    {"rate", "N/s", "messages a second at most", set_rate},
    {"cto", "SECONDS", "connect time-out",
     [](parameters& p, sv v) { return assign_timeout(p.connect_timeout, v); }, true},
    {"rto", "SECONDS", "response time-out",
     [](parameters& p, sv v) { return assign_timeout(p.response_timeout, v); }, true},
    {"keepalive", "SECONDS", "silence before an enquire_link, 0 for none",
     [](parameters& p, sv v) { return assign_seconds(p.keepalive, v); }},
    {"retry", "N", "further attempts for what has no positive outcome", set_retry, true},
    {"wait", "SECONDS", "pause before the first of them",
     [](parameters& p, sv v) { return assign_seconds(p.wait, v); }, true},
    {"verify", "yes|no", "check the TLS certificate and its host name",
     [](parameters& p, sv v) { return assign_bool(p.verify, v); }, true},
    {"ca", "FILE", "certificates to trust instead of the system's",
     [](parameters& p, sv v) { return assign_text(p.ca, v, 4096); }},
    {"cert", "FILE", "client certificate (PEM)",
     [](parameters& p, sv v) { return assign_text(p.cert, v, 4096); }},
    {"key", "FILE", "key of the client certificate (PEM)",
     [](parameters& p, sv v) { return assign_text(p.key, v, 4096); }},
    {"servername", "NAME", "name that the certificate must have (and SNI)",
     [](parameters& p, sv v) { return assign_text(p.servername, v, 253); }},
    {"tls_min", "1.2|1.3", "oldest TLS version", set_tls_min},
    {"format", "text|markdown|html", "markup of the body, when -i does not say",
     [](parameters& p, sv v) { return assign_named(p.format, format_names, v); }, true},
    {"overflow", "upstream|split|truncate",
     "texts over 255 parts: refuse, several messages, or cut",
     [](parameters& p, sv v) { return assign_named(p.overflow, overflow_names, v); }, true},
    {"optional", "yes|no", "a failure of this URL does not count",
     [](parameters& p, sv v) { return assign_bool(p.optional, v); }, true},
    {"tag", "NAMES", "tags of the URL", add_tags, false, true},
    {"tags", "NAMES", "the same", add_tags, false, true},
    {"emojis", "yes|no", "for Apprise's sake; no effect", no_effect, true},
    {"redirect", "yes|no", "for Apprise's sake; no effect", no_effect, true},
    {"tz", "ZONE", "for Apprise's sake; no effect", no_effect, true},
};

}  // namespace

std::string_view name(bind_mode mode) noexcept {
    return bind_names[static_cast<std::size_t>(mode)];
}
std::string_view name(receipt_mode mode) noexcept {
    return receipt_names[static_cast<std::size_t>(mode)];
}
std::string_view name(overflow_mode mode) noexcept {
    return overflow_names[static_cast<std::size_t>(mode)];
}
std::string_view name(text_format format) noexcept {
    return format_names[static_cast<std::size_t>(format)];
}

std::span<const parameter_rule> parameter_rules() noexcept { return rules; }

const parameter_rule* find_parameter(std::string_view name) noexcept {
    const auto found = std::find_if(std::begin(rules), std::end(rules),
                                    [&](const auto& rule) { return rule.name == name; });
    return found == std::end(rules) ? nullptr : found;
}

std::optional<url_error> set_parameter(parameters& out, const query_parameter& given,
                                       std::vector<std::string>& warnings) {
    const auto* rule = find_parameter(given.key);
    if (rule == nullptr) {
        warnings.push_back("unknown parameter '" + given.key + "' is ignored");
        return std::nullopt;
    }
    const auto problem = rule->set(out, given.value);
    if (problem.empty()) {
        return std::nullopt;
    }
    auto message =
        rule->set == no_effect ? problem : "'" + given.value + "' is not valid: " + problem;
    if (rule->lenient) {
        warnings.push_back(given.key + ": " + message +
                           (rule->set == no_effect ? "" : "; the default is used"));
        return std::nullopt;
    }
    return url_error{given.key, std::move(message)};
}

}  // namespace notifier
