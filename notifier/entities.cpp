#include "entities.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

constexpr auto npos = std::string_view::npos;

/// Sorted by name: those of HTML 4, and some that notifications have. Characters that only shape
/// a page are blanks or nothing.
constexpr std::pair<std::string_view, std::string_view> named[] = {
    // clang-format off
    {"AElig", "Æ"}, {"Aacute", "Á"}, {"Acirc", "Â"}, {"Agrave", "À"}, {"Alpha", "Α"},
    {"Aring", "Å"}, {"Atilde", "Ã"}, {"Auml", "Ä"}, {"Beta", "Β"}, {"Ccedil", "Ç"}, {"Chi", "Χ"},
    {"Dagger", "‡"}, {"Delta", "Δ"}, {"ETH", "Ð"}, {"Eacute", "É"}, {"Ecirc", "Ê"},
    {"Egrave", "È"}, {"Epsilon", "Ε"}, {"Eta", "Η"}, {"Euml", "Ë"}, {"Gamma", "Γ"},
    {"Iacute", "Í"}, {"Icirc", "Î"}, {"Igrave", "Ì"}, {"Iota", "Ι"}, {"Iuml", "Ï"}, {"Kappa", "Κ"},
    {"Lambda", "Λ"}, {"Mu", "Μ"}, {"Ntilde", "Ñ"}, {"Nu", "Ν"}, {"OElig", "Œ"}, {"Oacute", "Ó"},
    {"Ocirc", "Ô"}, {"Ograve", "Ò"}, {"Omega", "Ω"}, {"Omicron", "Ο"}, {"Oslash", "Ø"},
    {"Otilde", "Õ"}, {"Ouml", "Ö"}, {"Phi", "Φ"}, {"Pi", "Π"}, {"Prime", "″"}, {"Psi", "Ψ"},
    {"Rho", "Ρ"}, {"Scaron", "Š"}, {"Sigma", "Σ"}, {"THORN", "Þ"}, {"Tau", "Τ"}, {"Theta", "Θ"},
    {"Uacute", "Ú"}, {"Ucirc", "Û"}, {"Ugrave", "Ù"}, {"Upsilon", "Υ"}, {"Uuml", "Ü"}, {"Xi", "Ξ"},
    {"Yacute", "Ý"}, {"Yuml", "Ÿ"}, {"Zeta", "Ζ"}, {"aacute", "á"}, {"acirc", "â"}, {"acute", "´"},
    {"aelig", "æ"}, {"agrave", "à"}, {"alefsym", "ℵ"}, {"alpha", "α"}, {"amp", "&"}, {"and", "∧"},
    {"ang", "∠"}, {"apos", "'"}, {"aring", "å"}, {"asymp", "≈"}, {"atilde", "ã"}, {"auml", "ä"},
    {"bdquo", "„"}, {"beta", "β"}, {"brvbar", "¦"}, {"bull", "•"}, {"cap", "∩"}, {"ccedil", "ç"},
    {"cedil", "¸"}, {"cent", "¢"}, {"check", "✓"}, {"chi", "χ"}, {"circ", "ˆ"}, {"clubs", "♣"},
    {"cong", "≅"}, {"copy", "©"}, {"crarr", "↵"}, {"cross", "✗"}, {"cup", "∪"}, {"curren", "¤"},
    {"dArr", "⇓"}, {"dagger", "†"}, {"darr", "↓"}, {"deg", "°"}, {"delta", "δ"}, {"diams", "♦"},
    {"divide", "÷"}, {"eacute", "é"}, {"ecirc", "ê"}, {"egrave", "è"}, {"empty", "∅"},
    {"emsp", " "}, {"ensp", " "}, {"epsilon", "ε"}, {"equiv", "≡"}, {"eta", "η"}, {"eth", "ð"},
    {"euml", "ë"}, {"euro", "€"}, {"exist", "∃"}, {"fnof", "ƒ"}, {"forall", "∀"}, {"frac12", "½"},
    {"frac14", "¼"}, {"frac34", "¾"}, {"frasl", "⁄"}, {"gamma", "γ"}, {"ge", "≥"}, {"gt", ">"},
    {"hArr", "⇔"}, {"harr", "↔"}, {"hearts", "♥"}, {"hellip", "..."}, {"iacute", "í"},
    {"icirc", "î"}, {"iexcl", "¡"}, {"igrave", "ì"}, {"image", "ℑ"}, {"infin", "∞"}, {"int", "∫"},
    {"iota", "ι"}, {"iquest", "¿"}, {"isin", "∈"}, {"iuml", "ï"}, {"kappa", "κ"}, {"lArr", "⇐"},
    {"lambda", "λ"}, {"lang", "〈"}, {"laquo", "«"}, {"larr", "←"}, {"lceil", "⌈"}, {"ldquo", "“"},
    {"le", "≤"}, {"lfloor", "⌊"}, {"lowast", "∗"}, {"loz", "◊"}, {"lrm", ""}, {"lsaquo", "‹"},
    {"lsquo", "‘"}, {"lt", "<"}, {"macr", "¯"}, {"mdash", "—"}, {"micro", "µ"}, {"middot", "·"},
    {"minus", "−"}, {"mu", "μ"}, {"nabla", "∇"}, {"nbsp", " "}, {"ndash", "–"}, {"ne", "≠"},
    {"ni", "∋"}, {"not", "¬"}, {"notin", "∉"}, {"nsub", "⊄"}, {"ntilde", "ñ"}, {"nu", "ν"},
    {"oacute", "ó"}, {"ocirc", "ô"}, {"oelig", "œ"}, {"ograve", "ò"}, {"oline", "‾"},
    {"omega", "ω"}, {"omicron", "ο"}, {"oplus", "⊕"}, {"or", "∨"}, {"ordf", "ª"}, {"ordm", "º"},
    {"oslash", "ø"}, {"otilde", "õ"}, {"otimes", "⊗"}, {"ouml", "ö"}, {"para", "¶"}, {"part", "∂"},
    {"permil", "‰"}, {"perp", "⊥"}, {"phi", "φ"}, {"phone", "☎"}, {"pi", "π"}, {"piv", "ϖ"},
    {"plusmn", "±"}, {"pound", "£"}, {"prime", "′"}, {"prod", "∏"}, {"prop", "∝"}, {"psi", "ψ"},
    {"quot", "\""}, {"rArr", "⇒"}, {"radic", "√"}, {"rang", "〉"}, {"raquo", "»"}, {"rarr", "→"},
    {"rceil", "⌉"}, {"rdquo", "”"}, {"real", "ℜ"}, {"reg", "®"}, {"rfloor", "⌋"}, {"rho", "ρ"},
    {"rlm", ""}, {"rsaquo", "›"}, {"rsquo", "’"}, {"sbquo", "‚"}, {"scaron", "š"}, {"sdot", "⋅"},
    {"sect", "§"}, {"shy", ""}, {"sigma", "σ"}, {"sigmaf", "ς"}, {"sim", "∼"}, {"spades", "♠"},
    {"star", "☆"}, {"starf", "★"}, {"sub", "⊂"}, {"sube", "⊆"}, {"sum", "∑"}, {"sup", "⊃"},
    {"sup1", "¹"}, {"sup2", "²"}, {"sup3", "³"}, {"supe", "⊇"}, {"szlig", "ß"}, {"tau", "τ"},
    {"there4", "∴"}, {"theta", "θ"}, {"thetasym", "ϑ"}, {"thinsp", " "}, {"thorn", "þ"},
    {"tilde", "˜"}, {"times", "×"}, {"trade", "™"}, {"uArr", "⇑"}, {"uacute", "ú"}, {"uarr", "↑"},
    {"ucirc", "û"}, {"ugrave", "ù"}, {"uml", "¨"}, {"upsih", "ϒ"}, {"upsilon", "υ"}, {"uuml", "ü"},
    {"weierp", "℘"}, {"xi", "ξ"}, {"yacute", "ý"}, {"yen", "¥"}, {"yuml", "ÿ"}, {"zeta", "ζ"},
    {"zwj", ""}, {"zwnj", ""}
    // clang-format on
};

