#include "smpp-dump/filter_lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "smpp-dump/filter.hpp"

namespace smpp_dump::detail {

void fail(const token& at, std::string_view expected) {
    throw filter_error(at.is == token::kind::end
                           ? fmt::format("filter: {} expected at its end", expected)
                           : fmt::format("filter: {} expected at character {}, not '{}'", expected,
                                         at.at + 1, at.text));
}

token lexer::next() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    const std::size_t start = at_;
    if (start == text_.size()) {
        return {token::kind::end, {}, start};
    }
    if (text_[start] == '"') {
        return {token::kind::quoted, quoted(), start};
    }
    for (const std::string_view symbol : {"===", "!==", "&&", "||", "==", "!=", "<=", ">="}) {
        if (text_.substr(start).starts_with(symbol)) {
            at_ += symbol.size();
            return {token::kind::symbol, std::string(symbol), start};
        }
    }
    at_ = end_of_word(start);
    if (at_ == start) {
        return {token::kind::symbol, std::string(1, text_[at_++]), start};
    }
    return {token::kind::word, std::string(text_.substr(start, at_ - start)), start};
}

/// A bracket begins a word of its own behind a name ("smpp.message[0:2]") and is part of other
/// words ("[::1]:2775").
std::size_t lexer::end_of_word(std::size_t start) const {
    const std::size_t end =
        std::min(text_.find_first_of(" \t\r\n()!=<>&|{},\"~", start), text_.size());
    const bool name = std::isalpha(static_cast<unsigned char>(text_[start])) != 0;
    return name ? std::min(end, text_.find('[', start)) : end;
}

std::string lexer::quoted() {
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] == '"') {
            ++at_;
            return out;
        }
        // Only what would end the text is escaped; patterns keep their backslashes.
        const bool escaped = text_[at_] == '\\' && at_ + 1 < text_.size() &&
                             (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
        at_ += escaped ? 1 : 0;
        out += text_[at_];
    }
    throw filter_error("filter: the text in quotes has no end");
}

}  // namespace smpp_dump::detail
