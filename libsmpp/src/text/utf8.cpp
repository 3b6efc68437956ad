#include "smpp/text/utf8.hpp"

namespace smpp::utf8 {
namespace {

struct form {
    std::uint32_t size;
    char32_t lead_bits;
    char32_t smallest;  // anything below has a shorter form
};

constexpr form form_of(std::uint8_t lead) noexcept {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {2, lead & 0x1FU, 0x80};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {3, lead & 0x0FU, 0x800};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {4, lead & 0x07U, 0x10000};
    }
    return {0, 0, 0};
}

constexpr bool is_scalar(char32_t value) noexcept {
    return value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF);
}

}  // namespace

decoded detail::next_multi(std::string_view text, std::size_t at) noexcept {
    const form shape = form_of(static_cast<std::uint8_t>(text[at]));
    if (shape.size == 0 || text.size() - at < shape.size) {
        return {};
    }
    char32_t value = shape.lead_bits;
    for (std::size_t i = 1; i < shape.size; ++i) {
        const auto octet = static_cast<std::uint8_t>(text[at + i]);
        if ((octet & 0xC0) != 0x80) {
            return {};
        }
        value = value << 6 | (octet & 0x3FU);
    }
    if (value < shape.smallest || !is_scalar(value)) {
        return {};
    }
    return {value, shape.size};
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
