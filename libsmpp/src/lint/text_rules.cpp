#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp::lint {
namespace {

bool is_alnum(std::uint8_t c) noexcept {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/// Reads as words when its septets are taken apart.
bool looks_packed(octet_span text) {
    const std::string septets = gsm7::unpack(text);
    std::size_t letters = 0;
    for (const char c : septets) {
        const auto septet = static_cast<std::uint8_t>(c);
        if (is_alnum(septet) || septet == ' ') {
            ++letters;
        } else if (septet < ' ' && septet != '\n' && septet != '\r') {
            return false;
        }
    }
    return septets.size() >= 6 && letters * 10 >= septets.size() * 8;
}

void check_gsm(report& to, const message_part& part) {
    const bool eighth_bit = std::any_of(part.text.begin(), part.text.end(),
                                        [](std::uint8_t octet) { return octet > 0x7F; });
    if (eighth_bit) {
        const rule which = !utf8::find_invalid(as_text(part.text)) ? rule::text_utf8_as_gsm
                           : looks_packed(part.text)               ? rule::text_packed_septets
                                                                   : rule::text_latin1_as_gsm;
        to.add(which, part.field());
        return;
    }
    for (std::size_t i = 1; i + 1 < part.text.size(); ++i) {
        if (part.text[i] == '@' && is_alnum(part.text[i - 1]) && is_alnum(part.text[i + 1])) {
            to.add(rule::text_ascii_as_gsm, part.field());
            return;
        }
    }
    if (part.text.size() > 1 && part.text.back() == gsm7::escape) {
        to.add(rule::message_split_escape, part.field());
    }
}

constexpr bool is_high(std::uint16_t unit) noexcept { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low(std::uint16_t unit) noexcept { return unit >= 0xDC00 && unit < 0xE000; }

/// Whether the octets are 8-bit text rather than UCS-2: no zero octet, and ASCII or UTF-8.
bool looks_like_8_bit(octet_span text) {
    const bool zero = std::find(text.begin(), text.end(), 0) != text.end();
    const auto ascii = std::count_if(
        text.begin(), text.end(), [](std::uint8_t octet) { return octet >= ' ' && octet < 0x7F; });
    return text.size() >= 4 && !zero && !utf8::find_invalid(as_text(text)) &&
           static_cast<std::size_t>(ascii) * 4 >= text.size() * 3;
}

bool looks_little_endian(octet_span text) {
    std::size_t zero_first = 0;
    std::size_t zero_second = 0;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        zero_first += text[i] == 0;
        zero_second += text[i + 1] == 0;
    }
    return zero_second > zero_first && zero_second * 4 >= text.size();
}

void check_surrogates(report& to, const message_part& part) {
    const std::size_t units = part.text.size() / 2;
    const auto unit = [&](std::size_t i) {
        return load_be<std::uint16_t>(part.text.data() + 2 * i);
    };
    for (std::size_t i = 0; i < units; ++i) {
        if (is_high(unit(i)) && i + 1 < units && is_low(unit(i + 1))) {
            ++i;
        } else if (is_high(unit(i)) || is_low(unit(i))) {
            const bool at_a_cut =
                (i == 0 && is_low(unit(i))) || (i + 1 == units && is_high(unit(i)));
            const bool is_part = udh::find_concat(part.header).has_value();
            to.add(
                at_a_cut && is_part ? rule::message_split_surrogate : rule::text_unpaired_surrogate,
                part.field());
            return;
        }
    }
}

void check_ucs2(report& to, const message_part& part) {
    if (looks_like_8_bit(part.text)) {
        to.add(rule::text_utf8_as_ucs2, part.field());
        return;
    }
    if (part.text.size() % 2 != 0) {
        to.add(rule::text_odd_octets, part.field(), fmt::format("{} octets", part.text.size()));
        return;
    }
    decode_notes notes;
    const std::string text = decode_text(part.text, alphabet::ucs2, &notes);
    if (notes.little_endian || looks_little_endian(part.text)) {
        to.add(rule::text_little_endian, part.field());
        return;
    }
    if (notes.byte_order_mark) {
        to.add(rule::text_byte_order_mark, part.field());
    }
    check_surrogates(to, part);
    if (!text.empty() && to.wanted().smsc_default == alphabet::gsm7 &&
        encode_text(text, alphabet::gsm7).has_value()) {
        to.add(rule::text_could_be_gsm, part.field());
    }
}

bool is_control(char c) noexcept {
    const auto octet = static_cast<std::uint8_t>(c);
    return (octet < ' ' && c != '\n' && c != '\r' && c != '\f' && c != '\t') || octet == 0x7F;
}

}  // namespace

void check_text(report& to, const message_part& part) {
    if (part.text.empty()) {
        return;
    }
    if (part.alphabet == alphabet::gsm7) {
        check_gsm(to, part);
    } else if (part.alphabet == alphabet::ucs2) {
        check_ucs2(to, part);
    }
    if (part.alphabet != alphabet::octets) {
        const std::string text = decode_text(part.text, part.alphabet);
        if (std::any_of(text.begin(), text.end(), is_control)) {
            to.add(rule::text_control_characters, part.field());
        }
    }
}

}  // namespace smpp::lint
