// Why a text cannot be encoded, and where: the first character that does not fit, by offset and by
// count.
//
//     auto septets = smpp::gsm7::encode(text);
//     if (!septets) std::cerr << septets.error().message();   // character 5 (U+017A) is not in GSM
//     7-bit
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smpp {

enum class text_errc : std::uint8_t {
    invalid_utf8,     ///< the text itself is broken; no alphabet would do
    not_in_alphabet,  ///< a good character that the chosen alphabet lacks; another alphabet may
                      ///< have it
};

struct text_error {
    text_errc code = text_errc::invalid_utf8;
    std::string_view alphabet{};  ///< name of the alphabet, for the message
    std::size_t offset = 0;       ///< octets of UTF-8 before the character
    std::size_t character = 0;    ///< characters before it
    char32_t code_point = 0;      ///< the character; the bad octet when the UTF-8 is broken

    /// One line for people, counting characters from 1.
    [[nodiscard]] std::string message() const;
};

template <class T>
using text_result = boost::system::result<T, text_error>;

/// What `text_result::value()` throws: std::invalid_argument with the message.
[[noreturn]] void throw_exception_from_error(const text_error& error,
                                             const boost::source_location&);

/// The error for the character of `text` at `offset`: broken UTF-8, or else not in the alphabet.
[[nodiscard]] text_error make_text_error(std::string_view text, std::size_t offset,
                                         std::string_view alphabet);

}  // namespace smpp
