#include "text_template.hpp"

#include "notifier/ascii.hpp"

namespace notifier::bulk {
namespace {

url_error wrong(std::string_view text, std::size_t at, const char* what) {
    return {"body", "'" + std::string(1, text[at]) + "' at octet " + std::to_string(at + 1) + " " +
                        what + "; write {{ and }} for braces"};
}

}  // namespace

parsed<text_template> text_template::parse(std::string_view text) {
    text_template out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '{' && c != '}') {
            out.literals_.back().push_back(c);
            continue;
        }
        if (i + 1 < text.size() && text[i + 1] == c) {
            out.literals_.back().push_back(c);
            ++i;
            continue;
        }
        const auto end = text.find_first_of("{}", i + 1);
        if (c == '}' || end == text.npos || text[end] == '{') {
            return wrong(text, i, c == '}' ? "closes nothing" : "is not closed");
        }
        auto name = ascii::to_lower(ascii::trim(text.substr(i + 1, end - i - 1)));
        if (name.empty()) {
            return wrong(text, i, "names no column");
        }
        out.names_.push_back(std::move(name));
        out.literals_.emplace_back();
        i = end;
    }
    return out;
}

}  // namespace notifier::bulk
