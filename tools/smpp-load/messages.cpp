#include "smpp-load/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "smpp/text/encoding.hpp"
#include "smpp/text/udh.hpp"

namespace smpp_load {
namespace {

template <class P>
P base(const message_options& options) {
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
    const auto to = kind_of(options.to);
    out.destination = smpp::address(options.to, to.first, to.second);
    if constexpr (P::id == smpp::command_id::submit_sm) {
        out.registered_delivery.bits = options.receipts ? 1 : 0;
    }
    return out;
}

template <class P>
void set_text(P& to, std::string_view text) {
    const auto encoded = smpp::encode_cheapest(text);
    if (!encoded) {
        throw std::invalid_argument("the text is not UTF-8");
    }
    to.data_coding = encoded->data_coding;
    if (encoded->octets.size() > 254) {
        to.tlvs.set(smpp::tlv::message_payload, encoded->octets);
    } else {
        to.short_message = encoded->octets;
    }
}

template <class P>
P make(const std::string& kind, const message_options& options) {
    P out = base<P>(options);
    if (kind == "gsm") {
        set_text(out, "twenty octets of SMS");
    } else if (kind == "full") {
        set_text(out, std::string(160, 'x'));
    } else if (kind == "ucs2") {
        set_text(out, "\u77ed\u4fe1\u6d4b\u8bd5, \u77ed\u4fe1\u6d4b\u8bd5");
    } else if (kind == "tlv") {
        set_text(out, "twenty octets of SMS");
        out.tlvs.set(smpp::tlv::user_message_reference, 7);
        out.tlvs.set(smpp::tlv::source_port, 1234);
        out.tlvs.set(smpp::tlv::destination_port, 5678);
    } else if (kind == "payload") {
        set_text(out, std::string(1000, 'x'));
    } else if (kind == "part") {
        out.esm_class.set_udhi(true);
        out.short_message =
            smpp::udh::writer().add(smpp::udh::concat{7, 2, 1}).octets() + std::string(153, 'x');
    } else {
        throw std::invalid_argument(
            fmt::format("'{}' is none of gsm, full, ucs2, tlv, payload, part", kind));
    }
    return out;
}

}  // namespace

template <class P>
message_mix<P>::message_mix(const message_options& options) {
    if (!options.text.empty()) {
        kinds_.push_back(base<P>(options));
        set_text(kinds_.back(), options.text);
        order_.push_back(0);
        return;
    }
    unsigned most = 0;
    for (const auto& [kind, weight] : options.mix) {
        kinds_.push_back(make<P>(kind, options));
        most = std::max(most, weight);
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
}

template class message_mix<smpp::submit_sm>;
template class message_mix<smpp::deliver_sm>;

}  // namespace smpp_load
