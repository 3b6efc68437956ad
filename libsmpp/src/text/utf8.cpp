#include "smpp/text/utf8.hpp"

namespace smpp::utf8 {
namespace {

constexpr bool is_continuation(std::uint32_t octet) noexcept { return (octet & 0xC0) == 0x80; }

constexpr bool is_scalar(char32_t value) noexcept {
    return value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF);
}

}  // namespace

decoded detail::next_long(std::string_view text, std::size_t at) noexcept {
    const std::size_t left = text.size() - at;
    const auto octet = [&](std::size_t i) -> std::uint32_t {
        return static_cast<std::uint8_t>(text[at + i]);
    };
    const std::uint32_t lead = octet(0);
    if (lead < 0xE0 || lead > 0xF4 || left < 3 || !is_continuation(octet(1)) ||
        !is_continuation(octet(2))) {
        return {};
    }
    if (lead < 0xF0) {
        const char32_t value = (lead & 0x0F) << 12 | (octet(1) & 0x3F) << 6 | (octet(2) & 0x3F);
        return value >= 0x800 && is_scalar(value) ? decoded{value, 3} : decoded{};
    }
    if (left < 4 || !is_continuation(octet(3))) {
        return {};
    }
    const char32_t value =
        (lead & 0x07) << 18 | (octet(1) & 0x3F) << 12 | (octet(2) & 0x3F) << 6 | (octet(3) & 0x3F);
    return value >= 0x10000 && is_scalar(value) ? decoded{value, 4} : decoded{};
}

char* put(char* to, char32_t code_point) noexcept {
    if (!is_scalar(code_point)) {
        code_point = replacement;
    }
    const auto octet = [&to](char32_t value) { *to++ = static_cast<char>(value); };
    if (code_point < 0x80) {
        octet(code_point);
    } else if (code_point < 0x800) {
        octet(0xC0 | code_point >> 6);
        octet(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        octet(0xE0 | code_point >> 12);
        octet(0x80 | (code_point >> 6 & 0x3F));
        octet(0x80 | (code_point & 0x3F));
    } else {
        octet(0xF0 | code_point >> 18);
        octet(0x80 | (code_point >> 12 & 0x3F));
        octet(0x80 | (code_point >> 6 & 0x3F));
        octet(0x80 | (code_point & 0x3F));
    }
    return to;
}

void append(std::string& out, char32_t code_point) {
    char octets[4];
    out.append(octets, put(octets, code_point));
}

std::optional<std::size_t> find_invalid(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const auto [code_point, size] = next(text, at);
        if (code_point == invalid) {
            return at;
        }
        at += size;
    }
    return std::nullopt;
}

std::size_t count(std::string_view text) noexcept {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++characters) {
        at += next(text, at).size;
    }
    return characters;
}

std::string repair(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [code_point, size] = next(text, at);
        append(out, code_point);
        at += size;
    }
    return out;
}

}  // namespace smpp::utf8
