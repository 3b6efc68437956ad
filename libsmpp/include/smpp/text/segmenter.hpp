// Cuts an encoded text into the parts that a short message can carry, never inside a character, and
// where it takes no part more, not inside what is shown as one: an accent behind its letter, a
// flag.
//
//     auto message = smpp::encode_cheapest(text).value();
//     auto parts = smpp::split(message.octets, message.alphabet, {.reference = 0x5A});
//     if (!parts) std::cerr << parts.error().message();       // text needs 256 parts, at most 255
//     are possible for (const smpp::message_part& part : *parts) { ... part.octets, part.udhi() ...
//     }
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/octets.hpp"
#include "smpp/text/encoding.hpp"

namespace smpp {

/// How the parts of a text that is too long for one short message are marked. A text that fits is
/// sent plainly.
enum class split_mode : std::uint8_t {
    udh8,     ///< user data header with 8-bit reference: what every phone understands
    udh16,    ///< user data header with 16-bit reference: one character less, 256 times fewer
              ///< collisions
    sar,      ///< sar_* TLVs; the SMSC makes 8-bit headers of them, for which room is left
    payload,  ///< one PDU with message_payload; the SMSC cuts
    none,     ///< one PDU with short_message, at most 254 octets; the SMSC cuts
};

/// "udh", "udh16", "sar", "payload", "none": the names of configuration and output.
[[nodiscard]] std::string_view name(split_mode) noexcept;
[[nodiscard]] std::optional<split_mode> split_mode_named(std::string_view name) noexcept;

struct split_options {
    split_mode mode = split_mode::udh8;
    std::uint16_t reference = 0;  ///< the same in all parts of a message; udh8 uses its low octet
    /// Coded header elements of each part, such as ports; none that numbers parts, as split does.
    octet_span elements{};
    gsm7::shift tables{};  ///< that the text was encoded with; each part names them
};

struct message_part {
    std::string octets{};  ///< header and text, as they stand in short_message or message_payload
    std::uint8_t header_size = 0;  ///< octets of the header at their start
    std::uint8_t number = 1;       ///< from 1
    std::uint8_t total = 1;
    std::uint16_t reference = 0;  ///< as sent: without its high octet for udh8
    std::size_t units = 0;        ///< of the text: septets, 16-bit units or octets, by alphabet
    smpp::alphabet alphabet = smpp::alphabet::gsm7;
    split_mode mode = split_mode::udh8;

    [[nodiscard]] bool udhi() const noexcept { return header_size != 0; }
    /// Whether the octets belong into message_payload.
    [[nodiscard]] bool in_payload() const noexcept;
    /// Whether the sar_* TLVs must be set.
    [[nodiscard]] bool needs_sar() const noexcept { return mode == split_mode::sar && total > 1; }

    [[nodiscard]] octet_span header() const noexcept {
        return as_octets(octets).first(header_size);
    }
    [[nodiscard]] octet_span body() const noexcept {
        return as_octets(octets).subspan(header_size);
    }
    /// The text of this part alone.
    [[nodiscard]] std::string text() const {
        return decode_user_data(as_octets(octets), udhi(), alphabet);
    }
};

enum class split_errc : std::uint8_t {
    too_many_parts,   ///< more than 255
    too_long,         ///< more octets than short_message or message_payload holds
    header_too_long,  ///< the elements leave no room for text
    header_with_sar,  ///< the specification forbids sar_* TLVs beside a user data header
    bad_elements,     ///< they are no whole elements, or one of them numbers parts already
};

struct split_error {
    split_errc code = split_errc::too_many_parts;
    std::size_t actual = 0;
    std::size_t limit = 0;

    /// One line for people.
    [[nodiscard]] std::string message() const;
};

/// What `value()` throws: std::length_error with the message.
[[noreturn]] void throw_exception_from_error(const split_error& error,
                                             const boost::source_location&);

/// Units of text (see message_part::units) that a part holds beside a header of that many octets:
/// 160, 153 with 6 and 152 with 7 for GSM 7-bit; 140, 134, 133 for alphabets of octets; 70, 67, 66
/// for UCS-2.
[[nodiscard]] std::size_t units_per_part(alphabet, std::size_t header_size) noexcept;

/// Cuts octets that `encode_text` made. All parts, or why there are none: nothing is ever cut off.
[[nodiscard]] boost::system::result<std::vector<message_part>, split_error> split(
    std::string_view encoded, alphabet, const split_options& options = {});

}  // namespace smpp
