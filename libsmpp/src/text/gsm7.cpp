#include "smpp/text/gsm7.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "smpp/text/utf8.hpp"

namespace smpp::gsm7 {
namespace {

// In every table of octets below this bit means: not one octet for one octet, look closer.
constexpr std::uint8_t special = 0x80;

using octet_table = std::array<std::uint8_t, 256>;

struct code {
    char16_t character;
    std::uint8_t septet;
    bool extended;
};

constexpr std::size_t code_count = default_alphabet.size() - 1 + std::size(default_extension);

// Both tables the other way round, sorted by character.
constexpr auto codes = [] {
    std::array<code, code_count> out{};
    std::size_t n = 0;
    for (std::uint8_t septet = 0; septet < default_alphabet.size(); ++septet) {
        if (septet != escape) {
            out[n++] = {default_alphabet[septet], septet, false};
        }
    }
    for (const auto& [septet, character] : default_extension) {
        out[n++] = {character, septet, true};
    }
    std::sort(out.begin(), out.end(),
              [](const code& a, const code& b) { return a.character < b.character; });
    return out;
}();

// Character below 0x80 to septet.
constexpr octet_table plain_to_septet = [] {
    octet_table out{};
    out.fill(special);
    for (const code& each : codes) {
        if (each.character < 0x80 && !each.extended) {
            out[each.character] = each.septet;
        }
    }
    return out;
}();

// Septet to character below 0x80.
constexpr octet_table septet_to_plain = [] {
    octet_table out{};
    out.fill(special);
    for (const code& each : codes) {
        if (each.character < 0x80 && !each.extended) {
            out[each.septet] = static_cast<std::uint8_t>(each.character);
        }
    }
    return out;
}();

constexpr auto septet_to_extension = [] {
    std::array<char16_t, 128> out{};
    for (const auto& [septet, character] : default_extension) {
        out[septet] = character;
    }
    return out;
}();

const code* find(char32_t character) noexcept {
    const auto* at = std::lower_bound(codes.begin(), codes.end(), character,
                                      [](const code& a, char32_t c) { return a.character < c; });
    return at != codes.end() && at->character == character ? at : nullptr;
}

// Translates octets one for one up to the first special one; returns how many. Most texts are plain
// from end to end, so eight are translated before one test of all their special bits.
std::size_t translate_plain(const char* from, std::size_t size, char* to,
                            const octet_table& table) noexcept {
    const auto translate = [&](std::size_t i) {
        const std::uint8_t octet = table[static_cast<std::uint8_t>(from[i])];
        to[i] = static_cast<char>(octet);
        return octet;
    };
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        unsigned bits = 0;
        for (std::size_t k = 0; k < 8; ++k) {
            bits |= translate(i + k);
        }
        if ((bits & special) != 0) {
            break;
        }
    }
    while (i < size && (translate(i) & special) == 0) {
        ++i;
    }
    return i;
}

}  // namespace

text_result<std::string> encode(std::string_view text) {
    std::string out(text.size() * 2,
                    '\0');  // at worst each octet is a character of the extension table
    char* to = out.data();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t plain =
            translate_plain(text.data() + at, text.size() - at, to, plain_to_septet);
        to += plain;
        at += plain;
        if (at == text.size()) {
            break;
        }
        const auto [character, size] = utf8::next(text, at);
        const code* found = find(character);
        if (found == nullptr) {
            return make_text_error(text, at, "GSM 7-bit");
        }
        if (found->extended) {
            *to++ = static_cast<char>(escape);
        }
        *to++ = static_cast<char>(found->septet);
        at += size;
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return out;
}

std::string decode(octet_span septets, std::size_t* replaced) {
    const std::string_view from = as_text(septets);
    std::string out(from.size() * 3,
                    '\0');  // a character of the BMP is at most three octets of UTF-8
    char* to = out.data();
    std::size_t bad = 0;
    for (std::size_t at = 0; at < from.size(); ++at) {
        const std::size_t plain =
            translate_plain(from.data() + at, from.size() - at, to, septet_to_plain);
        to += plain;
        at += plain;
        if (at == from.size()) {
            break;
        }
        const auto septet = static_cast<std::uint8_t>(from[at]);
        if (septet > 0x7F) {
            to = utf8::put(to, utf8::replacement);
            ++bad;
        } else if (septet != escape) {
            to = utf8::put(to, default_alphabet[septet]);
        } else if (at + 1 == from.size()) {
            *to++ = ' ';
        } else if (const auto next = static_cast<std::uint8_t>(from[at + 1]); next == escape) {
            *to++ = ' ';
            ++at;
        } else if (next <= 0x7F && septet_to_extension[next] != 0) {
            to = utf8::put(to, septet_to_extension[next]);
            ++at;
        }
        // Otherwise the escape is dropped, and the next round shows its septet from the default
        // alphabet.
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    if (replaced != nullptr) {
        *replaced = bad;
    }
    return out;
}

std::size_t length(char32_t character) noexcept {
    const code* found = find(character);
    return found == nullptr ? 0 : found->extended ? 2 : 1;
}

}  // namespace smpp::gsm7
