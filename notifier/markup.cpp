// Markup to plain text: HTML and Markdown as people write them in notifications.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ascii.hpp"
#include "body.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

constexpr auto npos = std::string_view::npos;

/// Appends the character that the entity at the start of `text` stands for; returns its length, 0
/// if it is none.
std::size_t read_entity(std::string_view text, std::string& out) {
    static constexpr std::pair<std::string_view, std::string_view> named[] = {
        {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},    {"apos", "'"},
        {"nbsp", " "},   {"euro", "€"},   {"pound", "£"},  {"hellip", "..."}, {"ndash", "–"},
        {"mdash", "—"},  {"lsquo", "‘"},  {"rsquo", "’"},  {"ldquo", "“"},    {"rdquo", "”"},
        {"copy", "©"},   {"reg", "®"},    {"deg", "°"},    {"middot", "·"},   {"bull", "•"},
        {"auml", "ä"},   {"ouml", "ö"},   {"uuml", "ü"},   {"szlig", "ß"},    {"eacute", "é"},
        {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"}, {"ntilde", "ñ"}};
    const auto end = text.substr(0, 12).find(';');
    if (end == npos || end < 2) {
        return 0;
    }
    const auto name = text.substr(1, end - 1);
    if (name.front() == '#') {
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        const auto digits = name.substr(hex ? 2 : 1);
        std::uint32_t code = 0;
        const auto [last, failed] =
            std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
        if (failed != std::errc{} || last != digits.data() + digits.size()) {
            return 0;
        }
        smpp::utf8::append(out, static_cast<char32_t>(code));
        return end + 1;
    }
    const auto found = std::find_if(std::begin(named), std::end(named),
                                    [&](const auto& each) { return each.first == name; });
    if (found == std::end(named)) {
        return 0;
    }
    out.append(found->second);
    return end + 1;
}

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
        } else if (tag == "li") {
            out_ += "- ";
        } else if (tag == "/td" || tag == "/th") {
            out_.push_back(' ');
        }
        return close + 1;
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
};

bool is_word(std::string_view text, std::size_t at) {
    return at < text.size() && (ascii::is_letter(text[at]) || ascii::is_digit(text[at]) ||
                                static_cast<unsigned char>(text[at]) >= 0x80);
}

/// [words](target) at the start of `text` becomes "words (target)"; its length, 0 if it is none.
std::size_t read_link(std::string_view text, std::string& out) {
    const auto middle = text.find("](");
    const auto end = middle == npos ? npos : text.find(')', middle);
    if (end == npos || text.substr(0, end).find('\n') != npos) {
        return 0;
    }
    const auto words = text.substr(1, middle - 1);
    const auto where = text.substr(middle + 2, end - middle - 2);
    out.append(words);
    if (where != words) {
        out.append(words.empty() ? "" : " (").append(where).append(words.empty() ? "" : ")");
    }
    return end + 1;
}

/// Text within a line: emphasis, code, links, backslashes.
std::string plain_span(std::string_view line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const auto rest = line.substr(i);
        if (c == '\\' && i + 1 < line.size() && !is_word(line, i + 1) &&
            !ascii::is_space(line[i + 1])) {
            out.push_back(line[++i]);
        } else if (c == '[' || rest.starts_with("![")) {
            const auto skip = static_cast<std::size_t>(c == '!');
            const auto taken = read_link(rest.substr(skip), out);
            if (taken == 0) {
                out.push_back(c);
            } else {
                i += taken + skip - 1;
            }
        } else if (c == '`' || rest.starts_with("~~") || rest.starts_with("**") ||
                   rest.starts_with("__")) {
            i += c == '`' ? 0 : 1;
        } else if ((c == '*' || c == '_') &&
                   is_word(line, i + 1) != (i > 0 && is_word(line, i - 1))) {
            continue;  // *emphasis*, but not 2 * 3 and not snake_case
        } else {
            out.push_back(c);
        }
    }
    return out;
}

bool is_rule(std::string_view line) {
    return line.size() >= 3 &&
           (line.front() == '-' || line.front() == '*' || line.front() == '_' ||
            line.front() == '=') &&
           line.find_first_not_of(line.front()) == npos;
}

std::string_view without_block_mark(std::string_view line) {
    while (line.starts_with('>')) {
        line = ascii::trim(line.substr(1));
    }
    const auto marks = std::min(line.find_first_not_of('#'), line.size());
    if (marks > 0 && marks <= 6 && marks < line.size() && line[marks] == ' ') {
        line = ascii::trim(line.substr(marks));
        while (line.ends_with('#')) {
            line.remove_suffix(1);
        }
        return ascii::trim(line);
    }
    return line;
}

}  // namespace

std::string html_to_text(std::string_view html) { return html_reader(html).run(); }

std::string markdown_to_text(std::string_view markdown) {
    std::string out;
    bool fenced = false;
    while (!markdown.empty()) {
        const auto end = std::min(markdown.find('\n'), markdown.size());
        auto line = markdown.substr(0, end);
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.starts_with("```") || line.starts_with("~~~")) {
            fenced = !fenced;
        } else if (fenced) {
            out.append(line).push_back('\n');
        } else if (!is_rule(ascii::trim(line))) {
            auto text = without_block_mark(line);
            if (text.starts_with("* ") || text.starts_with("+ ")) {
                out += "- ";
                text.remove_prefix(2);
            }
            out.append(plain_span(text)).push_back('\n');
        }
    }
    return std::string(ascii::trim(out));
}

}  // namespace notifier
