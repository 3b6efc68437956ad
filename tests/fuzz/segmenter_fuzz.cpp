// Any text in any alphabet, national tables and mode: each part fits, cuts no character, and the
// parts join to the whole.
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

/// The text of a part alone, as octets of its alphabet.
std::string unpacked(const smpp::message_part& part) {
    if (part.alphabet != smpp::alphabet::gsm7_packed) {
        return std::string(smpp::as_text(part.body()));
    }
    const std::size_t fill = smpp::gsm7::fill_bits(part.header_size);
    std::string septets = smpp::gsm7::unpack(part.body(), fill);
    septets.resize(std::max(septets.size(), part.units), '\r');  // one that looked like filling
    septets.resize(part.units);
    return septets;
}

/// 0..13: the extension table of that language; 14..27: its default table too.
smpp::gsm7::shift tables_of(unsigned choice) {
    const auto language = smpp::gsm7::language(choice % 14);
    return {choice < 14 ? smpp::gsm7::language::none : language, language};
}

void join(const std::vector<smpp::message_part>& parts, std::string_view whole) {
    smpp::reassembler joiner;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const std::string octets = unpacked(*part);
        const auto added = joiner.add({.source = "1",
                                       .destination = "2",
                                       .reference = part->reference,
                                       .total = part->total,
                                       .number = part->number,
                                       .octets = smpp::as_octets(octets)},
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
    const auto alphabet = smpp::alphabet(data[0] % 9);
    const bool septets =
        alphabet == smpp::alphabet::gsm7 || alphabet == smpp::alphabet::gsm7_packed;
    const auto tables = septets ? tables_of(data[0] / 9U) : smpp::gsm7::shift();
    const std::size_t element_octets = std::min<std::size_t>(data[2], size - 3);
    const smpp::split_options options{.mode = smpp::split_mode(data[1] % 5),
                                      .reference = 0x1234,
                                      .elements = {data + 3, element_octets},
                                      .tables = tables};
    const smpp::octet_span rest(data + 3 + element_octets, size - 3 - element_octets);
    std::string text;
    for (int i = data[1] / 5; i >= 0; --i) {  // long texts from short inputs
        text += smpp::utf8::repair(smpp::as_text(rest));
    }
    const auto encoded = smpp::encode_text(text, alphabet, tables);
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
        static_cast<void>(
            smpp::decode_user_data(smpp::as_octets(part.octets), part.udhi(), alphabet, &notes));
        require(notes.little_endian || (notes.replaced == 0) ||
                text.find("\uFFFD") != std::string::npos);
    }
    join(*parts, *encoded);
    return 0;
}
