// Packing, and the choice of national tables.
#include <array>

#include "smpp/text/gsm7.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp::gsm7 {
namespace {

constexpr std::array<std::string_view, 14> names{
    "none",    "turkish",   "spanish", "portuguese", "bengali", "gujarati", "hindi",
    "kannada", "malayalam", "oriya",   "punjabi",    "tamil",   "telugu",   "urdu"};

// Septets of the text and of the header that names the tables; empty when a character is in neither
// table.
std::optional<std::size_t> cost(std::string_view text, shift tables) noexcept {
    std::size_t header = 0;
    header += tables.locking != language::none ? 3 : 0;
    header += tables.single != language::none ? 3 : 0;
    std::size_t septets = header == 0 ? 0 : ((header + 1) * 8 + 6) / 7;
    for (std::size_t at = 0; at < text.size();) {
        const auto [character, size] = utf8::next(text, at);
        const std::size_t each = length(character, tables);
        if (each == 0) {
            return std::nullopt;
        }
        septets += each;
        at += size;
    }
    return septets;
}

}  // namespace

std::string_view name(language value) noexcept {
    const auto index = static_cast<std::size_t>(value);
    return index < names.size() ? names[index] : std::string_view{};
}

std::optional<language> language_named(std::string_view wanted) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == wanted) {
            return language(i);
        }
    }
    return std::nullopt;
}

std::optional<shift> find_shift(std::string_view text) {
    if (cost(text, {})) {
        return shift{};
    }
    std::optional<shift> best;
    std::size_t lowest = 0;
    const auto consider = [&](shift tables) {
        const auto septets = cost(text, tables);
        if (septets && (!best || *septets < lowest)) {
            best = tables;
            lowest = *septets;
        }
    };
    for (std::size_t i = 1; i < names.size(); ++i) {
        consider({language::none, language(i)});
        consider({language(i), language::none});
        consider({language(i), language(i)});
    }
    // Two languages in one text: most pairs fail at the first character that is of neither.
    for (std::size_t i = 1; i < names.size(); ++i) {
        for (std::size_t j = 1; j < names.size(); ++j) {
            consider({language(i), language(j)});
        }
    }
    return best;
}

std::string pack(octet_span septets, std::size_t fill) {
    if (septets.empty()) {
        return {};
    }
    const std::size_t bits = fill + septets.size() * 7;
    std::string out((bits + 7) / 8, '\0');
    const auto put = [&out](std::size_t bit, unsigned septet) {
        const unsigned shifted = (septet & 0x7F) << bit % 8;
        const auto merge = [&out](std::size_t octet, unsigned value) {
            out[octet] = static_cast<char>(static_cast<std::uint8_t>(out[octet]) | (value & 0xFF));
        };
        merge(bit / 8, shifted);
        if (shifted > 0xFF) {
            merge(bit / 8 + 1, shifted >> 8);
        }
    };
    for (std::size_t i = 0; i < septets.size(); ++i) {
        put(fill + i * 7, septets[i]);
    }
    if (bits % 8 == 1) {  // seven bits are left over
        put(bits, '\r');
    }
    return out;
}

std::string unpack(octet_span packed, std::size_t fill) {
    const std::size_t bits = packed.size() * 8;
    const std::size_t count = bits < fill ? 0 : (bits - fill) / 7;
    std::string out(count, '\0');
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t bit = fill + i * 7;
        unsigned value = packed[bit / 8];
        if (bit / 8 + 1 < packed.size()) {
            value |= static_cast<unsigned>(packed[bit / 8 + 1]) << 8;
        }
        out[i] = static_cast<char>(value >> bit % 8 & 0x7F);
    }
    if (!out.empty() && out.back() == '\r' && (bits - fill) % 7 == 0) {
        out.pop_back();
    }
    return out;
}

}  // namespace smpp::gsm7
