#include "smpp-dump/tui/line_edit.hpp"

#include <utility>

#include "smpp/text/utf8.hpp"

namespace smpp_dump::tui {
namespace {

std::string in_utf8(std::u32string_view text) {
    std::string made;
    for (const char32_t c : text) {
        smpp::utf8::append(made, c);
    }
    return made;
}

}  // namespace

line_edit::line_edit(std::string_view text, bool offered) : offered_(offered) {
    for (std::size_t at = 0; at < text.size();) {
        const auto next = smpp::utf8::next(text, at);
        text_ += next.code_point;
        at += next.size;
    }
    cursor_ = text_.size();
}

bool line_edit::press(const key& pressed) {
    const bool replace = std::exchange(offered_, false);
    switch (pressed.name) {
        case key_name::character:
            if (replace) {
                text_.clear();
                cursor_ = 0;
            }
            if (text_.size() < longest) {
                text_.insert(cursor_++, 1, pressed.character);
            }
            return true;
        case key_name::backspace:
            if (cursor_ > 0) {
                text_.erase(--cursor_, 1);
            }
            return true;
        case key_name::erase:
            if (cursor_ < text_.size()) {
                text_.erase(cursor_, 1);
            }
            return true;
        case key_name::clear_line:
            text_.clear();
            cursor_ = 0;
            return true;
        case key_name::delete_word: delete_word(); return true;
        case key_name::left: cursor_ -= cursor_ > 0 ? 1U : 0U; return true;
        case key_name::right: cursor_ += cursor_ < text_.size() ? 1U : 0U; return true;
        case key_name::home: cursor_ = 0; return true;
        case key_name::end: cursor_ = text_.size(); return true;
        default: return false;
    }
}

/// The word before the cursor, with the blanks behind it.
void line_edit::delete_word() {
    std::size_t begin = cursor_;
    while (begin > 0 && text_[begin - 1] == U' ') {
        --begin;
    }
    while (begin > 0 && text_[begin - 1] != U' ') {
        --begin;
    }
    text_.erase(begin, cursor_ - begin);
    cursor_ = begin;
}

std::string line_edit::text() const { return in_utf8(text_); }

std::string line_edit::before() const {
    return in_utf8(std::u32string_view(text_).substr(0, cursor_));
}

}  // namespace smpp_dump::tui
