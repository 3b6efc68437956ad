#include "smpp-dump/live/place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "smpp-dump/options.hpp"

namespace smpp_dump {
namespace {

constexpr auto npos = std::string_view::npos;

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned octet = 0;
        if (text[i] == '%' && i + 2 < text.size()) {
            const char* digits = text.data() + i + 1;
            if (std::from_chars(digits, digits + 2, octet, 16).ptr == digits + 2) {
                out += static_cast<char>(octet);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

std::string_view cut(std::string_view& text, std::string_view separators) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(end);
    return first;
}

std::uint16_t port_of(std::string_view text, std::string_view option) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw usage_error(fmt::format("{}: '{}' is no port number", option, text));
    }
    return port;
}

/// host, host:port, [v6], [v6]:port, :port, port
void set_authority(place& to, std::string_view text, std::string_view option) {
    to.port = to.tls ? 3550 : 2775;
    std::string_view port;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == npos || (close + 1 < text.size() && text[close + 1] != ':')) {
            throw usage_error(fmt::format("{}: '{}': the ] is missing", option, text));
        }
        to.host = text.substr(1, close - 1);
        port = text.substr(std::min(close + 2, text.size()));
    } else if (std::count(text.begin(), text.end(), ':') > 1) {
        to.host = text;  // IPv6 without brackets has no port
    } else if (const auto colon = text.find(':'); colon != npos) {
        to.host = text.substr(0, colon);
        port = text.substr(colon + 1);
    } else if (!text.empty() && text.find_first_not_of("0123456789") == npos) {
        port = text;
    } else {
        to.host = text;
    }
    if (!port.empty()) {
        to.port = port_of(port, option);
    }
}

bool is_no(std::string_view value) {
    return value == "no" || value == "false" || value == "0" || value == "off" || value == "n";
}

void set_version(place& to, std::string_view value, std::string_view option) {
    if (value != "3.3" && value != "3.4" && value != "5.0") {
        throw usage_error(fmt::format("{}: version: '{}' is none of 3.3, 3.4, 5.0", option, value));
    }
    to.version = static_cast<std::uint8_t>((value[0] - '0') << 4 | (value[2] - '0'));
}

/// Keys that say nothing about connecting belong to notifier and are left to it.
void set_parameter(place& to, const std::string& key, const std::string& value,
                   std::string_view option) {
    if (key == "user") {
        to.user = value;
    } else if (key == "pass" || key == "password") {
        to.password = value;
    } else if (key == "host") {
        to.host = value;
    } else if (key == "port") {
        to.port = port_of(value, option);
    } else if (key == "system_type") {
        to.system_type = value;
    } else if (key == "verify") {
        to.verify = !is_no(value);
    } else if (key == "ca" || key == "ca_file") {
        to.ca_file = value;
    } else if (key == "interface_version") {
        set_version(to, value, option);
    } else if (key == "bind") {
        if (value != "tx" && value != "rx" && value != "trx" && value != "auto") {
            throw usage_error(fmt::format("{}: bind: '{}' is none of tx, rx, trx", option, value));
        }
        to.bind = value == "auto" ? "tx" : value;
    }
}

void set_query(place& to, std::string_view query, std::string_view option) {
    while (!query.empty()) {
        std::string_view pair = cut(query, "&");
        query.remove_prefix(std::min<std::size_t>(1, query.size()));
        std::string key = decoded(cut(pair, "="));
        std::transform(key.begin(), key.end(), key.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        set_parameter(to, key, decoded(pair.substr(std::min<std::size_t>(1, pair.size()))), option);
    }
}

void set_url(place& to, std::string_view text, std::string_view option) {
    std::string_view authority = cut(text, "/?#");
    if (const auto at = authority.rfind('@'); at != npos) {
        std::string_view user = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        to.user = decoded(cut(user, ":"));
        to.password = decoded(user.substr(std::min<std::size_t>(1, user.size())));
    }
    set_authority(to, authority == "_" ? std::string_view{} : authority, option);
    if (const auto query = text.find('?'); query != npos) {
        std::string_view rest = text.substr(query + 1);
        set_query(to, cut(rest, "#"), option);
    }
}

}  // namespace

place parse_place(std::string_view text, std::string_view option) {
    place made;
    for (const auto& [prefix, tls] : {std::pair<std::string_view, bool>{"smpp://", false},
                                      {"smpps://", true},
                                      {"plain:", false},
                                      {"tls:", true}}) {
        if (text.starts_with(prefix)) {
            made.tls = tls;
            text.remove_prefix(prefix.size());
            if (prefix.ends_with('/')) {
                set_url(made, text, option);
                return made;
            }
            break;
        }
    }
    if (const auto scheme = text.find("://"); scheme != npos) {
        throw usage_error(
            fmt::format("{}: '{}' is neither smpp nor smpps", option, text.substr(0, scheme)));
    }
    if (text.find_first_of("@/?") != npos) {
        throw usage_error(fmt::format("{}: a URL begins with smpp:// or smpps://", option));
    }
    set_authority(made, text, option);
    return made;
}

std::string to_string(const place& where) {
    const bool v6 = where.host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", where.tls ? "smpps" : "smpp", v6 ? "[" : "", where.host,
                       v6 ? "]" : "", where.port);
}

}  // namespace smpp_dump
