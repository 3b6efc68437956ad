#include "mock-smsc/store/message_notes.hpp"

#include <algorithm>

#include "smpp/text/utf8.hpp"

namespace mock_smsc {

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
