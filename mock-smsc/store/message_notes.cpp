#include "mock-smsc/store/message_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "smpp/text/utf8.hpp"

namespace mock_smsc {

std::string to_text(const std::vector<refused_destination>& refused) {
    std::string out;
    for (const refused_destination& each : refused) {
        out += fmt::format("{}{} {}", out.empty() ? "" : ",", each.index,
                           static_cast<std::uint32_t>(each.status));
    }
    return out;
}

std::vector<refused_destination> parse_refused(std::string_view text) {
    std::vector<refused_destination> out;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::uint8_t index = 0;
        std::uint32_t status = 0;
        const auto first = std::from_chars(at, end, index);
        if (first.ec != std::errc() || first.ptr == end || *first.ptr != ' ') {
            break;
        }
        const auto second = std::from_chars(first.ptr + 1, end, status);
        if (second.ec != std::errc() || (second.ptr != end && *second.ptr != ',')) {
            break;
        }
        out.push_back({index, smpp::command_status(status)});
        at = second.ptr + 1;
    }
    return out;
}

bool message_note::add_tag(std::string_view tag) {
    if (has_tag(tag) || tags.size() >= most_tags) {
        return false;
    }
    tags.emplace_back(tag);
    return true;
}

bool message_note::remove_tag(std::string_view tag) { return std::erase(tags, tag) > 0; }

bool message_note::has_tag(std::string_view tag) const noexcept {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_tag(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 64 && !smpp::utf8::find_invalid(text) &&
           std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == ',' || c == '\x7f';
           });
}

}  // namespace mock_smsc
