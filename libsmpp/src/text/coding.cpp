#include "smpp/text/coding.hpp"

namespace smpp {
namespace {

constexpr unsigned general_group_with_class = 0x10;
constexpr unsigned waiting_discard = 0xC0;
constexpr unsigned waiting_store = 0xD0;
constexpr unsigned waiting_store_ucs2 = 0xE0;

/// 00xx and 01xx: bit 5 compressed, bit 4 has a class, bits 3-2 alphabet, bits 1-0 class.
void describe_general(unsigned bits, coding_details& out) noexcept {
    out.compressed = (bits & 0x20) != 0;
    out.automatic_deletion = (bits & 0x40) != 0;
    if ((bits & 0x10) != 0) {
        out.message_class = message_class(bits & 3);
    }
    out.reserved = (bits & 0x0C) == 0x0C;
}

/// 1100, 1101, 1110: bit 3 on or off, bits 1-0 which sign.
void describe_waiting(unsigned bits, coding_details& out) noexcept {
    waiting_indication waiting;
    waiting.type = waiting_indication::kind(bits & 3);
    waiting.active = (bits & 0x08) != 0;
    waiting.store = (bits & 0xF0) != waiting_discard;
    out.waiting = waiting;
    out.reserved = (bits & 0x04) != 0;
}

}  // namespace

coding_details describe(data_coding coding, coding_reading reading,
                        alphabet smsc_default) noexcept {
    const auto bits = static_cast<unsigned>(coding);
    coding_details out;
    out.alphabet = alphabet_of(coding, smsc_default);
    if (bits < 0x10 && reading == coding_reading::smpp) {
        out.reserved = name(coding).empty();
    } else if (bits < 0x80) {
        if (bits < 0x10) {
            // The group above has the same alphabets and, beside them, a class.
            out.alphabet = alphabet_of(data_coding(bits | general_group_with_class));
            out.alphabet = bits < 0x04 ? smsc_default : out.alphabet;
        }
        describe_general(bits, out);
    } else if (bits < waiting_discard) {
        out.reserved = true;
    } else if (bits < 0xF0) {
        describe_waiting(bits, out);
    } else {
        out.message_class = message_class(bits & 3);
        out.reserved = (bits & 0x08) != 0;
    }
    return out;
}

std::optional<data_coding> with_class(alphabet value, message_class wanted) noexcept {
    const unsigned bits = general_group_with_class | static_cast<unsigned>(wanted);
    switch (value) {
        case alphabet::gsm7: return data_coding(bits);
        case alphabet::octets: return data_coding(bits | 0x04);
        case alphabet::ucs2: return data_coding(bits | 0x08);
        default: return std::nullopt;
    }
}

std::optional<data_coding> with_waiting(alphabet value, waiting_indication wanted) noexcept {
    const unsigned bits = static_cast<unsigned>(wanted.type) | (wanted.active ? 0x08U : 0U);
    if (value == alphabet::gsm7) {
        return data_coding((wanted.store ? waiting_store : waiting_discard) | bits);
    }
    if (value == alphabet::ucs2 && wanted.store) {
        return data_coding(waiting_store_ucs2 | bits);
    }
    return std::nullopt;
}

}  // namespace smpp
