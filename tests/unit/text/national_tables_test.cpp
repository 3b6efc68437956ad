// The national language tables against another transcription of 3GPP TS 23.038
// (tests/data/gsm/README.md).
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "smpp/text/gsm7.hpp"
#include "smpp/text/utf8.hpp"
#include "support/tsv.hpp"

namespace {

namespace gsm7 = smpp::gsm7;
using gsm7::language;

constexpr int languages = 14;
constexpr char32_t none = 0;

using table = std::array<char32_t, 128>;

/// All tables of one kind, by language.
using tables = std::array<table, languages>;

const tables& read(const std::string& kind) {
    static const auto all = [] {
        std::map<std::string, tables> out;
        for (const auto& row : smpp_test::read_tsv("gsm/national_tables.tsv")) {
            const auto of = row.at("language") == "default"
                                ? language::none
                                : gsm7::language_named(row.at("language")).value();
            std::size_t at = std::stoul(row.at("first"), nullptr, 16);
            for (const std::string& cell : smpp_test::split(row.at("characters"), ' ')) {
                out[row.at("table")][static_cast<std::size_t>(of)].at(at++) =
                    cell == "-" ? none : static_cast<char32_t>(std::stoul(cell, nullptr, 16));
            }
        }
        // The standard has no locking shift table for Spanish: the default one stays in force.
        auto& locking = out["locking"];
        locking[static_cast<std::size_t>(language::spanish)] = locking[0];
        return out;
    }();
    return all.at(kind);
}

std::string utf8(char32_t character) {
    std::string out(4, '\0');
    out.resize(static_cast<std::size_t>(smpp::utf8::put(out.data(), character) - out.data()));
    return out;
}

std::string shown(int locking, int single, std::size_t septet) {
    return std::string(gsm7::name(language(locking))) + "/" +
           std::string(gsm7::name(language(single))) + " " + std::to_string(septet);
}

/// What a septet stands for, as the standard tells receivers to read it (6.2.1.1): what the single
/// shift table lacks is shown from the locking one.
std::string expected(const table& locking, const table& single, std::size_t septet, bool escaped) {
    if (escaped && septet == gsm7::escape) {
        return " ";
    }
    const char32_t shifted = escaped ? single[septet] : none;
    const char32_t character = shifted != none ? shifted : locking[septet];
    return utf8(character != none ? character : smpp::utf8::replacement);
}

TEST(national_tables, the_snapshot_is_whole) {
    for (const char* kind : {"locking", "single"}) {
        for (int of = 0; of < languages; ++of) {
            const table& all = read(kind)[static_cast<std::size_t>(of)];
            const auto filled = 128 - std::count(all.begin(), all.end(), none);
            EXPECT_GE(filled, kind == std::string("locking") ? 90 : 10) << kind << of;
        }
    }
}

TEST(national_tables, every_septet_reads_as_in_the_snapshot) {
    for (int l = 0; l < languages; ++l) {
        const table& locking = read("locking")[static_cast<std::size_t>(l)];
        for (int s = 0; s < languages; ++s) {
            const table& single = read("single")[static_cast<std::size_t>(s)];
            const gsm7::shift shift{language(l), language(s)};
            for (std::size_t septet = 0; septet < 128; ++septet) {
                const std::string one(1, static_cast<char>(septet));
                if (septet != gsm7::escape) {
                    ASSERT_EQ(gsm7::decode(smpp::as_octets(one), shift),
                              expected(locking, single, septet, false))
                        << shown(l, s, septet);
                }
                ASSERT_EQ(gsm7::decode(smpp::as_octets("\x1B" + one), shift),
                          expected(locking, single, septet, true))
                    << shown(l, s, septet);
            }
        }
    }
}

/// The lowest septet of a character; 128: the table has it not.
std::size_t septet_of(const table& in, char32_t character) {
    return static_cast<std::size_t>(std::find(in.begin(), in.end(), character) - in.begin());
}

TEST(national_tables, every_character_is_written_as_in_the_snapshot) {
    for (int l = 0; l < languages; ++l) {
        const table& locking = read("locking")[static_cast<std::size_t>(l)];
        for (int s = 0; s < languages; ++s) {
            const table& single = read("single")[static_cast<std::size_t>(s)];
            const gsm7::shift shift{language(l), language(s)};
            for (char32_t character = 1; character < 0x3000; ++character) {
                const std::size_t plain = septet_of(locking, character);
                const std::size_t shifted = septet_of(single, character);
                const auto septets = gsm7::encode(utf8(character), shift);
                if (plain < 128) {
                    ASSERT_EQ(septets.value(), std::string(1, static_cast<char>(plain)));
                } else if (shifted < 128) {
                    ASSERT_EQ(septets.value(), std::string("\x1B") + static_cast<char>(shifted));
                } else {
                    ASSERT_FALSE(septets.has_value())
                        << shown(l, s, 0) << " has " << static_cast<std::uint32_t>(character);
                }
            }
        }
    }
}

}  // namespace
