#include "smpp/octets.hpp"

namespace smpp {
namespace {

constexpr char digits[] = "0123456789abcdef";

int digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

bool is_separator(char c) noexcept {
    return c == ' ' || c == ':' || c == '-' || (c >= '\t' && c <= '\r');
}

}  // namespace

void append_hex(std::string& out, octet_span octets) {
    const std::size_t start = out.size();
    out.resize(start + octets.size() * 2);
    char* to = out.data() + start;
    for (const std::uint8_t octet : octets) {
        *to++ = digits[octet >> 4];
        *to++ = digits[octet & 0x0F];
    }
}

std::string to_hex(octet_span octets) {
    std::string out;
    append_hex(out, octets);
    return out;
}

std::string to_hex(std::string_view octets) { return to_hex(as_octets(octets)); }

std::optional<std::string> from_hex(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 2);
    int high = -1;
    for (const char c : text) {
        if (high < 0 && is_separator(c)) {
            continue;
        }
        const int value = digit_value(c);
        if (value < 0) {
            return std::nullopt;
        }
        if (high < 0) {
            high = value;
        } else {
            out.push_back(static_cast<char>(high << 4 | value));
            high = -1;
        }
    }
    if (high >= 0) {
        return std::nullopt;
    }
    return out;
}

}  // namespace smpp
