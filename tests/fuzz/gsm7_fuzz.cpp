// Any octets under any data_coding decode to valid UTF-8; what decodes without loss encodes and
// decodes to the same text.
#include <cstdlib>
#include <string>

#include "smpp/text/encoding.hpp"
#include "smpp/text/utf8.hpp"

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void decode_and_back(smpp::octet_span octets, smpp::alphabet alphabet) {
    smpp::decode_notes notes;
    const std::string text = smpp::decode_text(octets, alphabet, &notes);
    require(!smpp::utf8::find_invalid(text));
    if (notes.replaced != 0 || alphabet == smpp::alphabet::octets) {
        return;
    }
    const auto again = smpp::encode_text(text, alphabet);
    require(again.has_value());
    const std::string twice = smpp::decode_text(smpp::as_octets(*again), alphabet, &notes);
    require(notes.byte_order_mark || twice == text);  // a mark behind a mark is stripped, too
}

void encode_and_back(std::string_view text) {
    const auto encoded = smpp::encode_cheapest(text);
    require(encoded.has_value() == !smpp::utf8::find_invalid(text));
    if (encoded) {
        smpp::decode_notes notes;
        const std::string back = smpp::decode_text(
            smpp::as_octets(encoded->octets), encoded->data_coding, smpp::alphabet::gsm7, &notes);
        require(notes.byte_order_mark || back == text);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) noexcept {
    if (size == 0) {
        return 0;
    }
    const smpp::octet_span octets(data + 1, size - 1);
    decode_and_back(octets, smpp::alphabet_of(smpp::data_coding(data[0])));
    encode_and_back(smpp::as_text(octets));
    return 0;
}
