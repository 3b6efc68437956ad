// Wire kinds: how a member of a PDU looks on the wire. A PDU lists its members once, in fields(),
// and every operation (size, encode, decode, validate, print, JSON, documentation) is a visitor of
// that list.
//
//     template <class V, class Self> static constexpr bool fields(V&& field, Self& s) {
//         return field("service_type", s.service_type, cstring{6})
//             && field("source_addr_ton", s.source.ton)           // integers: size by the member's
//             type
//             && field("tlvs", s.tlvs);
//     }
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "smpp/command_id.hpp"

namespace smpp {

/// C-octet string: characters and one NUL. `max` counts the NUL, as the specification does.
struct cstring {
    std::uint16_t max;
    /// May be sent up to this size: practice goes beyond the specification. 0: no.
    std::uint16_t tolerated = 0;
};

/// A count octet, then that many octets. `max` is the greatest count to be sent.
struct octets8 {
    std::uint8_t max;
    const char* count = "sm_length";  ///< name of the count
};

/// C-octet string that is empty or exactly 16 characters: a time (3.4: 7.1.1), see smpp_time.hpp.
struct time_text {};

/// A count octet (the field's name is the count's), then that many elements, each with fields() of
/// its own.
struct list8 {
    const char* element;   ///< name of one element
    std::uint8_t min = 0;  ///< the least elements to be sent
};

/// Reached where a value that decides the layout is none of the known ones: every visitor stops
/// here.
struct unknown_layout {};

namespace detail {
struct any_visitor {
    template <class... Args>
    constexpr bool operator()(Args&&...) const noexcept {
        return true;
    }
};
}  // namespace detail

/// Has a list of fields.
template <class T>
concept described = requires(T& value) {
    { std::remove_const_t<T>::fields(detail::any_visitor{}, value) } -> std::same_as<bool>;
};

/// Is a PDU: fields and a command_id.
template <class T>
concept pdu_type = described<T> && requires {
    { T::id } -> std::convertible_to<command_id>;
};

/// Is a request that is answered; `T::response` is its response.
template <class T>
concept request = pdu_type<T> && requires {
    typename T::response;
} && !is_response(T::id);

/// Is a response.
template <class T>
concept response = pdu_type<T> && is_response(T::id);

/// A struct around one integer `bits` (esm_class, registered_delivery).
template <class T>
concept bit_field = requires(T value) {
    { value.bits } -> std::convertible_to<std::uint8_t>;
}
&&std::is_class_v<T> && sizeof(T) == 1;

/// What goes on the wire as a big-endian integer.
template <class T>
concept wire_integer = std::unsigned_integral<T> || std::is_enum_v<T> || bit_field<T>;

template <wire_integer T>
[[nodiscard]] constexpr auto to_wire(T value) noexcept {
    if constexpr (bit_field<T>) {
        return value.bits;
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::underlying_type_t<T>>(value);
    } else {
        return value;
    }
}

template <wire_integer T>
using wire_type = decltype(to_wire(T{}));

}  // namespace smpp
