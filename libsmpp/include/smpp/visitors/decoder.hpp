// Decoder: reads each field of a PDU from octets. A visitor of fields().
#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/detail/always_inline.hpp"

namespace smpp {

/// Strict decoding keeps nothing but its place, so that the compiler holds it in registers; lenient
/// decoding is for what strict decoding refused. REQUIRES: the octets outlive the decoder, and what
/// it fills when that is a view.
template <decode_mode Mode>
class decoder {
public:
    explicit decoder(octet_span octets, deviations* noted = nullptr) noexcept
        : begin_(octets.data()),
          at_(octets.data()),
          end_(octets.data() + octets.size()),
          noted_(noted) {}

    template <wire_integer T>
    SMPP_ALWAYS_INLINE bool operator()(const char* name, T& value) noexcept {
        using wire = wire_type<T>;
        if (left() < sizeof(wire)) {
            return fail(codec_errc::truncated, name);
        }
        value = T(load_be<wire>(at_));
        at_ += sizeof(wire);
        return true;
    }

    template <class Text>
    SMPP_ALWAYS_INLINE bool operator()(const char* name, Text& value, cstring kind) {
        if (at_ != end_ && *at_ == 0) {
            value = Text();
            ++at_;
            return true;
        }
        const std::size_t limit = std::min<std::size_t>(left(), kind.max);
        const auto* nul =
            limit == 0 ? nullptr : static_cast<const std::uint8_t*>(std::memchr(at_, 0, limit));
        if (nul == nullptr) [[unlikely]] {
            return odd_cstring(name, value, kind);
        }
        value = as_text({at_, nul});
        at_ = nul + 1;
        return true;
    }

    template <class Text>
    SMPP_ALWAYS_INLINE bool operator()(const char* name, Text& value, time_text) {
        const std::uint8_t* const start = at_;
        if (!(*this)(name, value, cstring{17})) {
            return false;
        }
        if (!value.empty() && value.size() != 16) [[unlikely]] {
            return deviate(codec_errc::invalid_time, name, start);
        }
        return true;
    }

    template <class Text>
    SMPP_ALWAYS_INLINE bool operator()(const char* name, Text& value, octets8) {
        if (left() == 0) [[unlikely]] {
            return fail(codec_errc::truncated, name);
        }
        std::size_t size = *at_++;
        if (size > left()) [[unlikely]] {
            if (!deviate(codec_errc::truncated, name, at_ - 1)) {
                return false;
            }
            size = left();
        }
        value = as_text({at_, size});
        at_ += size;
        return true;
    }

    template <class Item>
    bool operator()(const char* name, std::vector<Item>& items, list8) {
        if (left() == 0) {
            return fail(codec_errc::truncated, name);
        }
        const std::size_t count = *at_++;
        items.clear();
        items.reserve(std::min(count, left()));  // an element has at least one octet
        for (std::size_t i = 0; i < count; ++i) {
            if (!Item::fields(*this, items.emplace_back())) {
                items.pop_back();
                return false;
            }
        }
        return true;
    }

    template <class S>
    SMPP_ALWAYS_INLINE bool operator()(const char* name, basic_tlv_list<S>& tlvs) {
        if (at_ == end_) {
            tlvs.run_ = {};
            return true;
        }
        std::string_view rest = as_text({at_, left()});
        std::size_t whole = whole_tlvs(rest);
        if constexpr (Mode == decode_mode::lenient) {
            if (const std::size_t stray = whole == rest.size() ? 0 : stray_nuls(rest)) {
                deviate(codec_errc::invalid_tlv_stream, name, at_);
                at_ += stray;
                rest.remove_prefix(stray);
                whole = rest.size();
            }
        }
        tlvs.run_ = rest.substr(0, whole);
        at_ += whole;
        return at_ == end_ || leftover(codec_errc::invalid_tlv_stream, name);
    }

    bool operator()(const char* name, unknown_layout) noexcept {
        --at_;  // the octet that decided
        return fail(codec_errc::invalid_value, name);
    }

    /// After the last field: nothing may be left.
    bool finish() noexcept { return at_ == end_ || leftover(codec_errc::trailing_octets, ""); }

    [[nodiscard]] const codec_failure& failure() const noexcept { return failure_; }

private:
    [[nodiscard]] std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - at_); }
    [[nodiscard]] std::uint32_t offset(const std::uint8_t* at) const noexcept {
        return static_cast<std::uint32_t>(header_size + static_cast<std::size_t>(at - begin_));
    }

    SMPP_ALWAYS_INLINE bool fail(codec_errc code, const char* name) noexcept {
        failure_ = {code, name, offset(at_)};
        return false;
    }

    SMPP_ALWAYS_INLINE bool deviate(codec_errc code, const char* name,
                                    const std::uint8_t* at) noexcept {
        if constexpr (Mode == decode_mode::strict) {
            failure_ = {code, name, offset(at)};
            return false;
        } else {
            if (noted_ != nullptr) {
                noted_->add(code, name, offset(at));
            }
            return true;
        }
    }

    /// NULs that sm_length does not count, if what follows them is TLVs to the end.
    static std::size_t stray_nuls(std::string_view rest) noexcept {
        for (std::size_t n = 1; n <= 3 && n + 4 <= rest.size() && rest[n - 1] == '\0'; ++n) {
            if (whole_tlvs(rest.substr(n)) == rest.size() - n) {
                return n;
            }
        }
        return 0;
    }

    /// No NUL within the maximum: longer than allowed, or none at all.
    template <class Text>
    bool odd_cstring(const char* name, Text& value, cstring kind) {
        if (left() == 0) {
            return fail(codec_errc::truncated, name);
        }
        const auto* nul = static_cast<const std::uint8_t*>(std::memchr(at_, 0, left()));
        const bool too_long = nul != nullptr || left() > kind.max;
        if (!deviate(too_long ? codec_errc::too_long : codec_errc::missing_terminator, name, at_)) {
            return false;
        }
        const std::uint8_t* const stop = nul != nullptr ? nul : end_;
        value = as_text({at_, stop});
        at_ = nul != nullptr ? nul + 1 : end_;
        return true;
    }

    bool leftover(codec_errc code, const char* name) noexcept {
        if (!deviate(code, name, at_)) {
            return false;
        }
        at_ = end_;
        return true;
    }

    const std::uint8_t* begin_;
    const std::uint8_t* at_;
    const std::uint8_t* end_;
    deviations* noted_;
    codec_failure failure_{};
};

}  // namespace smpp
