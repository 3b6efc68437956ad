// HTML to plain text, as people write it in notifications. Markdown is in markdown.cpp.
#include <algorithm>
#include <array>

#include "ascii.hpp"
#include "body.hpp"
#include "entities.hpp"

namespace notifier {
namespace {

constexpr auto npos = std::string_view::npos;

/// Name of the tag at the start of `text` ("br", "/p"), lower case.
std::string tag_name(std::string_view text) {
    std::size_t n = 1;
    while (n < text.size() &&
           (ascii::is_letter(text[n]) || ascii::is_digit(text[n]) || (n == 1 && text[n] == '/'))) {
        ++n;
    }
    return ascii::to_lower(text.substr(1, n - 1));
}

bool breaks_line(std::string_view tag) {
    static constexpr std::array<std::string_view, 16> tags{
        "br",  "/p",  "/div", "/h1", "/h2", "/h3", "/h4",         "/h5",
        "/h6", "/li", "/tr",  "/ul", "/ol", "hr",  "/blockquote", "/pre"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Begins a line of its own, also when the one before was not closed.
bool begins_line(std::string_view tag) {
    static constexpr std::array<std::string_view, 15> tags{
        "p",  "div", "li", "tr", "ul",         "ol",  "table",  "h1",
        "h2", "h3",  "h4", "h5", "blockquote", "pre", "section"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Value of an attribute of the tag at the start of `text`, up to `close`; empty if it has none.
std::string attribute(std::string_view text, std::size_t close, std::string_view name) {
    const auto inside = text.substr(0, close);
    const auto lower = ascii::to_lower(inside);
    for (auto at = lower.find(name); at != npos; at = lower.find(name, at + 1)) {
        const auto equals = std::min(lower.find_first_not_of(" \t\r\n", at + name.size()), close);
        if (!ascii::is_space(lower[at - 1]) || equals == close || lower[equals] != '=') {
            continue;
        }
        auto value = ascii::trim(inside.substr(equals + 1));
        const char quote = value.empty() ? ' ' : value.front();
        const bool quoted = quote == '"' || quote == '\'';
        value.remove_prefix(quoted ? 1 : 0);
        const auto end = quoted ? value.find(quote) : value.find_first_of(" \t\r\n");
        return without_entities(value.substr(0, end));
    }
    return {};
}

/// A target that the text does not say already, and that a reader of an SMS can use.
bool is_worth_telling(std::string_view target, std::string_view text) {
    if (target.empty() || target.front() == '#' || target == text ||
        ascii::to_lower(target).starts_with("javascript:")) {
        return false;
    }
    for (const std::string_view schema : {"mailto:", "tel:", "https://", "http://"}) {
        if (target.starts_with(schema) && target.substr(schema.size()) == text) {
            return false;
        }
    }
    return true;
}

class html_reader {
public:
    explicit html_reader(std::string_view html) : rest_(html) {}

    std::string run() {
        while (!rest_.empty()) {
            std::size_t taken = 0;
            if (rest_.front() == '<') {
                taken = read_tag();
            } else if (rest_.front() == '&') {
                taken = read_entity(rest_, out_);
            }
            if (taken == 0) {
                put(rest_.front());
                taken = 1;
            }
            rest_.remove_prefix(std::min(taken, rest_.size()));
        }
        return std::string(ascii::trim(out_));
    }

private:
    std::size_t read_tag() {
        if (rest_.starts_with("<!--")) {
            const auto end = rest_.find("-->");
            return end == npos ? rest_.size() : end + 3;
        }
        const auto tag = tag_name(rest_);
        const auto close = rest_.find('>');
        if ((tag.empty() && !rest_.starts_with("<!")) || tag == "/" || close == npos) {
            return 0;  // "a < b"
        }
        if (tag == "script" || tag == "style" || tag == "head") {
            const auto end = ascii::to_lower(rest_).find("</" + tag);
            return end == npos ? rest_.size() : end;
        }
        if (breaks_line(tag)) {
            trim_blanks();
            out_.push_back('\n');
        } else if (begins_line(tag)) {
            begin_line();
            out_ += tag == "li" ? "- " : "";
        } else if (tag == "a") {
            target_ = attribute(rest_, close, "href");
            words_at_ = out_.size();
        } else if (tag == "/a") {
            end_link();
        } else if (tag == "img") {
            out_ += attribute(rest_, close, "alt");
        } else if (tag == "/td" || tag == "/th") {
            out_.push_back(' ');
        }
        return close + 1;
    }

    void begin_line() {
        trim_blanks();
        if (!out_.empty() && out_.back() != '\n') {
            out_.push_back('\n');
        }
    }

    /// "words (target)".
    void end_link() {
        const auto words =
            ascii::trim(std::string_view(out_).substr(std::min(words_at_, out_.size())));
        if (is_worth_telling(target_, words)) {
            out_ += words.empty() ? target_ : " (" + target_ + ")";
        }
        target_.clear();
    }

    /// White space of the source is one blank.
    void put(char c) {
        if (!ascii::is_space(c)) {
            out_.push_back(c);
        } else if (!out_.empty() && !ascii::is_space(out_.back())) {
            out_.push_back(' ');
        }
    }

    void trim_blanks() {
        while (!out_.empty() && out_.back() == ' ') {
            out_.pop_back();
        }
    }

    std::string_view rest_;
    std::string out_;
    std::string target_;  // of the link at hand
    std::size_t words_at_ = 0;
};

}  // namespace

std::string html_to_text(std::string_view html) { return html_reader(html).run(); }

}  // namespace notifier
