#include "smpp/text/counter.hpp"

#include "smpp/text/utf8.hpp"

namespace smpp {
namespace {

/// message_payload's length is 16 bits, short_message holds 254 octets, a part what fits the air.
std::size_t room_of(const message_part& last) noexcept {
    const std::size_t unit = last.alphabet == alphabet::ucs2 ? 2 : 1;
    switch (last.mode) {
        case split_mode::payload: return 65535 / unit;
        case split_mode::none: return 254 / unit;
        case split_mode::sar:
            return units_per_part(last.alphabet, last.total > 1 ? 6 : last.header_size);
        default: return units_per_part(last.alphabet, last.header_size);
    }
}

}  // namespace

text_result<text_size> count_text(std::string_view text, const encode_options& options,
                                  split_mode mode, octet_span elements) {
    const auto encoded = encode_cheapest(text, options);
    if (!encoded) {
        return encoded.error();
    }
    text_size out;
    out.alphabet = encoded->alphabet;
    out.tables = encoded->tables;
    out.characters = utf8::count(text);
    out.units = encoded->octets.size() / (encoded->alphabet == alphabet::ucs2 ? 2 : 1);
    split_options how;
    how.mode = mode;
    how.tables = encoded->tables;
    how.elements = elements;
    if (const auto parts = split(encoded->octets, encoded->alphabet, how)) {
        out.parts = parts->size();
        const message_part& last = parts->back();
        const std::size_t room = room_of(last);
        out.left = room > last.units ? room - last.units : 0;
    }
    return out;
}

}  // namespace smpp
