// Encoder: writes each field of a PDU that sizer has measured. A visitor of fields().
#pragma once

#include <cstring>
#include <string_view>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/detail/always_inline.hpp"

namespace smpp {

/// REQUIRES: as many writable octets as measured.
class encoder {
public:
    explicit encoder(std::uint8_t* to) noexcept : at_(to) {}

    template <wire_integer T>
    SMPP_ALWAYS_INLINE bool operator()(const char*, const T& value) noexcept {
        store_be<wire_type<T>>(at_, to_wire(value));
        at_ += sizeof(wire_type<T>);
        return true;
    }

    SMPP_ALWAYS_INLINE bool operator()(const char*, std::string_view value, cstring) noexcept {
        copy(value);
        *at_++ = 0;
        return true;
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       time_text) noexcept {
        return (*this)(name, value, cstring{17});
    }

    SMPP_ALWAYS_INLINE bool operator()(const char*, std::string_view value, octets8) noexcept {
        *at_++ = static_cast<std::uint8_t>(value.size());
        copy(value);
        return true;
    }

    template <class Item>
    bool operator()(const char*, const std::vector<Item>& items, list8) noexcept {
        *at_++ = static_cast<std::uint8_t>(items.size());
        for (const Item& item : items) {
            Item::fields(*this, item);
        }
        return true;
    }

    template <class S>
    SMPP_ALWAYS_INLINE bool operator()(const char*, const basic_tlv_list<S>& tlvs) noexcept {
        copy(tlvs.octets());
        return true;
    }

    bool operator()(const char*, unknown_layout) noexcept { return false; }

private:
    SMPP_ALWAYS_INLINE void copy(std::string_view value) noexcept {
        if (!value.empty()) {  // memcpy from a null pointer is undefined, even of nothing
            std::memcpy(at_, value.data(), value.size());
            at_ += value.size();
        }
    }

    std::uint8_t* at_;
};

}  // namespace smpp
