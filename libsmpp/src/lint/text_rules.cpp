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

/// A bracket and its closing one behind it: letters such as 'ä' and 'ñ', of no one language, to GSM
/// 7-bit.
bool has_pair(std::string_view text, char open, char close) noexcept {
    const auto first = text.find(open);
    return first != std::string_view::npos && text.find(close, first) != std::string_view::npos;
}

/// Characters that ASCII has where GSM 7-bit has ones that nobody writes, there at least.
bool gives_ascii_away(octet_span octets) noexcept {
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const bool in_a_word =
            i > 0 && i + 1 < octets.size() && is_alnum(octets[i - 1]) && is_alnum(octets[i + 1]);
        const bool escaped = i > 0 && octets[i - 1] == gsm7::escape;
        if (octets[i] == '$' || (in_a_word && !escaped && (octets[i] == '@' || octets[i] == '_'))) {
            return true;  // '¤', '¡' or '§'
        }
    }
    const std::string_view text = as_text(octets);
    return has_pair(text, '{', '}') || has_pair(text, '[', ']');
}

/// Whether another part follows.
bool continues(const message_part& part) noexcept {
    const auto place = place_of(part);
    return place && place->number < place->total;
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
    if (udh::find_shift(part.header) == gsm7::shift() && gives_ascii_away(part.text)) {
        to.add(rule::text_ascii_as_gsm, part.field());
    }
    if (continues(part) && part.text.back() == gsm7::escape) {
        to.add(rule::message_split_escape, part.field());
    }
}

constexpr bool is_high(std::uint16_t unit) noexcept { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low(std::uint16_t unit) noexcept { return unit >= 0xDC00 && unit < 0xE000; }

std::uint16_t unit_at(octet_span text, std::size_t i) noexcept {
    return load_be<std::uint16_t>(text.data() + 2 * i);
}

/// Pairs of ASCII characters that are rarely a character of UCS-2: a capital or bracket first (an
/// ideograph of extension A), or a space (a sign of the general punctuation) before a letter.
bool is_unlikely(std::uint16_t unit) noexcept {
    return (unit >= 0x3400 && unit < 0x4DC0) || (unit > 0x2040 && unit < 0x207B);
}

/// Whether the octets are 8-bit text rather than UCS-2. Most ideographs are two octets of ASCII, so
/// that ASCII alone proves nothing of a few characters.
bool looks_like_8_bit(octet_span text) {
    const bool zero = std::find(text.begin(), text.end(), 0) != text.end();
    const auto ascii = static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](std::uint8_t octet) { return octet >= ' ' && octet < 0x7F; }));
    if (text.size() < 4 || zero || utf8::find_invalid(as_text(text)) ||
        ascii * 4 < text.size() * 3) {
        return false;
    }
    bool unlikely = false;
    for (std::size_t i = 0; i < text.size() / 2; ++i) {
        unlikely = unlikely || is_unlikely(unit_at(text, i));
    }
    const bool spaces = std::find(text.begin(), text.end(), ' ') != text.end();
    return text.size() % 2 != 0 || unlikely || (text.size() >= 8 && spaces) || text.size() >= 16;
}

/// Latin letters with their zero behind them. A few characters of UCS-2 end in a zero, too.
bool looks_little_endian(octet_span text) {
    std::size_t zero_first = 0;
    std::size_t zero_second = 0;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        zero_first += text[i] == 0;
        zero_second += text[i + 1] == 0 && text[i] < 0x7F;
    }
    return zero_first == 0 && zero_second >= 3 && zero_second * 4 >= text.size();
}

void check_surrogates(report& to, const message_part& part) {
    const std::size_t units = part.text.size() / 2;
    const auto unit = [&](std::size_t i) { return unit_at(part.text, i); };
    const auto place = place_of(part);
    for (std::size_t i = 0; i < units; ++i) {
        if (is_high(unit(i)) && i + 1 < units && is_low(unit(i + 1))) {
            ++i;
        } else if (is_high(unit(i)) || is_low(unit(i))) {
            const bool cut = place && ((i == 0 && is_low(unit(i)) && place->number > 1) ||
                                       (i + 1 == units && is_high(unit(i)) && continues(part)));
            to.add(cut ? rule::message_split_surrogate : rule::text_unpaired_surrogate,
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
