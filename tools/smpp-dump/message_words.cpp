#include "smpp-dump/message_words.hpp"

#include <fmt/format.h>

#include <array>

namespace smpp_dump {
namespace {

using smpp::udh::element_id;

/// 3GPP TS 23.040: 9.2.3.24.
constexpr std::string_view names[] = {"concatenation",
                                      "special message indication",
                                      "reserved",
                                      "not used",
                                      "ports",
                                      "ports",
                                      "SMSC control",
                                      "source indicator",
                                      "concatenation",
                                      "wireless control message",
                                      "text formatting",
                                      "predefined sound",
                                      "sound",
                                      "predefined animation",
                                      "large animation",
                                      "small animation",
                                      "large picture",
                                      "small picture",
                                      "variable picture",
                                      "user prompt",
                                      "extended object",
                                      "reused extended object",
                                      "compression",
                                      "object distribution",
                                      "WVG object",
                                      "character size WVG object",
                                      "extended object data request"};
constexpr std::string_view later_names[] = {"RFC 822 e-mail header",
                                            "hyperlink",
                                            "reply address",
                                            "enhanced voice mail",
                                            "national language single shift",
                                            "national language locking shift"};

std::string part_words(const smpp::udh::element& element) {
    const smpp::octet_span data = element.data;
    const std::size_t wide = element.id == element_id::concat16 ? 1 : 0;
    if (data.size() != 3 + wide) {
        return {};
    }
    const unsigned reference = wide == 0 ? data[0] : smpp::load_be<std::uint16_t>(data.data());
    return fmt::format("part {} of {}, reference {}", data[2 + wide], data[1 + wide], reference);
}

std::string port_words(const smpp::udh::element& element) {
    const smpp::octet_span data = element.data;
    if (element.id == element_id::ports8) {
        return data.size() == 2 ? fmt::format("to {} from {}", data[0], data[1]) : std::string();
    }
    return data.size() == 4
               ? fmt::format("to {} from {}", smpp::load_be<std::uint16_t>(data.data()),
                             smpp::load_be<std::uint16_t>(data.data() + 2))
               : std::string();
}

std::string waiting_words(const smpp::udh::element& element) {
    constexpr std::array<std::string_view, 4> kinds{"voicemail", "fax", "e-mail", "other"};
    const smpp::octet_span data = element.data;
    return data.size() == 2 ? fmt::format("{} {} messages{}", data[1], kinds[data[0] & 3U],
                                          (data[0] & 0x80U) != 0 ? ", stored" : "")
                            : std::string();
}

}  // namespace

std::string_view udh_name(element_id id) noexcept {
    constexpr unsigned later = 0x20;
    const auto number = static_cast<unsigned>(id);
    return number < std::size(names)                 ? names[number]
           : number < later                          ? "element"
           : number - later < std::size(later_names) ? later_names[number - later]
           : number >= 0x70 && number <= 0x7F        ? "SIM toolkit security"
                                                     : "element";
}

std::string udh_words(const smpp::udh::element& element) {
    switch (element.id) {
        case element_id::concat8:
        case element_id::concat16: return part_words(element);
        case element_id::ports8:
        case element_id::ports16: return port_words(element);
        case element_id::special_message_indication: return waiting_words(element);
        case element_id::national_single_shift:
        case element_id::national_locking_shift:
            return element.data.size() == 1
                       ? std::string(name(smpp::gsm7::language(element.data[0])))
                       : std::string();
        default: return {};
    }
}

std::string coding_words(smpp::data_coding coding) {
    using smpp::message_class;
    using kind = smpp::waiting_indication::kind;
    const smpp::coding_details found = smpp::describe(coding);
    std::string out(name(found.alphabet));
    if (found.message_class) {
        switch (*found.message_class) {
            case message_class::flash: out += ", class 0: shown at once"; break;
            case message_class::me: out += ", class 1: the phone's memory"; break;
            case message_class::sim: out += ", class 2: the SIM"; break;
            case message_class::te: out += ", class 3: equipment behind the phone"; break;
        }
    }
    if (found.waiting) {
        switch (found.waiting->type) {
            case kind::voicemail: out += ", sign of voicemail"; break;
            case kind::fax: out += ", sign of a fax"; break;
            case kind::email: out += ", sign of e-mail"; break;
            case kind::other: out += ", sign of other messages"; break;
        }
        out += found.waiting->active ? " on" : " off";
        out += found.waiting->store ? ", text stored" : ", text discarded";
    }
    out += found.compressed ? ", compressed" : "";
    out += found.automatic_deletion ? ", deleted once read" : "";
    out += found.reserved ? ", reserved value" : "";
    return out;
}

}  // namespace smpp_dump
