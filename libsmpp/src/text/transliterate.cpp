#include "smpp/text/transliterate.hpp"

#include <algorithm>
#include <iterator>

#include "smpp/text/utf8.hpp"

namespace smpp {
namespace {

/// All of `from` are written as `to`.
struct equivalent {
    std::u32string_view from;
    std::string_view to;
};

constexpr equivalent equivalents[] = {
    {U"\u2018\u2019\u201A\u201B\u2032\u2039\u203A\u00B4`", "'"},
    {U"\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB", "\""},
    {U"\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"},
    {U"\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u3000", " "},
    {U"\u00AD\u200B\u2060\uFEFF", ""},
    {U"\u2026", "..."},
    {U"\u2022", "*"},
    {U"\u00B7", "."},
    {U"\u00D7", "x"},
    {U"\u00A9", "(c)"},
    {U"\u00AE", "(R)"},
    {U"\u2122", "TM"},
    {U"ÀÁÂÃĀĂĄ", "A"},
    {U"áâãāăą", "a"},
    {U"ĆČĊ", "C"},
    {U"çćčċ", "c"},
    {U"ĎĐ", "D"},
    {U"ďđ", "d"},
    {U"ÈÊËĒĖĘĚ", "E"},
    {U"êëēėęě", "e"},
    {U"ĞĠĢ", "G"},
    {U"ğġģ", "g"},
    {U"ÌÍÎÏĪĮİ", "I"},
    {U"íîïīįı", "i"},
    {U"Ķ", "K"},
    {U"ķ", "k"},
    {U"ĹĻĽŁ", "L"},
    {U"ĺļľł", "l"},
    {U"ŃŅŇ", "N"},
    {U"ńņň", "n"},
    {U"ÒÓÔÕŌŐ", "O"},
    {U"óôõōő", "o"},
    {U"Œ", "OE"},
    {U"œ", "oe"},
    {U"ŔŘ", "R"},
    {U"ŕř", "r"},
    {U"ŚŞŠȘ", "S"},
    {U"śşšș", "s"},
    {U"ŢŤȚ", "T"},
    {U"ţťț", "t"},
    {U"ÙÚÛŪŮŰŲ", "U"},
    {U"úûūůűų", "u"},
    {U"ÝŸ", "Y"},
    {U"ýÿ", "y"},
    {U"ŹŻŽ", "Z"},
    {U"źżž", "z"},
};

const equivalent* find_equivalent(char32_t character) noexcept {
    const auto* const found =
        std::find_if(std::begin(equivalents), std::end(equivalents), [&](const equivalent& each) {
            return each.from.find(character) != std::u32string_view::npos;
        });
    return found == std::end(equivalents) ? nullptr : found;
}

/// `keep` is asked about characters that have an equivalent, by their code point and their octets.
template <class Keep>
std::string replaced(std::string_view text, Keep keep) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [character, size] = smpp::utf8::next(text, at);
        const std::string_view octets = text.substr(at, size);
        const equivalent* const found = find_equivalent(character);
        out.append(found == nullptr || keep(character, octets) ? octets : found->to);
        at += size;
    }
    return out;
}

}  // namespace

std::string transliterate(std::string_view text) {
    return replaced(text, [](char32_t, std::string_view) { return false; });
}

std::string transliterate(std::string_view text, alphabet target) {
    return replaced(text, [target](char32_t, std::string_view octets) {
        return encode_text(octets, target).has_value();
    });
}

std::string transliterate_unless(std::string_view text, bool (*keep)(char32_t)) {
    return replaced(text, [keep](char32_t character, std::string_view) { return keep(character); });
}

}  // namespace smpp
