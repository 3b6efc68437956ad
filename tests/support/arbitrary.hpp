// A random, valid instance of any PDU: a visitor of fields(), seeded.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "smpp/codec.hpp"

namespace smpp_test {

class arbitrary {
public:
    explicit arbitrary(std::uint32_t seed) : random_(seed) {}

    template <class P>
    [[nodiscard]] P make() {
        P value;
        P::fields(*this, value);
        return value;
    }

    template <smpp::wire_integer T>
    bool operator()(const char*, T& value) {
        if constexpr (std::is_same_v<T, smpp::dest_flag>) {
            value = T(below(2) + 1);  // decides the layout: only these two exist
        } else {
            value = T(static_cast<smpp::wire_type<T>>(random_()));
        }
        return true;
    }
    bool operator()(const char*, std::string& value, smpp::cstring kind) {
        value = text(below(kind.max), 1);
        return true;
    }
    bool operator()(const char*, std::string& value, smpp::time_text) {
        value = text(below(2) * 16, 1);
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
            tlvs.add(smpp::tlv_tag(random_() & 0xFFFF), text(below(40), 0));
        }
        return true;
    }
    bool operator()(const char*, smpp::unknown_layout) { return false; }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string text(std::size_t size, unsigned least) {
        std::string octets(size, '\0');
        for (char& c : octets) {
            c = static_cast<char>(least + random_() % (256 - least));
        }
        return octets;
    }

    std::mt19937 random_;
};

}  // namespace smpp_test
