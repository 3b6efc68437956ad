// A random, valid instance of any PDU: a visitor of fields(), seeded. Any octets the codec takes,
// or what a peer could mean: printable strings, times, TLVs of the table that the PDU may carry.
#pragma once

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "smpp/codec.hpp"

namespace smpp_test {

enum class style : std::uint8_t { any_octets, plausible };

class arbitrary {
public:
    explicit arbitrary(std::uint32_t seed, style as = style::any_octets)
        : random_(seed), style_(as) {}

    template <class P>
    [[nodiscard]] P make() {
        command_ = P::id;
        P value;
        P::fields(*this, value);
        return value;
    }

    template <smpp::wire_integer T>
    bool operator()(const char*, T& value) {
        if constexpr (std::is_same_v<T, smpp::dest_flag>) {
            value = T(below(2) + 1);  // decides the layout: only these two exist
        } else {
            do {
                value = T(static_cast<smpp::wire_type<T>>(random_()));
            } while (style_ == style::plausible && !named(value));
        }
        return true;
    }
    bool operator()(const char*, std::string& value, smpp::cstring kind) {
        value = string(below(kind.max));
        return true;
    }
    bool operator()(const char*, std::string& value, smpp::time_text) {
        value = below(2) == 0 ? "" : style_ == style::plausible ? time() : text(16, 1);
        return true;
    }
    bool operator()(const char*, std::string& value, smpp::octets8 kind) {
        value = text(below(kind.max + 1U), 0);
        return true;
    }
    template <class Item>
    bool operator()(const char*, std::vector<Item>& items, smpp::list8) {
        items.resize(below(4) == 0 ? below(256) : below(4));
        for (Item& item : items) {
            Item::fields(*this, item);
        }
        return true;
    }
    bool operator()(const char*, smpp::tlv_list& tlvs) {
        for (std::size_t n = below(5); n > 0; --n) {
            if (style_ == style::plausible && add_carried(tlvs)) {
                continue;
            }
            const std::uint32_t least = style_ == style::plausible ? 0x1400 : 0;  // no row above
            tlvs.add(smpp::tlv_tag(least + below(0x10000 - least)), text(below(40), 0));
        }
        return true;
    }
    bool operator()(const char*, smpp::unknown_layout) { return false; }

private:
    template <class T>
    [[nodiscard]] static bool named(T value) {
        if constexpr (std::is_same_v<T, smpp::data_coding>) {
            return true;  // those without a name are coding groups
        } else if constexpr (requires { smpp::name(value); }) {
            return !name(value).empty();
        }
        return true;
    }
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string string(std::size_t size) {
        std::string octets = text(size, 1);
        if (style_ == style::plausible) {
            for (char& c : octets) {
                c = static_cast<char>(' ' + static_cast<unsigned char>(c) % 95);
            }
        }
        return octets;
    }
    std::string time() {
        std::string digits = below(2) == 0 ? "2611231530450" : "0000061530450";
        const bool relative = digits[0] == '0';
        digits[9] = static_cast<char>('0' + below(10));
        return digits + (relative ? "00R" : below(2) == 0 ? "08+" : "20-");
    }
    /// A row of the table that this PDU may carry, with a value of its type.
    bool add_carried(smpp::tlv_list& tlvs) {
        static constexpr smpp::tlv_tag tags[] = {
#define X(name, tag, kind, min, max, pdus_3_4, pdus_5_0) smpp::tlv_tag::name,
#include "smpp/tables/tlv.def"
#undef X
        };
        const smpp::tlv_info& row = *smpp::find_tlv(tags[below(std::size(tags))]);
        if (!smpp::may_carry(command_, row.tag)) {
            return false;
        }
        const std::size_t span = std::min<std::size_t>(row.max_length - row.min_length, 40);
        const std::size_t size = row.min_length + below(span + 1);
        const bool cstring = row.type == smpp::tlv_type::cstring;
        tlvs.add(row.tag, cstring ? string(size - 1) + '\0' : text(size, 0));
        return true;
    }
    std::string text(std::size_t size, unsigned least) {
        std::string octets(size, '\0');
        for (char& c : octets) {
            c = static_cast<char>(least + random_() % (256 - least));
        }
        return octets;
    }

    std::mt19937 random_;
    style style_;
    smpp::command_id command_{};
};

}  // namespace smpp_test
