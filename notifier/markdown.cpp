// Markdown to plain text, as people write it in notifications.
#include <algorithm>
#include <map>

#include "ascii.hpp"
#include "body.hpp"
#include "entities.hpp"

namespace notifier {
namespace {

constexpr auto npos = std::string_view::npos;

/// Targets of `[name]: target` lines, by their names in lower case.
using link_targets = std::map<std::string, std::string>;

bool is_word(std::string_view text, std::size_t at) {
    return at < text.size() && (ascii::is_letter(text[at]) || ascii::is_digit(text[at]) ||
                                static_cast<unsigned char>(text[at]) >= 0x80);
}

void append_link(std::string& out, std::string_view words, std::string_view where) {
    out.append(words);
    if (where != words) {
        out.append(words.empty() ? "" : " (").append(where).append(words.empty() ? "" : ")");
    }
}

/// [words](target "title") or [words][name] at the start of `text` becomes "words (target)"; its
/// length, 0 if it is none.
std::size_t read_link(std::string_view text, const link_targets& targets, std::string& out) {
    const auto middle = text.find(']');
    if (middle == npos || text.substr(0, middle).find('\n') != npos) {
        return 0;
    }
    const auto words = text.substr(1, middle - 1);
    const auto rest = text.substr(middle + 1);
    if (rest.starts_with('(')) {
        const auto end = rest.find(')');
        if (end == npos) {
            return 0;
        }
        const auto where = ascii::trim(rest.substr(1, end - 1));
        append_link(out, words, where.substr(0, where.find(' ')));
        return middle + 1 + end + 1;
    }
    const auto end = rest.starts_with('[') ? rest.find(']') : npos;
    const auto name = end == npos || end == 1 ? words : rest.substr(1, end - 1);
    const auto found = targets.find(ascii::to_lower(name));
    if (found == targets.end()) {
        return 0;
    }
    append_link(out, words, found->second);
    return middle + 1 + (end == npos ? 0 : end + 1);
}

/// <http://...>, <name@host> and tags of HTML at the start of `text`; the length, 0 if it is none.
std::size_t read_angle(std::string_view text, std::string& out) {
    const auto end = text.find('>');
    const auto inside = text.substr(1, end == npos ? npos : end - 1);
    const auto name = inside.starts_with('/') ? inside.substr(1) : inside;
    if (end == npos || name.empty() || !ascii::is_letter(name.front())) {
        return 0;  // "a < b"
    }
    const bool one_word = inside.find(' ') == npos;
    const bool scheme = inside.starts_with("mailto:") || inside.starts_with("tel:");
    if (one_word && (scheme || inside.find("://") != npos || inside.find('@') != npos)) {
        out.append(scheme ? inside.substr(inside.find(':') + 1) : inside);
    } else if (ascii::to_lower(name).starts_with("br")) {
        out.push_back('\n');
    }
    return end + 1;
}

/// Text within a line: emphasis, code, links, entities, tags, backslashes.
std::string plain_span(std::string_view line, const link_targets& targets) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const auto rest = line.substr(i);
        const auto skip = static_cast<std::size_t>(rest.starts_with("!["));
        const auto taken = c == '[' || skip == 1 ? read_link(rest.substr(skip), targets, out)
                           : c == '<'            ? read_angle(rest, out)
                           : c == '&'            ? read_entity(rest, out)
                                                 : 0;
        if (taken > 0) {
            i += taken + skip - 1;
        } else if (c == '\\' && i + 1 < line.size() && !is_word(line, i + 1) &&
                   !ascii::is_space(line[i + 1])) {
            out.push_back(line[++i]);
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

/// |---|:-:| between the head of a table and its rows.
bool is_table_rule(std::string_view line) {
    return line.find('|') != npos && line.find('-') != npos &&
           line.find_first_not_of("|-: \t") == npos;
}

/// "a, b" of | a | b |; a bar costs two characters of GSM 7-bit.
std::string without_bars(std::string_view line) {
    std::string out;
    line = line.substr(1, line.size() - 2);
    for (;;) {
        const auto end = line.find('|');
        out.append(ascii::trim(line.substr(0, end)));
        if (end == npos) {
            return out;
        }
        out.append(", ");
        line.remove_prefix(end + 1);
    }
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

class markdown_reader {
public:
    std::string run(std::string_view markdown) {
        each_line(markdown, [&](std::string_view line) { note_target(line); });
        fenced_ = false;
        each_line(markdown, [&](std::string_view line) { add(line); });
        return std::string(ascii::trim(out_));
    }

private:
    template <class Take>
    static void each_line(std::string_view text, Take take) {
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            auto line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            line.remove_suffix(line.ends_with('\r') ? 1 : 0);
            take(line);
        }
    }

    bool is_fence(std::string_view line) {
        const bool fence = line.starts_with("```") || line.starts_with("~~~");
        fenced_ = fenced_ != fence;
        return fence;
    }

    /// The middle of `[name]: target`, npos if the line is none.
    static std::size_t target_of(std::string_view line) {
        const auto middle = line.starts_with('[') ? line.find("]: ") : npos;
        return middle == npos || middle < 2 ? npos : middle;
    }

    void note_target(std::string_view line) {
        const auto middle = target_of(line);
        if (!is_fence(line) && !fenced_ && middle != npos) {
            const auto where = ascii::trim(line.substr(middle + 3));
            targets_[ascii::to_lower(line.substr(1, middle - 1))] =
                std::string(where.substr(0, where.find(' ')));
        }
    }

    void add(std::string_view line) {
        if (is_fence(line)) {
            return;
        }
        const auto trimmed = ascii::trim(line);
        if (fenced_) {
            out_.append(line).push_back('\n');
        } else if (trimmed.size() > 1 && trimmed.front() == '|' && trimmed.back() == '|' &&
                   !is_table_rule(trimmed)) {
            out_.append(plain_span(without_bars(trimmed), targets_)).push_back('\n');
        } else if (!is_rule(trimmed) && !is_table_rule(trimmed) && target_of(line) == npos) {
            add_text(without_block_mark(line));
        }
    }

    void add_text(std::string_view text) {
        if (text.starts_with("* ") || text.starts_with("+ ")) {
            out_ += "- ";
            text.remove_prefix(2);
        }
        out_.append(plain_span(text, targets_)).push_back('\n');
    }

    link_targets targets_;
    bool fenced_ = false;
    std::string out_;
};

}  // namespace

std::string markdown_to_text(std::string_view markdown) { return markdown_reader().run(markdown); }

}  // namespace notifier
