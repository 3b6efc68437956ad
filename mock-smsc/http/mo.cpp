#include "mock-smsc/http/mo.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "mock-smsc/receipts/mobile_message.hpp"
#include "smpp/octets.hpp"

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
    common.source = address_of_number(text_at(object, "from"));
    common.destination = address_of_number(text_at(object, "to"));
    if (!object.contains("octets")) {
        out.parts =
            mobile_text(common, text_at(object, "text"), text_at(object, "coding"), reference);
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
