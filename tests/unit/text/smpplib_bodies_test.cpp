// Message bodies that python-smpplib was given, with what it made of them and what it should have
// made of them.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>

#include "smpp/text/segmenter.hpp"
#include "smpp/text/utf8.hpp"

namespace {

using row = std::map<std::string, std::string>;

std::vector<std::string> split_at(std::string_view line, char separator) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t end = std::min(line.find(separator, at), line.size());
        out.emplace_back(line.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::vector<row> read_table() {
    std::ifstream file(SMPP_TEST_DATA "/gsm/smpplib_bodies.tsv");
    std::string line;
    std::getline(file, line);
    const auto names = split_at(line, '\t');
    std::vector<row> out;
    while (std::getline(file, line)) {
        const auto cells = split_at(line, '\t');
        row& current = out.emplace_back();
        for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) {
            current[names[i]] = cells[i];
        }
    }
    return out;
}

// Surrogates that JSON cannot express as text stand for broken UTF-8: \udcXX for the octet XX,
// others as they would be coded.
std::optional<std::string> lone_surrogate(const std::string& json) {
    const std::size_t at = json.find("\\ud");
    if (at == std::string::npos || json.find("\\ud", at + 1) != std::string::npos) {
        return std::nullopt;
    }
    const auto unit = static_cast<unsigned>(std::stoul(json.substr(at + 2, 4), nullptr, 16));
    if (unit < 0xD800) {
        return std::nullopt;
    }
    std::string octets;
    if (unit >= 0xDC80) {
        octets = static_cast<char>(unit & 0xFF);
    } else {
        octets = {'\xED', static_cast<char>(0x80 | (unit >> 6 & 0x3F)),
                  static_cast<char>(0x80 | (unit & 0x3F))};
    }
    return json.substr(1, at - 1) + octets + json.substr(at + 6, json.size() - at - 7);
}

std::string body_of(const std::string& json) {
    if (const auto broken = lone_surrogate(json)) {
        return *broken;
    }
    const auto value = boost::json::parse(json);
    if (const auto* text = value.if_string()) {
        return std::string(text->data(), text->size());
    }
    const auto& repeated = value.as_object();
    std::string out;
    for (std::int64_t n = repeated.at("count").as_int64(); n > 0; --n) {
        out += std::string_view(repeated.at("repeat").as_string());
    }
    return out;
}

// The right answer: the std_ columns where smpplib is wrong, and where they say nothing its own.
std::string right(const row& each, const std::string& column) {
    const std::string& standard = each.at("std_" + column);
    return standard.empty() ? each.at(column) : standard;
}

TEST(smpplib_bodies, every_row_is_encoded_and_split_as_the_standard_says) {
    std::size_t sent = 0;
    std::size_t refused = 0;
    for (const row& each : read_table()) {
        SCOPED_TRACE("row " + each.at("id") + ": " + each.at("note"));
        const auto text = smpp::encode_cheapest(body_of(each.at("body_json")));
        if (right(each, "data_coding").empty()) {
            ++refused;
            const bool too_long = text && !smpp::split(text->octets, text->alphabet);
            EXPECT_TRUE(!text || too_long);
            continue;
        }
        ++sent;
        ASSERT_TRUE(text);
        EXPECT_EQ(std::to_string(static_cast<int>(text->data_coding)), right(each, "data_coding"));
        const auto parts = smpp::split(text->octets, text->alphabet, {.reference = 0x5A}).value();
        std::string hex;
        for (const auto& part : parts) {
            hex += (hex.empty() ? "" : ",") + smpp::to_hex(part.octets);
            EXPECT_EQ(part.udhi(), parts.size() > 1);
        }
        EXPECT_EQ(std::to_string(parts.size()), right(each, "parts"));
        EXPECT_EQ(hex, right(each, "parts_hex"));
    }
    EXPECT_EQ(sent, 60U);
    EXPECT_EQ(refused, 4U);
}

}  // namespace
