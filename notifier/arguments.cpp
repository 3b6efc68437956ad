#include "arguments.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "options.hpp"

namespace notifier {
namespace {

using sv = std::string_view;

constexpr sv flag_letters = "hVdeDl";

/// Letters and words with a value, and their long names.
constexpr std::pair<sv, sv> valued[] = {{"-b", "--body"},
                                        {"-t", "--title"},
                                        {"-c", "--config"},
                                        {"-g", "--tag"},
                                        {"-n", "--notification-type"},
                                        {"-i", "--input-format"},
                                        {"-R", "--recursion-depth"},
                                        {"-a", "--attach"},
                                        {"-T", "--theme"},
                                        {"-P", "--plugin-path"},
                                        {"-S", "--storage-path"},
                                        {"-SM", "--storage-mode"},
                                        {"-SPD", "--storage-prune-days"},
                                        {"-SUL", "--storage-uid-length"}};

bool is_for_apprise(sv name) {
    return name == "--theme" || name == "--plugin-path" || name.starts_with("--storage-");
}

/// The long name of an option with a value, empty if it is none.
sv long_name(sv word) {
    for (const auto& [brief, name] : valued) {
        if (word == brief || word == name) {
            return name;
        }
    }
    return {};
}

class rewriter {
public:
    explicit rewriter(std::span<const char* const> given) : given_(given) {}

    plain_arguments run() {
        for (; next_ < given_.size(); ++next_) {
            const sv word = given_[next_];
            if (word == "--") {
                out_.words.insert(out_.words.end(),
                                  given_.begin() + static_cast<std::ptrdiff_t>(next_),
                                  given_.end());
                break;
            }
            rewrite(word);
        }
        return std::move(out_);
    }

private:
    void rewrite(sv word) {
        const auto equals = std::min(word.find('='), word.size());
        const auto name = word.substr(0, equals);
        if (word == "-Da") {
            out_.words.emplace_back("--disable-async");
        } else if (name.starts_with("-S") && !long_name(name).empty() && name.size() > 2) {
            take(long_name(name), word, equals);
        } else if (word.size() > 1 && word[0] == '-' && word[1] != '-') {
            rewrite_letters(word);
        } else if (word.starts_with("--")) {
            rewrite_long(word, name, equals);
        } else {
            out_.words.emplace_back(word);
        }
    }

    /// -vvb TEXT: letters up to the first one that takes a value.
    void rewrite_letters(sv word) {
        for (std::size_t i = 1; i < word.size(); ++i) {
            const std::string option{'-', word[i]};
            if (word[i] == 'v') {
                ++out_.verbosity;
            } else if (word[i] == 'j') {
                note("--interpret-emojis");
            } else if (const auto name = long_name(option); !name.empty()) {
                take(name, word, i + 1 < word.size() ? i : word.size());
                return;
            } else if (flag_letters.find(word[i]) != sv::npos) {
                out_.words.push_back(option);
            } else {
                out_.words.push_back('-' + std::string(word.substr(i)));
                return;
            }
        }
    }

    void rewrite_long(sv word, sv name, std::size_t equals) {
        if (word == "--verbose") {
            ++out_.verbosity;
        } else if (word == "--interpret-emojis") {
            note(word);
        } else if (const auto known = long_name(name); !known.empty()) {
            take(known, word, equals);
        } else {
            // --data-coding is --data_coding.
            std::string parameter(name.substr(2));
            std::replace(parameter.begin(), parameter.end(), '-', '_');
            out_.words.push_back(find_parameter(parameter) != nullptr
                                     ? "--" + parameter + std::string(word.substr(equals))
                                     : std::string(word));
        }
    }

    /// The value begins behind `before` of the word, or is the next one; it may begin with a dash:
    /// "-b -5 degrees".
    void take(sv name, sv word, std::size_t before) {
        const bool is_next = before == word.size();
        if (is_next && next_ + 1 == given_.size()) {
            out_.words.emplace_back(name);
            return;
        }
        add(name, is_next ? sv(given_[++next_]) : word.substr(before + 1));
    }

    void add(sv name, sv value) {
        if (name == "--attach") {
            throw usage_error("--attach: an SMS carries no files; put a link into the text");
        }
        if (is_for_apprise(name)) {
            note(name);
        } else if (value.empty()) {
            // It cannot follow the equal sign, and one with a dash cannot stand alone.
            out_.words.emplace_back(name);
            out_.words.emplace_back();
        } else {
            out_.words.push_back(std::string(name).append("=").append(value));
        }
    }

    void note(sv name) {
        out_.notes.push_back(std::string(name) + " is for Apprise's sake; it has no effect here");
    }

    std::span<const char* const> given_;
    std::size_t next_ = 0;
    plain_arguments out_;
};

}  // namespace

plain_arguments plain_arguments_of(std::span<const char* const> given) {
    return rewriter(given).run();
}

}  // namespace notifier
