#include "mock-smsc/receipts/mobile_message.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "smpp/text/segmenter.hpp"

namespace mock_smsc {
namespace {

smpp::encoded_text encode(const std::string& text, const std::string& coding, smpp::alphabet zero) {
    if (coding.empty()) {
        auto cheapest = smpp::encode_cheapest(text, zero);
        if (!cheapest) {
            throw std::runtime_error("text: " + cheapest.error().message());
        }
        return std::move(*cheapest);
    }
    const auto alphabet = smpp::alphabet_named(coding);
    if (!alphabet) {
        throw std::runtime_error(fmt::format("coding: unknown alphabet \"{}\"", coding));
    }
    auto octets = smpp::encode_text(text, *alphabet);
    if (!octets) {
        throw std::runtime_error("text: " + octets.error().message());
    }
    smpp::encoded_text out;
    out.alphabet = *alphabet;
    out.data_coding = smpp::data_coding_of(*alphabet, zero);
    out.octets = std::move(*octets);
    return out;
}

}  // namespace

smpp::address address_of_number(std::string number) {
    if (number.starts_with('+')) {
        return smpp::address(number.substr(1), smpp::ton::international, smpp::npi::isdn);
    }
    const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
    return digits ? smpp::address(std::move(number), smpp::ton::unknown, smpp::npi::isdn)
                  : smpp::address(std::move(number), smpp::ton::alphanumeric, smpp::npi::unknown);
}

std::vector<smpp::deliver_sm> mobile_text(const smpp::deliver_sm& common, const std::string& text,
                                          const std::string& coding, std::uint16_t reference,
                                          smpp::alphabet zero) {
    const auto encoded = encode(text, coding, zero);
    smpp::split_options how;
    how.reference = reference;
    const auto parts = smpp::split(encoded.octets, encoded.alphabet, how);
    if (!parts) {
        throw std::runtime_error("text: " + parts.error().message());
    }
    std::vector<smpp::deliver_sm> out;
    for (const auto& part : *parts) {
        smpp::deliver_sm one = common;
        one.data_coding = encoded.data_coding;
        one.esm_class.set_udhi(part.udhi());
        one.short_message = part.octets;
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace mock_smsc
