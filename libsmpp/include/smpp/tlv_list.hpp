// The TLVs of a PDU, kept as the run of octets they are on the wire: order, duplicates and unknown
// tags survive.
//
//     sm.tlvs.set(smpp::tlv::sar_msg_ref_num, 0x1234);
//     for (smpp::tlv_item item : sm.tlvs) { use(item.tag, item.value); }
#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "smpp/octets.hpp"
#include "smpp/storage.hpp"
#include "smpp/tlv.hpp"

namespace smpp {

/// One TLV; `value` points into the list's octets.
struct tlv_item {
    tlv_tag tag;
    std::string_view value;
};

/// Octets at the start of `run` that are whole TLVs.
[[nodiscard]] std::size_t whole_tlvs(std::string_view run) noexcept;

namespace detail {

/// First TLV with this tag in a run of whole TLVs.
[[nodiscard]] std::optional<std::string_view> find_tlv_value(std::string_view run,
                                                             tlv_tag tag) noexcept;
void append_tlv(std::string& run, tlv_tag tag, std::string_view value);
void erase_tlvs(std::string& run, tlv_tag tag);
[[nodiscard]] std::string_view without_trailing_nuls(std::string_view value) noexcept;

class tlv_iterator {
public:
    using value_type = tlv_item;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    tlv_iterator() = default;
    explicit tlv_iterator(std::string_view rest) noexcept : rest_(rest) {}

    tlv_item operator*() const noexcept {
        const auto* octets = reinterpret_cast<const std::uint8_t*>(rest_.data());
        return {tlv_tag(load_be<std::uint16_t>(octets)), rest_.substr(4, value_length())};
    }
    tlv_iterator& operator++() noexcept {
        rest_.remove_prefix(4U + value_length());
        return *this;
    }
    tlv_iterator operator++(int) noexcept {
        tlv_iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const tlv_iterator& a, const tlv_iterator& b) noexcept {
        return a.rest_.size() == b.rest_.size();
    }

private:
    [[nodiscard]] std::uint16_t value_length() const noexcept {
        return load_be<std::uint16_t>(reinterpret_cast<const std::uint8_t*>(rest_.data()) + 2);
    }
    std::string_view rest_;
};

}  // namespace detail

enum class decode_mode : std::uint8_t;
template <decode_mode>
class decoder;

template <class S>
class basic_tlv_list {
public:
    using text_type = typename S::text;

    basic_tlv_list() = default;
    /// From octets of the wire. What follows the last whole TLV is left out.
    explicit basic_tlv_list(typename S::text run) : run_(std::move(run)) {
        if (const std::size_t whole = whole_tlvs(run_); whole < run_.size()) {
            run_ = typename S::text(run_.substr(0, whole));
        }
    }

    /// The octets as they are on the wire.
    [[nodiscard]] std::string_view octets() const noexcept { return run_; }
    [[nodiscard]] bool empty() const noexcept { return run_.empty(); }
    [[nodiscard]] auto begin() const noexcept { return detail::tlv_iterator(run_); }
    [[nodiscard]] auto end() const noexcept { return detail::tlv_iterator(); }

    /// Value octets of the first TLV with this tag, whatever their length.
    [[nodiscard]] std::optional<std::string_view> raw(tlv_tag tag) const noexcept {
        return detail::find_tlv_value(run_, tag);
    }

    /// Typed value of the first TLV with this key. Empty when absent, or when its length does not
    /// fit the type.
    template <class T>
    [[nodiscard]] auto get(tlv_key<T> key) const noexcept {
        const auto value = raw(key.tag);
        if constexpr (std::is_same_v<T, tlv_octets>) {
            return value;
        } else if constexpr (std::is_same_v<T, tlv_cstring>) {
            // Peers leave out the NUL, or send several (receipted_message_id above all).
            return value ? std::optional(detail::without_trailing_nuls(*value)) : std::nullopt;
        } else {
            std::optional<T> number;
            if (value && value->size() == sizeof(T)) {
                number = load_be<T>(reinterpret_cast<const std::uint8_t*>(value->data()));
            }
            return number;
        }
    }

    /// Appends a TLV, also where one with this tag stands already (callback_num and others repeat).
    /// REQUIRES: at most 65535 octets.
    void add(tlv_tag tag, std::string_view value) requires std::is_same_v<S, owned> {
        detail::append_tlv(run_, tag, value);
    }

    /// Replaces all TLVs of this key by one with this value, at the end of the list.
    template <class T>
    void set(tlv_key<T> key,
             std::type_identity_t<std::conditional_t<std::is_integral_v<T>, T, std::string_view>>
                 value) requires std::is_same_v<S, owned> {
        erase(key.tag);
        if constexpr (std::is_same_v<T, tlv_octets>) {
            add(key.tag, value);
        } else if constexpr (std::is_same_v<T, tlv_cstring>) {
            std::string text(value);
            text.push_back('\0');
            add(key.tag, text);
        } else {
            std::uint8_t octets[sizeof(T)];
            store_be<T>(octets, value);
            add(key.tag, as_text(octet_span(octets, sizeof(T))));
        }
    }

    /// Removes all TLVs with this tag.
    void erase(tlv_tag tag) requires std::is_same_v<S, owned> { detail::erase_tlvs(run_, tag); }

    friend bool operator==(const basic_tlv_list&, const basic_tlv_list&) = default;

private:
    template <decode_mode>
    friend class decoder;
    typename S::text run_{};
};

using tlv_list = basic_tlv_list<owned>;
using tlv_list_view = basic_tlv_list<view>;

}  // namespace smpp
