// What a data_coding says beside the alphabet: message class, waiting indication, compression.
//
//     smpp::describe(smpp::data_coding(0x18)).message_class;           // flash, in UCS-2
//     sm.data_coding = *smpp::with_class(smpp::alphabet::gsm7, smpp::message_class::flash);
#pragma once

#include <cstdint>
#include <optional>

#include "smpp/text/encoding.hpp"

namespace smpp {

/// Where a phone puts a message (3GPP TS 23.038: 4).
enum class message_class : std::uint8_t {
    flash = 0,  ///< shown at once, not stored
    me = 1,     ///< the phone's memory
    sim = 2,    ///< the SIM
    te = 3,     ///< equipment behind the phone
};

/// Lights or puts out a phone's sign that messages wait.
struct waiting_indication {
    enum class kind : std::uint8_t { voicemail = 0, fax = 1, email = 2, other = 3 };

    kind type = kind::voicemail;
    bool active = true;  ///< false: the sign goes out
    bool store = false;  ///< the text is kept; else the phone may drop it

    friend bool operator==(const waiting_indication&, const waiting_indication&) = default;
};

/// How to read values below 0x10; the others are coding groups in both readings.
enum class coding_reading : std::uint8_t {
    smpp,  ///< SMPP's list: 1 is ASCII, 3 Latin-1, 8 UCS-2 (3.4: 5.2.19)
    gsm,   ///< a data coding scheme of TS 23.038: bits 3-2 are the alphabet
};

struct coding_details {
    smpp::alphabet alphabet = smpp::alphabet::gsm7;
    std::optional<smpp::message_class> message_class{};
    std::optional<waiting_indication> waiting{};
    bool compressed = false;
    bool automatic_deletion = false;  ///< marked for deletion once read
    bool reserved = false;            ///< no specification gives this value a meaning
};

[[nodiscard]] coding_details describe(data_coding, coding_reading = coding_reading::smpp,
                                      alphabet smsc_default = alphabet::gsm7) noexcept;

/// The data_coding for an alphabet and a class; empty for alphabets that no coding group has: all
/// but gsm7, octets and ucs2.
[[nodiscard]] std::optional<data_coding> with_class(alphabet, message_class) noexcept;

/// The data_coding for a waiting indication with a text in an alphabet; empty when there is none:
/// gsm7, and ucs2 with `store`, are all.
[[nodiscard]] std::optional<data_coding> with_waiting(alphabet, waiting_indication) noexcept;

}  // namespace smpp
