// Text to octets and back, by alphabet or by data_coding.
//
//     auto message = smpp::encode_cheapest("Hi 😀").value();    // in UCS-2, with its data_coding
//     auto octets = smpp::encode_text("déjà", smpp::alphabet::latin1);
//     std::string text = smpp::decode_text(smpp::as_octets(sm.short_message), sm.data_coding);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/octets.hpp"
#include "smpp/text/gsm7.hpp"
#include "smpp/text/text_error.hpp"
#include "smpp/values.hpp"

namespace smpp {

/// What the octets of a message mean.
enum class alphabet : std::uint8_t {
    gsm7,  ///< GSM 7-bit, one septet in each octet
    ascii,
    latin1,    ///< ISO-8859-1
    cyrillic,  ///< ISO-8859-5
    hebrew,    ///< ISO-8859-8
    ucs2,      ///< UTF-16 big endian
    utf8,      ///< no data_coding names it; some SMSCs take it as their default
    octets,    ///< binary, and the Japanese and Korean codings: passed through, never interpreted
    gsm7_packed,  ///< GSM 7-bit, eight septets in seven octets as over the air; some SMSCs take it
                  ///< as their default
};

/// "gsm7", "ascii", ...: the names of configuration and output.
[[nodiscard]] std::string_view name(alphabet) noexcept;
[[nodiscard]] std::optional<alphabet> alphabet_named(std::string_view name) noexcept;

/// The alphabet of a data_coding. What 0 means is the SMSC's choice; 1..15 are SMPP's own list;
/// above that the coding groups of 3GPP TS 23.038 apply.
[[nodiscard]] alphabet alphabet_of(data_coding coding,
                                   alphabet smsc_default = alphabet::gsm7) noexcept;
/// The data_coding that announces an alphabet; 0 for the SMSC's default, and for those that none
/// announces.
[[nodiscard]] data_coding data_coding_of(alphabet, alphabet smsc_default = alphabet::gsm7) noexcept;

/// Octets of a UTF-8 text, or the first character that the alphabet lacks. alphabet::octets takes
/// any text as it is. For gsm7_packed these are still septets: `split` packs each part behind its
/// header.
[[nodiscard]] text_result<std::string> encode_text(std::string_view text, alphabet,
                                                   gsm7::shift tables = {});

/// A text and how it travels.
struct encoded_text {
    smpp::alphabet alphabet = smpp::alphabet::gsm7;
    smpp::data_coding data_coding = smpp::data_coding::smsc_default;
    std::string octets{};
    gsm7::shift tables{};  ///< to be named in the header of each part: split_options::tables
};

struct encode_options {
    alphabet smsc_default = alphabet::gsm7;
    /// Use a national table of GSM 7-bit where that makes the text shorter than UCS-2. Phones of
    /// the last years know them, many SMSCs do not.
    bool national_tables = false;
    /// Replace characters with a plain equivalent (see transliterate.hpp) where only that keeps the
    /// text out of UCS-2.
    bool transliterate = false;
    /// Others that the SMSC takes by their data_coding (latin1, cyrillic, hebrew, ascii): an octet
    /// a character where UCS-2 takes two. Empty unless the SMSC is known to take them: many accept
    /// the value and show something else.
    std::vector<smpp::alphabet> alphabets{};
};

/// In the SMSC's default alphabet when the text fits into it; otherwise in the shortest of those
/// that the options allow and have all of its characters; UCS-2 has. Fails only for broken UTF-8.
[[nodiscard]] text_result<encoded_text> encode_cheapest(std::string_view text,
                                                        alphabet smsc_default = alphabet::gsm7);
[[nodiscard]] text_result<encoded_text> encode_cheapest(std::string_view text,
                                                        const encode_options& options);

/// What decoding could not show as it was.
struct decode_notes {
    std::size_t replaced = 0;      ///< octets or units without a character, now U+FFFD
    bool byte_order_mark = false;  ///< stripped from UCS-2
    bool little_endian = false;    ///< UCS-2 the wrong way round, as its byte order mark said
    bool odd_octet = false;        ///< half a unit at the end of UCS-2, dropped
};

/// The text of octets. Never fails: what has no meaning becomes U+FFFD; alphabet::octets reads as
/// hexadecimal digits.
[[nodiscard]] std::string decode_text(octet_span octets, alphabet, decode_notes* notes = nullptr);
[[nodiscard]] std::string decode_text(octet_span octets, data_coding coding,
                                      alphabet smsc_default = alphabet::gsm7,
                                      decode_notes* notes = nullptr);
/// The text behind a user data header, by the national tables that the header names. For octets
/// without header this is `decode_text`.
[[nodiscard]] std::string decode_user_data(octet_span octets, bool udhi, alphabet,
                                           decode_notes* notes = nullptr);

}  // namespace smpp
