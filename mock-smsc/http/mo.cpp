#include "mock-smsc/http/mo.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>
#include <stdexcept>

#include "mock-smsc/receipts/mobile_message.hpp"
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

std::optional<std::uint8_t> octet_at(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    boost::system::error_code failed;
    const auto number = value->to_number<std::uint8_t>(failed);
    if (failed) {
        throw std::runtime_error(fmt::format("{}: a number from 0 to 255 expected", name));
    }
    return number;
}

/// [[tag, "hexadecimal"], ...]: as messages show them.
smpp::tlv_list tlvs_at(const json::object& object) {
    smpp::tlv_list out;
    const auto* value = object.if_contains("tlvs");
    const auto refuse = [] {
        throw std::runtime_error(R"(tlvs: a list such as [[516,"0007"]] expected)");
    };
    if (value == nullptr) {
        return out;
    }
    if (!value->is_array()) {
        refuse();
    }
    for (const auto& each : value->get_array()) {
        if (!each.is_array() || each.get_array().size() != 2 || !each.get_array()[1].is_string()) {
            refuse();
        }
        boost::system::error_code failed;
        const auto tag = each.get_array()[0].to_number<std::uint16_t>(failed);
        const auto& hex = each.get_array()[1].get_string();
        const auto octets = smpp::from_hex({hex.data(), hex.size()});
        if (failed || !octets || octets->size() > 65535) {
            refuse();
        }
        out.add(smpp::tlv_tag(tag), *octets);
    }
    return out;
}

void check_members(const json::object& object) {
    for (const auto& member : object) {
        const auto key = member.key();
        if (key != "from" && key != "to" && key != "text" && key != "coding" && key != "account" &&
            key != "octets" && key != "data_coding" && key != "esm_class" && key != "tlvs" &&
            key != "session") {
            throw std::runtime_error(
                fmt::format("unknown member \"{}\"", std::string_view(key.data(), key.size())));
        }
    }
    if (object.contains("text") == object.contains("octets")) {
        throw std::runtime_error("either text or octets expected");
    }
    if (object.contains("octets") && object.contains("coding")) {
        throw std::runtime_error("coding: octets have none, but a data_coding");
    }
}

/// As they are, or in parts when they do not fit.
std::vector<smpp::deliver_sm> mobile_octets(const smpp::deliver_sm& common,
                                            const std::string& octets, std::uint16_t reference,
                                            smpp::alphabet zero) {
    constexpr std::size_t most = 254;
    std::vector<smpp::deliver_sm> out;
    if (octets.size() <= most) {
        out.push_back(common);
        out.back().short_message = octets;
        return out;
    }
    if (common.esm_class.udhi()) {
        throw std::runtime_error("octets: more than 254 with a header of their own");
    }
    smpp::split_options how;
    how.reference = reference;
    const auto parts = smpp::split(octets, smpp::alphabet_of(common.data_coding, zero), how);
    if (!parts) {
        throw std::runtime_error("octets: " + parts.error().message());
    }
    for (const auto& part : *parts) {
        out.push_back(common);
        out.back().esm_class.set_udhi(part.udhi());
        out.back().short_message = part.octets;
    }
    return out;
}

}  // namespace

mo_request parse_mo(std::string_view text, std::uint16_t reference, smpp::alphabet zero) {
    boost::system::error_code failed;
    const json::value value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object()) {
        throw std::runtime_error("a JSON object expected");
    }
    const auto& object = value.get_object();
    check_members(object);
    mo_request out;
    out.account = text_at(object, "account");
    if (const auto* session = object.if_contains("session")) {
        out.session = session->to_number<std::uint64_t>(failed);
        if (failed || out.session == 0) {
            throw std::runtime_error("session: the number of one expected");
        }
    }
    smpp::deliver_sm common;
    common.source = address_of_number(text_at(object, "from"));
    common.destination = address_of_number(text_at(object, "to"));
    common.esm_class = smpp::esm_class(octet_at(object, "esm_class").value_or(0));
    common.tlvs = tlvs_at(object);
    const auto given = octet_at(object, "data_coding");
    common.data_coding = smpp::data_coding(given.value_or(0));
    if (object.contains("octets")) {
        const auto octets = smpp::from_hex(text_at(object, "octets"));
        if (!octets) {
            throw std::runtime_error("octets: hexadecimal expected");
        }
        out.parts = mobile_octets(common, *octets, reference, zero);
        return out;
    }
    std::string coding = text_at(object, "coding");
    if (given && coding.empty()) {
        coding = smpp::name(smpp::alphabet_of(common.data_coding, zero));
    }
    out.parts = mobile_text(common, text_at(object, "text"), coding, reference, zero);
    for (auto& part : out.parts) {
        part.data_coding = given ? common.data_coding : part.data_coding;
    }
    return out;
}

}  // namespace mock_smsc
