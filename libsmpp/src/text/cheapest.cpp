// Chooses how a text travels: in the fewest octets, and with as few of its characters replaced as
// that allows.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "smpp/text/encoding.hpp"
#include "smpp/text/gsm7.hpp"
#include "smpp/text/transliterate.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp {
namespace {

/// Octets over the air, those of the header that names the tables included.
std::size_t air_octets(const encoded_text& of) noexcept {
    const std::size_t elements = (of.tables.locking != gsm7::language::none ? 1U : 0U) +
                                 (of.tables.single != gsm7::language::none ? 1U : 0U);
    const std::size_t header = elements == 0 ? 0 : 1 + 3 * elements;
    return of.alphabet == alphabet::gsm7 ? (of.octets.size() * 7 + 7) / 8 + header
                                         : of.octets.size();
}

std::optional<encoded_text> encoded_in(std::string_view text, alphabet wanted,
                                       const encode_options& options, gsm7::shift tables = {}) {
    auto octets = encode_text(text, wanted, tables);
    if (!octets) {
        return std::nullopt;
    }
    encoded_text out;
    out.alphabet = wanted;
    out.data_coding = data_coding_of(wanted, options.smsc_default);
    out.octets = *std::move(octets);
    out.tables = tables;
    return out;
}

std::optional<encoded_text> in_national_tables(std::string_view text,
                                               const encode_options& options) {
    if (!options.national_tables || options.smsc_default != alphabet::gsm7) {
        return std::nullopt;
    }
    const auto tables = gsm7::find_shift(text);
    return tables ? encoded_in(text, alphabet::gsm7, options, *tables) : std::nullopt;
}

void keep_shorter(encoded_text& best, std::optional<encoded_text> other) {
    if (other && air_octets(*other) < air_octets(best)) {
        best = *std::move(other);
    }
}

/// Some national table has it.
bool is_national(char32_t character) noexcept {
    for (unsigned i = 0; i <= static_cast<unsigned>(gsm7::language::urdu); ++i) {
        const auto language = gsm7::language(i);
        if (gsm7::length(character, {language, language}) != 0) {
            return true;
        }
    }
    return false;
}

/// With characters replaced, and shorter than `whole` for it; the fewest replaced come first.
std::optional<encoded_text> with_replacements(std::string_view text, const encode_options& options,
                                              const encoded_text& whole) {
    const auto shorter = [&whole](const std::optional<encoded_text>& found) {
        return found && air_octets(*found) < air_octets(whole);
    };
    if (auto found = in_national_tables(transliterate_unless(text, is_national), options);
        shorter(found)) {
        return found;
    }
    for (const alphabet each : options.alphabets) {
        if (auto found = encoded_in(transliterate(text, each), each, options); shorter(found)) {
            return found;
        }
    }
    auto found =
        encoded_in(transliterate(text, options.smsc_default), options.smsc_default, options);
    return shorter(found) ? std::move(found) : std::nullopt;
}

}  // namespace

text_result<encoded_text> encode_cheapest(std::string_view text, alphabet smsc_default) {
    encode_options options;
    options.smsc_default = smsc_default;
    return encode_cheapest(text, options);
}

text_result<encoded_text> encode_cheapest(std::string_view text, const encode_options& options) {
    if (auto plain = encoded_in(text, options.smsc_default, options)) {
        return *std::move(plain);
    }
    auto best = encoded_in(text, alphabet::ucs2, options);
    if (!best) {
        return make_text_error(text, *utf8::find_invalid(text), "UTF-8");
    }
    keep_shorter(*best, in_national_tables(text, options));
    for (const alphabet each : options.alphabets) {
        keep_shorter(*best, encoded_in(text, each, options));
    }
    if (options.transliterate && best->alphabet == alphabet::ucs2) {
        if (auto replaced = with_replacements(text, options, *best)) {
            return *std::move(replaced);
        }
    }
    return *std::move(best);
}

}  // namespace smpp
