#include "smpp/text/encoding.hpp"

#include "smpp/text/gsm7.hpp"
#include "smpp/text/iso8859.hpp"
#include "smpp/text/ucs2.hpp"
#include "smpp/text/udh.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp {
namespace {

struct alphabet_row {
    alphabet value;
    std::string_view name;
    data_coding coding;
};

constexpr alphabet_row rows[] = {
    {alphabet::gsm7, "gsm7", data_coding::smsc_default},
    {alphabet::ascii, "ascii", data_coding::ascii},
    {alphabet::latin1, "latin1", data_coding::latin1},
    {alphabet::cyrillic, "cyrillic", data_coding::cyrillic},
    {alphabet::hebrew, "hebrew", data_coding::hebrew},
    {alphabet::ucs2, "ucs2", data_coding::ucs2},
    {alphabet::gsm7_packed, "gsm7-packed", data_coding::smsc_default},
    {alphabet::utf8, "utf8", data_coding::smsc_default},
    {alphabet::octets, "octets", data_coding::octets},
};

// Values 0x10 and up, by the groups of 3GPP TS 23.038, section 4.
constexpr alphabet alphabet_of_group(unsigned bits) noexcept {
    constexpr alphabet by_bits_3_2[] = {alphabet::gsm7, alphabet::octets, alphabet::ucs2,
                                        alphabet::octets};
    if (bits < 0x80) {
        const bool compressed = (bits & 0x20) != 0;
        return compressed ? alphabet::octets : by_bits_3_2[bits >> 2 & 3];
    }
    switch (bits >> 4) {
        case 0xC:
        case 0xD: return alphabet::gsm7;  // message waiting
        case 0xE: return alphabet::ucs2;  // message waiting
        case 0xF: return (bits & 0x04) != 0 ? alphabet::octets : alphabet::gsm7;
        default: return alphabet::octets;
    }
}

text_result<std::string> checked_utf8(std::string_view text) {
    if (const auto bad = utf8::find_invalid(text)) {
        return make_text_error(text, *bad, "UTF-8");
    }
    return std::string(text);
}

std::string decode_ucs2(octet_span octets, decode_notes& notes) {
    ucs2::notes met;
    std::string text = ucs2::decode(octets, &met);
    notes = {met.replaced, met.byte_order_mark, met.little_endian, met.odd_octet};
    return text;
}

std::string decode_utf8(octet_span octets, decode_notes& notes) {
    const std::string_view text = as_text(octets);
    for (std::size_t at = 0; at < text.size();) {
        const auto [character, size] = utf8::next(text, at);
        notes.replaced += character == utf8::invalid ? 1 : 0;
        at += size;
    }
    return utf8::repair(text);
}

}  // namespace

std::string_view name(alphabet value) noexcept {
    for (const auto& row : rows) {
        if (row.value == value) {
            return row.name;
        }
    }
    return {};
}

std::optional<alphabet> alphabet_named(std::string_view wanted) noexcept {
    for (const auto& row : rows) {
        if (row.name == wanted) {
            return row.value;
        }
    }
    return std::nullopt;
}

alphabet alphabet_of(data_coding coding, alphabet smsc_default) noexcept {
    switch (coding) {
        case data_coding::smsc_default: return smsc_default;
        case data_coding::ascii: return alphabet::ascii;
        case data_coding::latin1: return alphabet::latin1;
        case data_coding::cyrillic: return alphabet::cyrillic;
        case data_coding::hebrew: return alphabet::hebrew;
        case data_coding::ucs2: return alphabet::ucs2;
        default: break;
    }
    const auto bits = static_cast<unsigned>(coding);
    return bits < 0x10 ? alphabet::octets : alphabet_of_group(bits);
}

data_coding data_coding_of(alphabet value, alphabet smsc_default) noexcept {
    if (value == smsc_default) {
        return data_coding::smsc_default;
    }
    for (const auto& row : rows) {
        if (row.value == value) {
            return row.coding;
        }
    }
    return data_coding::smsc_default;
}

text_result<std::string> encode_text(std::string_view text, alphabet target, gsm7::shift tables) {
    switch (target) {
        case alphabet::gsm7:
        case alphabet::gsm7_packed: return gsm7::encode(text, tables);
        case alphabet::ascii: return iso8859::encode(text, iso8859::part::ascii);
        case alphabet::latin1: return iso8859::encode(text, iso8859::part::latin1);
        case alphabet::cyrillic: return iso8859::encode(text, iso8859::part::cyrillic);
        case alphabet::hebrew: return iso8859::encode(text, iso8859::part::hebrew);
        case alphabet::ucs2: return ucs2::encode(text);
        case alphabet::utf8: return checked_utf8(text);
        case alphabet::octets: break;
    }
    return std::string(text);
}

std::string decode_text(octet_span octets, alphabet source, decode_notes* notes) {
    decode_notes ignored;
    decode_notes& met = notes != nullptr ? *notes : ignored;
    met = {};
    switch (source) {
        case alphabet::gsm7: return gsm7::decode(octets, {}, &met.replaced);
        case alphabet::gsm7_packed:
            return gsm7::decode(as_octets(gsm7::unpack(octets)), {}, &met.replaced);
        case alphabet::ascii: return iso8859::decode(octets, iso8859::part::ascii, &met.replaced);
        case alphabet::latin1: return iso8859::decode(octets, iso8859::part::latin1, &met.replaced);
        case alphabet::cyrillic:
            return iso8859::decode(octets, iso8859::part::cyrillic, &met.replaced);
        case alphabet::hebrew: return iso8859::decode(octets, iso8859::part::hebrew, &met.replaced);
        case alphabet::ucs2: return decode_ucs2(octets, met);
        case alphabet::utf8: return decode_utf8(octets, met);
        case alphabet::octets: break;
    }
    return to_hex(octets);
}

std::string decode_text(octet_span octets, data_coding coding, alphabet smsc_default,
                        decode_notes* notes) {
    return decode_text(octets, alphabet_of(coding, smsc_default), notes);
}

std::string decode_user_data(octet_span octets, bool udhi, alphabet source, decode_notes* notes) {
    const auto [header, text, well_formed] =
        udhi ? udh::separate(octets) : udh::separated{{}, octets, true};
    if (header.empty() || (source != alphabet::gsm7 && source != alphabet::gsm7_packed)) {
        return decode_text(text, source, notes);
    }
    decode_notes ignored;
    decode_notes& met = notes != nullptr ? *notes : ignored;
    met = {};
    const gsm7::shift tables = udh::find_shift(header);
    if (source == alphabet::gsm7) {
        return gsm7::decode(text, tables, &met.replaced);
    }
    const std::string septets = gsm7::unpack(text, gsm7::fill_bits(header.size()));
    return gsm7::decode(as_octets(septets), tables, &met.replaced);
}

}  // namespace smpp
