#include "smpp/text/iso8859.hpp"

#include <array>

#include "smpp/text/utf8.hpp"

namespace smpp::iso8859 {
namespace {

// A run of octets whose characters follow each other. All parts agree on 0x00..0x9F with Unicode.
struct run {
    std::uint8_t first, last;
    char16_t character;
};

constexpr run latin1_runs[] = {{0x80, 0xFF, 0x80}};
constexpr run cyrillic_runs[] = {
    {0x80, 0xA0, 0x80},   {0xA1, 0xAC, 0x401}, {0xAD, 0xAD, 0xAD}, {0xAE, 0xEF, 0x40E},
    {0xF0, 0xF0, 0x2116}, {0xF1, 0xFC, 0x451}, {0xFD, 0xFD, 0xA7}, {0xFE, 0xFF, 0x45E},
};
constexpr run hebrew_runs[] = {
    {0x80, 0xA0, 0x80},   {0xA2, 0xA9, 0xA2},  {0xAA, 0xAA, 0xD7},
    {0xAB, 0xB9, 0xAB},   {0xBA, 0xBA, 0xF7},  {0xBB, 0xBE, 0xBB},
    {0xDF, 0xDF, 0x2017}, {0xE0, 0xFA, 0x5D0}, {0xFD, 0xFE, 0x200E},
};

struct description {
    std::string_view name;
    std::span<const run> runs;
};

constexpr description describe(part alphabet) noexcept {
    switch (alphabet) {
        case part::latin1: return {"Latin-1 (ISO-8859-1)", latin1_runs};
        case part::cyrillic: return {"Cyrillic (ISO-8859-5)", cyrillic_runs};
        case part::hebrew: return {"Hebrew (ISO-8859-8)", hebrew_runs};
        case part::ascii: break;
    }
    return {"ASCII", {}};
}

}  // namespace

text_result<std::string> encode(std::string_view text, part alphabet) {
    const auto [name, runs] = describe(alphabet);
    const auto octet_of = [&runs = runs](char32_t character) -> unsigned {
        for (const run& each : runs) {
            if (character - each.character <= unsigned{each.last} - each.first) {
                return static_cast<unsigned>(character - each.character) + each.first;
            }
        }
        return 0;
    };
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [character, size] = utf8::next(text, at);
        const unsigned octet =
            character < 0x80 ? static_cast<unsigned>(character) : octet_of(character);
        if (octet == 0 && character != 0) {
            return make_text_error(text, at, name);
        }
        out.push_back(static_cast<char>(octet));
        at += size;
    }
    return out;
}

std::string decode(octet_span octets, part alphabet, std::size_t* replaced) {
    const auto runs = describe(alphabet).runs;
    std::string out;
    out.reserve(octets.size());
    std::size_t bad = 0;
    for (const std::uint8_t octet : octets) {
        if (octet < 0x80) {
            out.push_back(static_cast<char>(octet));
            continue;
        }
        char32_t character = utf8::replacement;
        for (const run& each : runs) {
            if (octet >= each.first && octet <= each.last) {
                character = static_cast<char32_t>(each.character + (octet - each.first));
            }
        }
        bad += character == utf8::replacement ? 1 : 0;
        utf8::append(out, character);
    }
    if (replaced != nullptr) {
        *replaced = bad;
    }
    return out;
}

}  // namespace smpp::iso8859
