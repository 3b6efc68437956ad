// The fields that filters name: Wireshark's names, the specification's, and short ones.
//
//     if (const auto field = smpp_dump::find_filter_field("smpp.destination_addr")) {
//         field->give(*field, record, smpp::alphabet::gsm7, sink);   // each value it has there
//     }
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// What the values of a field are, and so how an operand is read.
enum class field_kind : std::uint8_t {
    number,
    command,   ///< a number with the names of commands
    status,    ///< a number with the names of statuses
    duration,  ///< nanoseconds
    time,      ///< nanoseconds since 1970
    address,   ///< the octets of an IP address
    text,
    octets,
};

/// Gets the values of a field in a PDU: none, one, or several.
class value_sink {
public:
    virtual void number(std::uint64_t value) = 0;
    /// Also octets. Valid during the call.
    virtual void text(std::string_view value) = 0;

protected:
    ~value_sink() = default;
};

struct filter_field {
    using giver = void (*)(const filter_field&, const record&, smpp::alphabet, value_sink&);

    std::string name{};  ///< in the specification, of those that are in the body
    field_kind kind = field_kind::number;
    giver give = nullptr;
    smpp::tlv_tag tag{};   ///< 0: no TLV
    std::size_t at = 0;    ///< of a part of a TLV's value: its first octet
    std::size_t size = 0;  ///< how many; 0: all from there
    unsigned shift = 0;    ///< of a part of an integer
    std::uint64_t mask = ~std::uint64_t{0};
    bool empty_counts = false;  ///< an empty value is one, too
};

/// `name` with or without "smpp." before it.
[[nodiscard]] std::optional<filter_field> find_filter_field(std::string_view name);

/// What find_filter_field() knows of headers, messages, places and what belongs together.
[[nodiscard]] std::vector<std::string> own_field_names();
/// In the bodies of PDUs, without TLVs.
[[nodiscard]] std::vector<std::string> body_field_names();

/// One that a PDU's body has under that name in the specification.
[[nodiscard]] std::optional<filter_field> find_body_field(std::string_view name);

/// A giver: the values of the field of that name in a PDU's body.
void give_from_body(const filter_field& field, const record& r, smpp::alphabet standard,
                    value_sink& to);

/// The command of that name.
[[nodiscard]] std::optional<smpp::command_id> command_named(std::string_view name) noexcept;

}  // namespace smpp_dump
