#include "body.hpp"

#include <algorithm>
#include <charconv>

#include "ascii.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

/// Digits of an escape at `at`; 0 characters taken if there are fewer than `fewest`.
struct escaped_number {
    std::uint32_t value = 0;
    std::size_t size = 0;
};

escaped_number read_number(std::string_view text, std::size_t at, std::size_t fewest,
                           std::size_t most, int base) {
    const auto digits = text.substr(std::min(at, text.size()), most);
    escaped_number out;
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), out.value, base);
    const auto taken = static_cast<std::size_t>(end - digits.data());
    if (failed == std::errc{} && taken >= fewest) {
        out.size = taken;
    }
    return out;
}

constexpr bool is_surrogate(std::uint32_t value) { return value >= 0xD800 && value <= 0xDFFF; }

/// JSON and Java write characters beyond U+FFFF as two \u: joins them. 0 characters taken: the
/// second half is missing.
escaped_number join_surrogates(std::string_view text, std::size_t at, escaped_number high) {
    const bool follows =
        high.value < 0xDC00 && text.substr(std::min(at, text.size())).starts_with("\\u");
    const auto low = follows ? read_number(text, at + 2, 4, 4, 16) : escaped_number{};
    if (low.size == 0 || low.value < 0xDC00 || low.value > 0xDFFF) {
        return {};
    }
    return {0x10000 + ((high.value - 0xD800) << 10) + (low.value - 0xDC00),
            high.size + 2 + low.size};
}

/// Octets of the escape behind the backslash at `at`, written to `out`; 0 if it is none.
std::size_t read_escape(std::string_view text, std::size_t at, std::string& out) {
    constexpr std::string_view letters = "nrtabfv\\'\"";
    constexpr std::string_view meanings = "\n\r\t\a\b\f\v\\'\"";
    const char kind = at < text.size() ? text[at] : '\0';
    if (const auto known = letters.find(kind); kind != '\0' && known != letters.npos) {
        out.push_back(meanings[known]);
        return 1;
    }
    const std::size_t width = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    const bool octal = kind >= '0' && kind <= '7';
    if (width == 0 && !octal) {
        return 0;
    }
    auto number =
        octal ? read_number(text, at, 1, 3, 8) : read_number(text, at + 1, width, width, 16);
    if (kind == 'u' && is_surrogate(number.value)) {
        number = join_surrogates(text, at + 1 + number.size, number);
    }
    if (number.size == 0 || number.value > 0x10FFFF || is_surrogate(number.value)) {
        return 0;
    }
    smpp::utf8::append(out, static_cast<char32_t>(number.value));
    return number.size + (octal ? 0 : 1);
}

std::string_view trim_end(std::string_view text) {
    while (!text.empty() && ascii::is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string to_plain(std::string_view text, text_format format) {
    switch (format) {
        case text_format::html: return html_to_text(text);
        case text_format::markdown: return markdown_to_text(text);
        case text_format::text: break;
    }
    return std::string(text);
}

}  // namespace

std::string interpret_escapes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto taken = text[i] == '\\' ? read_escape(text, i + 1, out) : 0;
        if (taken == 0) {
            out.push_back(text[i]);
        }
        i += taken;
    }
    return out;
}

std::string compose(std::string_view body, std::string_view title, text_format format) {
    const auto text = to_plain(body, format);
    std::string out(ascii::trim(title));
    if (!out.empty() && !trim_end(text).empty()) {
        out += "\r\n";
    }
    return out.append(trim_end(text));
}

}  // namespace notifier
