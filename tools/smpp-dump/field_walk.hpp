// Where the fields of a PDU stand in its octets, and nothing else of them: for who changes many
// PDUs, and has no time for what smpp::locate() makes of them.
//
//     smpp_dump::walk_fields(pdu.body, [&](const smpp_dump::field_place& field) { ... });
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "smpp/codec.hpp"

namespace smpp_dump {

struct field_place {
    std::string_view name{};  ///< in the specification; empty for TLVs without a row
    std::size_t offset = 0;   ///< octets from the start of the PDU
    std::size_t size = 0;     ///< octets on the wire, with NUL or TLV header
    std::size_t head = 0;     ///< of them those of a TLV's header
    bool number = false;
};

/// A visitor of fields() of a decoded view: the octets are walked beside the values.
template <class F>
class field_walker {
public:
    explicit field_walker(F& give) noexcept : give_(&give) {}

    template <smpp::wire_integer T>
    bool operator()(const char* name, const T&) {
        return give({name, at_, sizeof(smpp::wire_type<T>), 0, true});
    }
    bool operator()(const char* name, std::string_view value, smpp::cstring) {
        return give({name, at_, value.size() + 1, 0, false});
    }
    bool operator()(const char* name, std::string_view value, smpp::time_text) {
        return give({name, at_, value.size() + 1, 0, false});
    }
    bool operator()(const char* name, std::string_view value, smpp::octets8 kind) {
        give({kind.count, at_, 1, 0, true});
        return give({name, at_, value.size(), 0, false});
    }
    template <class Item>
    bool operator()(const char* name, const std::vector<Item>& items, smpp::list8) {
        give({name, at_, 1, 0, true});
        for (const Item& item : items) {
            Item::fields(*this, item);
        }
        return true;
    }
    template <class S>
    bool operator()(const char*, const smpp::basic_tlv_list<S>& tlvs) {
        constexpr std::size_t head = 4;
        for (const smpp::tlv_item item : tlvs) {
            const smpp::tlv_info* const row = smpp::find_tlv(item.tag);
            const bool number = row != nullptr && row->type != smpp::tlv_type::cstring &&
                                row->type != smpp::tlv_type::octets && item.value.size() <= 4;
            give({row != nullptr ? row->name : std::string_view(), at_, head + item.value.size(),
                  head, number});
        }
        return true;
    }
    bool operator()(const char*, smpp::unknown_layout) { return false; }

private:
    bool give(const field_place& place) {
        at_ += place.size;
        (*give_)(place);
        return true;
    }

    F* give_;
    std::size_t at_ = smpp::header_size;
};

/// Calls `give` with each field of a body that was read to its end, one behind the other. What
/// lenient reading let pass (a text without its NUL) may make the last ones end behind the PDU.
template <class F>
void walk_fields(const smpp::body_view& any, F give) {
    std::visit(
        [&](const auto& body) {
            using type = std::remove_cvref_t<decltype(body)>;
            if constexpr (smpp::pdu_type<type>) {
                field_walker<F> walk(give);
                type::fields(walk, body);
            }
        },
        any);
}

}  // namespace smpp_dump
