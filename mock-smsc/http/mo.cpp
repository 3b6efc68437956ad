#include "mock-smsc/http/mo.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "smpp/octets.hpp"
#include "smpp/text/segmenter.hpp"

namespace mock_smsc {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
        return {};
    }
    if (!value->is_string()) {
        throw std::runtime_error(fmt::format("{}: a text expected", name));
    }
    const auto& text = value->get_string();
    return {text.data(), text.size()};
}

std::uint8_t octet_at(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
        return 0;
    }
    boost::system::error_code failed;
    const auto number = value->to_number<std::uint8_t>(failed);
    if (failed) {
        throw std::runtime_error(fmt::format("{}: a number from 0 to 255 expected", name));
    }
    return number;
}

smpp::address address_of(std::string number) {
    if (number.starts_with('+')) {
        return smpp::address(number.substr(1), smpp::ton::international, smpp::npi::isdn);
    }
    const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
    return digits ? smpp::address(std::move(number), smpp::ton::unknown, smpp::npi::isdn)
                  : smpp::address(std::move(number), smpp::ton::alphanumeric, smpp::npi::unknown);
}

smpp::encoded_text encode(const std::string& text, const std::string& coding) {
    if (coding.empty()) {
        auto cheapest = smpp::encode_cheapest(text);
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
    out.data_coding = smpp::data_coding_of(*alphabet);
    out.octets = std::move(*octets);
    return out;
}

void add_text_parts(const json::object& object, const smpp::deliver_sm& common,
                    std::uint16_t reference, std::vector<smpp::deliver_sm>& out) {
    const auto encoded = encode(text_at(object, "text"), text_at(object, "coding"));
    smpp::split_options how;
    how.reference = reference;
    const auto parts = smpp::split(encoded.octets, encoded.alphabet, how);
    if (!parts) {
        throw std::runtime_error("text: " + parts.error().message());
    }
    for (const auto& part : *parts) {
        smpp::deliver_sm one = common;
        one.data_coding = encoded.data_coding;
        one.esm_class.set_udhi(part.udhi());
        one.short_message = part.octets;
        out.push_back(std::move(one));
    }
}

}  // namespace

mo_request parse_mo(std::string_view text, std::uint16_t reference) {
    boost::system::error_code failed;
    const json::value value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object()) {
        throw std::runtime_error("a JSON object expected");
    }
    const auto& object = value.get_object();
    for (const auto& member : object) {
        const auto key = member.key();
        if (key != "from" && key != "to" && key != "text" && key != "coding" && key != "account" &&
            key != "octets" && key != "data_coding" && key != "esm_class") {
            throw std::runtime_error(
                fmt::format("unknown member \"{}\"", std::string_view(key.data(), key.size())));
        }
    }
    mo_request out;
    out.account = text_at(object, "account");
    smpp::deliver_sm common;
    common.source = address_of(text_at(object, "from"));
    common.destination = address_of(text_at(object, "to"));
    if (!object.contains("octets")) {
        add_text_parts(object, common, reference, out.parts);
        return out;
    }
    const auto octets = smpp::from_hex(text_at(object, "octets"));
    if (!octets || octets->size() > 254) {
        throw std::runtime_error("octets: up to 254 in hexadecimal expected");
    }
    common.short_message = *octets;
    common.data_coding = smpp::data_coding(octet_at(object, "data_coding"));
    common.esm_class = smpp::esm_class(octet_at(object, "esm_class"));
    out.parts.push_back(std::move(common));
    return out;
}

}  // namespace mock_smsc
