#include "smpp/text/gsm7.hpp"

#include <algorithm>
#include <array>

#include "smpp/text/utf8.hpp"
#include "text/gsm7_tables.hpp"

namespace smpp::gsm7 {
namespace {

using tables::languages;

// In tables of octets this bit means: not one octet for one octet, look closer.
constexpr std::uint8_t special = 0x80;

using octet_table = std::array<std::uint8_t, 256>;

// A table both ways: by septet, and sorted by character.
struct two_way {
    struct code {
        char16_t character = tables::none;
        std::uint8_t septet = 0;
    };
    std::array<char16_t, 128> to_character{};
    std::array<code, 128> codes{};
    std::size_t size = 0;

    [[nodiscard]] const code* find(char32_t character) const noexcept {
        const code* end = codes.data() + size;
        const code* at =
            std::lower_bound(codes.data(), end, character,
                             [](const code& a, char32_t c) { return a.character < c; });
        return at != end && at->character == character ? at : nullptr;
    }
};

constexpr two_way both_ways(const std::array<char16_t, 128>& to_character) {
    two_way out{to_character, {}, 0};
    for (std::uint8_t septet = 0; septet < 128; ++septet) {
        if (septet != escape && to_character[septet] != tables::none) {
            out.codes[out.size++] = {to_character[septet], septet};
        }
    }
    // Of a character with two septets the lower one comes first and is found.
    std::sort(out.codes.begin(), out.codes.begin() + out.size,
              [](const two_way::code& a, const two_way::code& b) {
                  return a.character != b.character ? a.character < b.character
                                                    : a.septet < b.septet;
              });
    return out;
}

struct locking_table {
    two_way codes;
    octet_table plain_to_septet;  // by characters below 0x80
    octet_table septet_to_plain;
};

constexpr auto locking_tables = [] {
    std::array<locking_table, languages> out{};
    for (std::size_t i = 0; i < languages; ++i) {
        std::array<char16_t, 128> characters{};
        std::copy(tables::locking[i].begin(), tables::locking[i].end(), characters.begin());
        out[i].codes = both_ways(characters);
        out[i].plain_to_septet.fill(special);
        out[i].septet_to_plain.fill(special);
        for (std::uint8_t septet = 0; septet < 128; ++septet) {
            if (septet != escape && characters[septet] < 0x80) {
                out[i].plain_to_septet[characters[septet]] = septet;
                out[i].septet_to_plain[septet] = static_cast<std::uint8_t>(characters[septet]);
            }
        }
    }
    return out;
}();

constexpr auto single_tables = [] {
    std::array<two_way, languages> out{};
    for (std::size_t i = 0; i < languages; ++i) {
        std::array<char16_t, 128> characters{};
        characters.fill(tables::none);
        const auto put = [&characters](std::span<const tables::run> runs) {
            for (const tables::run& each : runs) {
                std::copy(each.characters.begin(), each.characters.end(),
                          characters.begin() + each.first);
            }
        };
        for (const auto& [septet, character] : default_extension) {
            characters[septet] = character;
        }
        if (i >= static_cast<std::size_t>(language::bengali)) {
            put(tables::latin_extension);
        }
        put(tables::single[i]);
        out[i] = both_ways(characters);
    }
    return out;
}();

std::size_t index_of(language value) noexcept {
    const auto index = static_cast<std::size_t>(value);
    return index < languages ? index : 0;
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

text_result<std::string> encode(std::string_view text, shift tables) {
    const locking_table& locking = locking_tables[index_of(tables.locking)];
    const two_way& single = single_tables[index_of(tables.single)];
    std::string out(text.size() * 2,
                    '\0');  // at worst each octet is a character of the extension table
    char* to = out.data();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t plain =
            translate_plain(text.data() + at, text.size() - at, to, locking.plain_to_septet);
        to += plain;
        at += plain;
        if (at == text.size()) {
            break;
        }
        const auto [character, size] = utf8::next(text, at);
        if (const auto* found = locking.codes.find(character)) {
            *to++ = static_cast<char>(found->septet);
        } else if (const auto* extended = single.find(character)) {
            *to++ = static_cast<char>(escape);
            *to++ = static_cast<char>(extended->septet);
        } else {
            return make_text_error(text, at, "GSM 7-bit");
        }
        at += size;
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return out;
}

std::string decode(octet_span septets, shift tables, std::size_t* replaced) {
    const locking_table& locking = locking_tables[index_of(tables.locking)];
    const two_way& single = single_tables[index_of(tables.single)];
    const std::string_view from = as_text(septets);
    std::string out(from.size() * 3,
                    '\0');  // a character of the BMP is at most three octets of UTF-8
    char* to = out.data();
    std::size_t bad = 0;
    for (std::size_t at = 0; at < from.size(); ++at) {
        const std::size_t plain =
            translate_plain(from.data() + at, from.size() - at, to, locking.septet_to_plain);
        to += plain;
        at += plain;
        if (at == from.size()) {
            break;
        }
        const auto septet = static_cast<std::uint8_t>(from[at]);
        if (septet != escape) {
            const bool known = septet < 0x80 && locking.codes.to_character[septet] != tables::none;
            to = utf8::put(to, known ? locking.codes.to_character[septet] : utf8::replacement);
            bad += known ? 0 : 1;
        } else if (at + 1 == from.size()) {
            *to++ = ' ';
        } else if (const auto next = static_cast<std::uint8_t>(from[at + 1]); next == escape) {
            *to++ = ' ';
            ++at;
        } else if (next < 0x80 && single.to_character[next] != tables::none) {
            to = utf8::put(to, single.to_character[next]);
            ++at;
        }
        // Otherwise the escape is dropped, and the next round shows its septet from the locking
        // table.
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    if (replaced != nullptr) {
        *replaced = bad;
    }
    return out;
}

std::size_t length(char32_t character, shift tables) noexcept {
    if (locking_tables[index_of(tables.locking)].codes.find(character) != nullptr) {
        return 1;
    }
    return single_tables[index_of(tables.single)].find(character) != nullptr ? 2 : 0;
}

}  // namespace smpp::gsm7
