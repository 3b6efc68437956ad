#include <algorithm>

#include "ascii.hpp"
#include "config.hpp"
#include "sources.hpp"

namespace notifier {
namespace {

class text_parser {
public:
    explicit text_parser(const std::string& name) : name_(name) {}

    config_content run(std::string_view text) {
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            ++line_;
            take(ascii::trim(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return std::move(out_);
    }

private:
    void take(std::string_view line) {
        if (line.empty() || line.front() == '#' || line.front() == ';') {
            return;
        }
        if (line.starts_with("include ") || line.starts_with("include\t")) {
            out_.includes.emplace_back(ascii::trim(line.substr(8)));
        } else if (const auto schema = schema_of(line); schema != std::string_view::npos) {
            take_url(ascii::trim(line.substr(0, schema)), line.substr(schema));
        } else {
            take_group(line);
        }
    }

    /// Where the URL of the line begins.
    static std::size_t schema_of(std::string_view line) {
        auto at = line.find("://");
        while (at != std::string_view::npos && at > 0 &&
               (ascii::is_letter(line[at - 1]) || ascii::is_digit(line[at - 1]))) {
            --at;
        }
        return at;
    }

    void take_url(std::string_view before, std::string_view url) {
        if (!before.empty()) {
            if (before.back() != '=') {
                fail("a line is TAGS = URL, GROUP = TAGS, or include FILE");
            }
            before.remove_suffix(1);
        }
        out_.urls.push_back({std::string(url), tags(before)});
    }

    void take_group(std::string_view line) {
        const auto equal = line.find('=');
        if (equal == std::string_view::npos) {
            fail("a line is TAGS = URL, GROUP = TAGS, or include FILE");
        }
        const auto names = tags(line.substr(0, equal));
        std::vector<std::string> members;
        for (auto& each : tags(line.substr(equal + 1))) {
            members.push_back(std::move(each.name));
        }
        if (names.empty() || members.empty()) {
            fail("a group has a name and tags: GROUP = TAG, TAG");
        }
        for (const auto& each : names) {
            out_.groups.push_back({each.name, members});
        }
    }

    std::vector<tag> tags(std::string_view text) const {
        auto out = parse_tags(text);
        if (!out) {
            fail("a tag has letters, digits, _ and -: [PRIORITY:]NAME[:RETRY]");
        }
        return std::move(*out);
    }

    /// The line is not quoted: it may hold a password.
    [[noreturn]] void fail(const char* why) const {
        throw source_error(name_ + ":" + std::to_string(line_) + ": " + why);
    }

    const std::string& name_;
    std::size_t line_ = 0;
    config_content out_;
};

}  // namespace

config_content parse_text_config(std::string_view text, const std::string& name) {
    return text_parser(name).run(text);
}

}  // namespace notifier
