// Validator: what sizer finds, and whether the specification lets a PDU be sent as it is. A visitor
// of fields().
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "smpp/text/smpp_time.hpp"
#include "smpp/visitors/sizer.hpp"

namespace smpp {

class validator {
public:
    /// `mandatory` TLVs must be there; `peer` is the version that must have what is sent.
    validator(std::span<const tlv_tag> mandatory, interface_version peer) noexcept
        : mandatory_(mandatory), peer_(peer) {}

    template <wire_integer T>
    SMPP_ALWAYS_INLINE bool operator()(const char* name, const T& value) noexcept {
        if constexpr (std::is_same_v<T, esm_class>) {
            esm_class_at_ = here();
            udhi_ = value.udhi();
        }
        return measured_(name, value);
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       cstring kind) noexcept {
        // Credentials go beyond the specification, in their lengths and else: they are as given.
        if (kind.tolerated == 0 && !is_ascii(value)) [[unlikely]] {
            return fail(codec_errc::not_ascii, name);
        }
        return measured_(name, value, kind);
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       time_text kind) noexcept {
        if (!value.empty() && !parse_time(value)) [[unlikely]] {
            return fail(codec_errc::invalid_time, name);
        }
        return measured_(name, value, kind);
    }

    SMPP_ALWAYS_INLINE bool operator()(const char* name, std::string_view value,
                                       octets8 kind) noexcept {
        text_at_ = here();
        text_ = value;
        return measured_(name, value, kind);
    }

    template <class Item>
    bool operator()(const char* name, const std::vector<Item>& items, list8 kind) noexcept {
        if (items.size() < kind.min) {
            return fail(codec_errc::too_few, name);
        }
        if (!measured_.count(name, items.size())) {
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
    SMPP_ALWAYS_INLINE bool operator()(const char* name, const basic_tlv_list<S>& tlvs) noexcept {
        tlvs_ = tlvs.octets();
        tlvs_at_ = here();
        return (tlvs_.empty() || check_tlvs()) && measured_(name, tlvs);
    }

    bool operator()(const char* name, unknown_layout kind) noexcept {
        return measured_(name, kind);
    }

    /// After the last field: what one field says of another.
    void finish() noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return measured_.size(); }
    [[nodiscard]] const codec_failure& failure() const noexcept {
        return failure_ ? failure_ : measured_.failure();
    }

private:
    bool fail(codec_errc code, const char* name) noexcept { return fail_at(code, name, here()); }
    bool fail_at(codec_errc code, const char* name, std::uint32_t offset) noexcept {
        failure_ = {code, name, offset};
        return false;
    }
    [[nodiscard]] std::uint32_t here() const noexcept {
        return static_cast<std::uint32_t>(measured_.size());
    }
    bool check_tlvs() noexcept;
    bool check_tlv(const tlv_item& item, std::uint32_t offset) noexcept;
    bool require(std::span<const tlv_tag> tags) noexcept;

    sizer measured_;
    codec_failure failure_{};
    std::span<const tlv_tag> mandatory_;
    interface_version peer_;
    std::string_view text_{};  // short_message
    std::string_view payload_{};
    std::string_view tlvs_{};
    std::uint32_t text_at_ = 0;
    std::uint32_t payload_at_ = 0;
    std::uint32_t tlvs_at_ = 0;
    std::uint32_t sar_at_ = 0;  // the first of the sar_* TLVs; 0: there is none
    std::uint32_t esm_class_at_ = 0;
    bool udhi_ = false;
};

}  // namespace smpp
