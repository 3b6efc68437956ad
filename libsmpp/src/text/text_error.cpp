#include "smpp/text/text_error.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "smpp/text/utf8.hpp"

namespace smpp {

std::string text_error::message() const {
    if (code == text_errc::invalid_utf8) {
        return fmt::format("octet {} (0x{:02X}) of the text is not valid UTF-8", offset + 1,
                           static_cast<std::uint32_t>(code_point));
    }
    return fmt::format("character {} (U+{:04X}) is not in {}", character + 1,
                       static_cast<std::uint32_t>(code_point), alphabet);
}

void throw_exception_from_error(const text_error& error, const boost::source_location&) {
    throw std::invalid_argument(error.message());
}

text_error make_text_error(std::string_view text, std::size_t offset, std::string_view alphabet) {
    text_error error;
    error.alphabet = alphabet;
    error.offset = offset;
    error.character = utf8::count(text.substr(0, offset));
    error.code_point = utf8::next(text, offset).code_point;
    error.code = text_errc::not_in_alphabet;
    if (error.code_point == utf8::invalid) {
        error.code = text_errc::invalid_utf8;
        error.code_point = static_cast<std::uint8_t>(text[offset]);
    }
    return error;
}

}  // namespace smpp
