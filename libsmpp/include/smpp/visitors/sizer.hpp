// Sizer: octets of each field, and whether it may be sent. A visitor of fields().
#pragma once

#include <cstring>
#include <string_view>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/detail/always_inline.hpp"

namespace smpp {

class sizer {
public:
    template <wire_integer T>
    SMPP_ALWAYS_INLINE bool operator()(const char*, const T&) noexcept {
        size_ += sizeof(wire_type<T>);
        return true;
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       cstring kind) noexcept {
        if (value.size() >= kind.max && value.size() >= kind.tolerated) [[unlikely]] {
            return fail(codec_errc::too_long, name);
        }
        if (!value.empty() && std::memchr(value.data(), 0, value.size()) != nullptr) [[unlikely]] {
            return fail(codec_errc::embedded_nul, name);
        }
        size_ += value.size() + 1;
        return true;
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       time_text) noexcept {
        if (!value.empty() && value.size() != 16) [[unlikely]] {
            return fail(codec_errc::invalid_time, name);
        }
        return (*this)(name, value, cstring{17});
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       octets8 kind) noexcept {
        if (value.size() > kind.max) [[unlikely]] {
            return fail(codec_errc::too_long, name);
        }
        size_ += 1 + value.size();
        return true;
    }

    template <class Item>
    bool operator()(const char* name, const std::vector<Item>& items, list8) noexcept {
        if (!count(name, items.size())) {
            return false;
        }
        for (const Item& item : items) {
            if (!Item::fields(*this, item)) {
                return false;
            }
        }
        return true;
    }

    template <class S>
    SMPP_ALWAYS_INLINE bool operator()(const char*, const basic_tlv_list<S>& tlvs) noexcept {
        size_ += tlvs.octets().size();
        return true;
    }

    bool operator()(const char* name, unknown_layout) noexcept {
        return fail(codec_errc::invalid_value, name);
    }

    /// The octet before a list.
    bool count(const char* name, std::size_t items) noexcept {
        if (items > 255) {
            return fail(codec_errc::too_many, name);
        }
        ++size_;
        return true;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const codec_failure& failure() const noexcept { return failure_; }

private:
    SMPP_ALWAYS_INLINE bool fail(codec_errc code, const char* name) noexcept {
        failure_ = {code, name, static_cast<std::uint32_t>(size_)};
        return false;
    }

    std::size_t size_ = header_size;
    codec_failure failure_{};
};

}  // namespace smpp
