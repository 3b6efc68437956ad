// Any text in any alphabet and mode: each part fits, cuts no character, and the parts join to the
// whole.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "smpp/text/reassembler.hpp"
#include "smpp/text/segmenter.hpp"
#include "smpp/text/utf8.hpp"

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void join(const std::vector<smpp::message_part>& parts, std::string_view whole) {
    smpp::reassembler joiner;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const auto added = joiner.add({.source = "1",
                                       .destination = "2",
                                       .reference = part->reference,
                                       .total = part->total,
                                       .number = part->number,
                                       .octets = part->body()},
                                      {});
        require(added.message.has_value() == (part->number == 1));
        require(!added.message || added.message->octets == whole);
    }
    require(joiner.octets() == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) noexcept {
    if (size < 3) {
        return 0;
    }
    const auto alphabet = smpp::alphabet(data[0] % 8);
    const std::size_t element_octets = std::min<std::size_t>(data[2], size - 3);
    const smpp::split_options options{.mode = smpp::split_mode(data[1] % 5),
                                      .reference = 0x1234,
                                      .elements = {data + 3, element_octets}};
    const smpp::octet_span rest(data + 3 + element_octets, size - 3 - element_octets);
    std::string text;
    for (int i = data[1] / 5; i >= 0; --i) {  // long texts from short inputs
        text += smpp::utf8::repair(smpp::as_text(rest));
    }
    const auto encoded = smpp::encode_text(text, alphabet);
    if (!encoded) {
        return 0;
    }
    const auto parts = smpp::split(*encoded, alphabet, options);
    if (!parts) {
        require(!parts.error().message().empty());
        return 0;
    }
    const std::size_t limit = options.mode == smpp::split_mode::none      ? 254
                              : options.mode == smpp::split_mode::payload ? 65535
                                                                          : 160;
    for (const auto& part : *parts) {
        require(part.octets.size() <= limit);
        require(parts->size() == 1 || !part.body().empty());
        smpp::decode_notes notes;
        static_cast<void>(smpp::decode_text(part.body(), alphabet, &notes));
        require(notes.little_endian || (notes.replaced == 0) ||
                text.find("\uFFFD") != std::string::npos);
    }
    join(*parts, *encoded);
    return 0;
}
