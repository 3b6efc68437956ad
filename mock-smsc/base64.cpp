#include "mock-smsc/base64.hpp"

namespace mock_smsc {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::span<const std::uint8_t> octets) {
    std::string out;
    std::uint32_t bits = 0;
    unsigned held = 0;  // bits not written yet
    for (const std::uint8_t octet : octets) {
        bits = (bits << 8U) | octet;
        for (held += 8; held >= 6; held -= 6) {
            out += digits[(bits >> (held - 6)) & 63U];
        }
    }
    if (held > 0) {
        out += digits[(bits << (6 - held)) & 63U];
    }
    return out;
}

std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text) {
    if (text.size() % 4 == 0 && text.ends_with('=')) {
        text.remove_suffix(text.ends_with("==") ? 2 : 1);
    }
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> out;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const auto value = digits.find(c);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<std::uint8_t>(bits >> held));
        }
    }
    return out;
}

}  // namespace mock_smsc
