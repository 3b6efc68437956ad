#include "smpp-load/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "smpp/codec.hpp"
#include "smpp/message.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/segmenter.hpp"

namespace smpp_load {
namespace {

template <class P>
P base(const message_options& options, const std::string& destination) {
    P out;
    const auto kind_of = [](const std::string& digits) {
        const bool number =
            !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
        return !number             ? std::pair(smpp::ton::alphanumeric, smpp::npi::unknown)
               : digits.size() > 6 ? std::pair(smpp::ton::international, smpp::npi::isdn)
                                   : std::pair(smpp::ton::network_specific, smpp::npi::unknown);
    };
    const auto from = kind_of(options.from);
    out.source = smpp::address(options.from, from.first, from.second);
    const auto to = kind_of(destination);
    out.destination = smpp::address(destination, to.first, to.second);
    if constexpr (P::id == smpp::command_id::submit_sm) {
        out.registered_delivery.bits = options.receipts ? 1 : 0;
    }
    return out;
}

smpp::encoded_text encoded(std::string_view text) {
    const auto out = smpp::encode_cheapest(text);
    if (!out) {
        throw std::invalid_argument("the text is not UTF-8");
    }
    return *out;
}

/// In as many parts as it takes.
template <class P>
std::vector<P> parts_of(const P& base, std::string_view text) {
    const smpp::encoded_text whole = encoded(text);
    smpp::split_options options;
    options.mode = smpp::split_mode::udh16;
    const auto parts = smpp::split(whole.octets, whole.alphabet, options);
    if (!parts) {
        throw std::invalid_argument(parts.error().message());
    }
    std::vector<P> out;
    for (const smpp::message_part& part : *parts) {
        smpp::set_part(out.emplace_back(base), part, whole.data_coding);
    }
    return out;
}

template <class P>
std::vector<P> make(const std::string& kind, P out) {
    if (kind == "gsm") {
        return parts_of(out, "twenty octets of SMS");
    }
    if (kind == "full") {
        return parts_of(out, std::string(160, 'x'));
    }
    if (kind == "ucs2") {
        return parts_of(out, "\u77ed\u4fe1\u6d4b\u8bd5, \u77ed\u4fe1\u6d4b\u8bd5");
    }
    if (kind == "long") {
        return parts_of(out, std::string(400, 'x'));
    }
    if (kind == "tlv") {
        out.tlvs.set(smpp::tlv::user_message_reference, 7);
        out.tlvs.set(smpp::tlv::source_port, 1234);
        out.tlvs.set(smpp::tlv::destination_port, 5678);
        return parts_of(out, "twenty octets of SMS");
    }
    if (kind == "payload") {
        out.tlvs.set(smpp::tlv::message_payload, std::string(1000, 'x'));
        return {out};
    }
    throw std::invalid_argument(
        fmt::format("'{}' is none of gsm, full, ucs2, tlv, payload, long", kind));
}

template <class P>
void require_sendable(const P& pdu) {
    std::string octets;
    if (const auto failed = smpp::append(octets, smpp::command_status::ok, 1, pdu)) {
        throw std::invalid_argument(
            fmt::format("what shall be sent cannot be: {}", to_string(failed)));
    }
}

}  // namespace

template <class P>
message_mix<P>::message_mix(const message_options& options, place among)
    : to_(options.to),
      number_(among.index),
      step_(among.count),
      reference_(static_cast<std::uint16_t>(among.index * (0x10000U / among.count))) {
    const P plain = base<P>(options, to_.first());
    const bool one_text = !options.text.empty();
    if (one_text) {
        kinds_.push_back({parts_of(plain, options.text)});
        order_.push_back(0);
    }
    unsigned most = 0;
    for (std::size_t i = 0; i < options.mix.size() && !one_text; ++i) {
        kinds_.push_back({make(options.mix[i].first, plain)});
        most = std::max(most, options.mix[i].second);
    }
    // Round after round, so that the kinds are spread evenly.
    for (unsigned round = 0; round < most; ++round) {
        for (std::size_t i = 0; i < options.mix.size(); ++i) {
            if (round < options.mix[i].second) {
                order_.push_back(i);
            }
        }
    }
    if (order_.empty()) {
        throw std::invalid_argument("nothing to send");
    }
    for (const kind& each : kinds_) {
        require_sendable(each.parts.front());
    }
}

template <class P>
void message_mix<P>::begin(kind& message) noexcept {
    if (to_.counts()) {
        for (P& part : message.parts) {
            to_.write(part.destination.digits, number_);
        }
        number_ += step_;
    }
    if (message.parts.size() > 1) {
        for (P& part : message.parts) {  // 06 08 04, then the reference
            part.short_message[3] = static_cast<char>(reference_ >> 8U);
            part.short_message[4] = static_cast<char>(reference_ & 0xFFU);
        }
        ++reference_;
    }
}

template class message_mix<smpp::submit_sm>;
template class message_mix<smpp::deliver_sm>;

}  // namespace smpp_load
