#include "host.hpp"

#include <arpa/inet.h>
#include <idn2.h>

#include <algorithm>
#include <memory>

#include "ascii.hpp"

namespace notifier {
namespace {

url_error refused(std::string message) { return {"host", std::move(message)}; }

bool is_ipv6(std::string_view text) {
    // A zone (fe80::1%eth0) names an interface; inet_pton does not know it.
    const auto zone = text.find('%');
    if (zone != std::string_view::npos && zone + 1 == text.size()) {
        return false;
    }
    in6_addr ignored{};
    return inet_pton(AF_INET6, std::string(text.substr(0, zone)).c_str(), &ignored) == 1;
}

bool is_label_character(char c) noexcept {
    // The underscore is not a host name's, but compose files and Windows networks use it.
    return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '_';
}

bool is_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), is_label_character);
}

parsed<std::string> check_name(std::string_view name) {
    auto rest = name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
    if (rest.empty() || rest.size() > 253) {
        return refused("a host name has 1 to 253 characters");
    }
    std::string_view label;
    while (true) {
        const auto dot = rest.find('.');
        label = rest.substr(0, dot);
        if (!is_label(label)) {
            return refused(
                "'" + std::string(name) +
                "' is not a host name: its labels have 1 to 63 letters, digits and inner hyphens");
        }
        if (dot == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(dot + 1);
    }
    in_addr ignored{};
    if (std::all_of(label.begin(), label.end(), ascii::is_digit) &&
        inet_pton(AF_INET, std::string(name).c_str(), &ignored) != 1) {
        return refused("'" + std::string(name) + "' is neither an IPv4 address nor a host name");
    }
    return std::string(name);
}

parsed<std::string> to_ace(std::string_view name) {
    char* raw = nullptr;
    const int code =
        idn2_to_ascii_8z(std::string(name).c_str(), &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const std::unique_ptr<char, decltype(&idn2_free)> ace(raw, idn2_free);
    if (code != IDN2_OK) {
        return refused(std::string("not an international host name: ") + idn2_strerror(code));
    }
    return std::string(ace.get());
}

}  // namespace

parsed<std::string> check_host(std::string_view host) {
    if (host.empty()) {
        return refused("no host");
    }
    if (host == "_") {
        return refused("the host _ means that the query has it, but host= is missing");
    }
    if (ascii::has_control(host)) {
        return refused("the host has a control character");
    }
    if (host.front() == '[') {
        if (host.back() != ']' || !is_ipv6(bare_host(host))) {
            return refused("'" + std::string(host) + "' is not an IPv6 address in brackets");
        }
        return std::string(host);
    }
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(host.begin(), host.end(), is_ascii)) {
        return check_name(host);
    }
    auto ace = to_ace(host);
    return ace ? check_name(*ace) : ace;
}

std::string_view bare_host(std::string_view host) noexcept {
    return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

}  // namespace notifier