std::size_t longest_name() {
    std::size_t out = 0;
    for (const auto& [name, text] : named) {
        out = std::max(out, name.size());
    }
    return out;
}

bool read_number(std::string_view name, std::string& out) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const auto digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [last, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (failed != std::errc{} || last != digits.data() + digits.size()) {
        return false;
    }
    smpp::utf8::append(out, static_cast<char32_t>(code));
    return true;
}

}  // namespace

std::size_t read_entity(std::string_view text, std::string& out) {
    static const auto longest = std::max(longest_name(), std::size_t{10});
    const auto end = text.substr(0, longest + 2).find(';');
    if (!text.starts_with('&') || end == npos || end < 2) {
        return 0;
    }
    const auto name = text.substr(1, end - 1);
    if (name.front() == '#') {
        return read_number(name, out) ? end + 1 : 0;
    }
    const auto by_name = [](const auto& each, std::string_view wanted) {
        return each.first < wanted;
    };
    const auto* const found = std::lower_bound(std::begin(named), std::end(named), name, by_name);
    if (found == std::end(named) || found->first != name) {
        return 0;
    }
    out.append(found->second);
    return end + 1;
}

std::string without_entities(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto taken = read_entity(text, out);
        if (taken == 0) {
            out.push_back(text.front());
        }
        text.remove_prefix(std::max(taken, std::size_t{1}));
    }
    return out;
}

}  // namespace notifier
