#include "smpp-dump/filter.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "smpp-dump/filter_nodes.hpp"

namespace smpp_dump {
namespace {

using namespace detail;

constexpr int max_depth = 100;  // of parentheses, so that the stack is enough

struct token {
    enum class kind : std::uint8_t { end, symbol, word, quoted } is = kind::end;
    std::string text{};
    std::size_t at = 0;
};

[[noreturn]] void fail(const token& at, std::string_view expected) {
    throw filter_error(at.is == token::kind::end
                           ? fmt::format("filter: {} expected at its end", expected)
                           : fmt::format("filter: {} expected at character {}, not '{}'", expected,
                                         at.at + 1, at.text));
}

class lexer {
public:
    explicit lexer(std::string_view text) : text_(text) {}

    token next() {
        at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
        const std::size_t start = at_;
        if (start == text_.size()) {
            return {token::kind::end, {}, start};
        }
        if (text_[start] == '"') {
            return {token::kind::quoted, quoted(), start};
        }
        for (const std::string_view symbol : {"&&", "||", "==", "!=", "<=", ">="}) {
            if (text_.substr(start).starts_with(symbol)) {
                at_ += symbol.size();
                return {token::kind::symbol, std::string(symbol), start};
            }
        }
        at_ = std::min(text_.find_first_of(" \t\r\n()!=<>&|{},\"~", start), text_.size());
        if (at_ == start) {
            return {token::kind::symbol, std::string(1, text_[at_++]), start};
        }
        return {token::kind::word, std::string(text_.substr(start, at_ - start)), start};
    }

private:
    std::string quoted() {
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

    std::string_view text_;
    std::size_t at_ = 0;
};

std::optional<std::uint64_t> read_number(std::string_view text) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    text.remove_prefix(hex ? 2 : 0);
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

/// Seconds, unless a unit follows.
std::optional<std::uint64_t> read_duration(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const double scale = unit.empty() || unit == "s" ? 1e9
                         : unit == "ms"              ? 1e6
                         : unit == "us"              ? 1e3
                         : unit == "ns"              ? 1
                                                     : 0;
    const double nanoseconds = value * scale;
    if (error != std::errc{} || scale == 0 || !(nanoseconds >= 0) || nanoseconds > 9e18) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(std::llround(nanoseconds));
}

std::optional<std::uint64_t> read_value(field_kind kind, const std::string& text) {
    if (kind == field_kind::command) {
        if (const auto id = command_named(text)) {
            return static_cast<std::uint32_t>(*id);
        }
    } else if (kind == field_kind::status) {
        if (const auto status = smpp::command_status_named(text)) {
            return static_cast<std::uint32_t>(*status);
        }
    } else if (kind == field_kind::duration) {
        return read_duration(text);
    }
    return read_number(text);
}

bool is_textual(field_kind kind) { return kind == field_kind::text || kind == field_kind::octets; }

std::string_view wanted(field_kind kind) {
    switch (kind) {
        case field_kind::command: return "a command or number";
        case field_kind::status: return "a status or number";
        case field_kind::duration: return "a time such as 2s or 150ms";
        case field_kind::text: return "a text";
        case field_kind::octets: return "a text in quotes or hexadecimal digits";
        case field_kind::number: break;
    }
    return "a number";
}

class parser {
public:
    explicit parser(std::string_view text) : lexer_(text) { advance(); }

    node_ptr parse() {
        node_ptr made = disjunction();
        if (now_.is != token::kind::end) {
            fail(now_, "'and' or 'or'");
        }
        return made;
    }

    [[nodiscard]] bool looks_ahead() const noexcept { return looks_ahead_; }

private:
    void advance() { now_ = lexer_.next(); }

    bool take(std::string_view symbol, std::string_view word = {}) {
        const bool is = now_.is == token::kind::symbol
                            ? now_.text == symbol
                            : now_.is == token::kind::word && !word.empty() && now_.text == word;
        if (is) {
            advance();
        }
        return is;
    }

    node_ptr disjunction() {
        std::vector<node_ptr> parts;
        do {
            parts.push_back(conjunction());
        } while (take("||", "or"));
        return parts.size() == 1 ? std::move(parts.front())
                                 : std::make_unique<any_of>(std::move(parts));
    }

    node_ptr conjunction() {
        std::vector<node_ptr> parts;
        do {
            parts.push_back(negation());
        } while (take("&&", "and"));
        return parts.size() == 1 ? std::move(parts.front())
                                 : std::make_unique<all_of>(std::move(parts));
    }

    node_ptr negation() {
        bool negated = false;
        while (take("!", "not")) {
            negated = !negated;
        }
        node_ptr made = primary();
        return negated ? std::make_unique<none_of>(std::move(made)) : std::move(made);
    }

    node_ptr primary() {
        if (!take("(")) {
            return test();
        }
        if (++depth_ > max_depth) {
            throw filter_error("filter: too many parentheses inside each other");
        }
        node_ptr made = disjunction();
        --depth_;
        if (!take(")")) {
            fail(now_, "')'");
        }
        return made;
    }

    node_ptr test() {
        if (now_.is != token::kind::word) {
            fail(now_, "a field");
        }
        auto made = std::make_unique<comparison>();
        const auto field = find_filter_field(now_.text);
        const auto command = command_named(now_.text);
        if (!field && !command) {
            throw filter_error(fmt::format("filter: there is no field '{}' (character {})",
                                           now_.text, now_.at + 1));
        }
        advance();
        if (!field) {  // a command's name alone: the PDUs of that command
            made->field = *find_filter_field("command");
            made->how = relation::equal;
            made->operands.push_back({.number = static_cast<std::uint32_t>(*command)});
            return made;
        }
        made->field = *field;
        looks_ahead_ = looks_ahead_ || field->name == "answered";
        made->how = read_relation();
        read_operands(*made);
        return made;
    }

    relation read_relation() {
        struct spelling {
            std::string_view symbol;
            std::string_view word;
            relation how;
        };
        static constexpr spelling spellings[] = {{"==", "eq", relation::equal},
                                                 {"=", "", relation::equal},
                                                 {"!=", "ne", relation::unequal},
                                                 {"<=", "le", relation::less_equal},
                                                 {"<", "lt", relation::less},
                                                 {">=", "ge", relation::greater_equal},
                                                 {">", "gt", relation::greater},
                                                 {"~", "matches", relation::matches},
                                                 {"\n", "contains", relation::contains},
                                                 {"\n", "in", relation::in}};
        for (const spelling& each : spellings) {
            if (take(each.symbol, each.word)) {
                return each.how;
            }
        }
        return relation::exists;
    }

    void read_operands(comparison& to) {
        if (to.how == relation::exists) {
            return;
        }
        const bool text_only = to.how == relation::contains || to.how == relation::matches;
        if (text_only && !is_textual(to.field.kind)) {
            fail(now_, fmt::format("'{}' is a number; a comparison", to.field.name));
        }
        if (to.how == relation::matches) {
            to.pattern = read_pattern();
        } else if (to.how == relation::in) {
            read_set(to);
        } else {
            to.operands.push_back(read_operand(to.field.kind));
        }
    }

    boost::regex read_pattern() {
        if (now_.is != token::kind::quoted && now_.is != token::kind::word) {
            fail(now_, "a pattern");
        }
        try {
            boost::regex made(now_.text, boost::regex::perl | boost::regex::icase);
            advance();
            return made;
        } catch (const std::runtime_error& error) {
            throw filter_error(fmt::format("filter: pattern '{}': {}", now_.text, error.what()));
        }
    }

    void read_set(comparison& to) {
        if (!take("{")) {
            fail(now_, "'{'");
        }
        while (!take("}")) {
            to.operands.push_back(read_range(to.field.kind));
            take(",");
        }
    }

    operand read_range(field_kind kind) {
        const std::size_t dots = now_.is == token::kind::word && !is_textual(kind)
                                     ? now_.text.find("..")
                                     : now_.text.npos;
        if (dots == std::string::npos) {
            return read_operand(kind);
        }
        const auto first = read_value(kind, now_.text.substr(0, dots));
        const auto last = read_value(kind, now_.text.substr(dots + 2));
        if (!first || !last) {
            fail(now_, fmt::format("{} on both sides of '..'", wanted(kind)));
        }
        advance();
        return {.number = *first, .last_number = *last};
    }

    operand read_operand(field_kind kind) {
        const bool quoted = now_.is == token::kind::quoted;
        if (!quoted && now_.is != token::kind::word) {
            fail(now_, wanted(kind));
        }
        operand made;
        if (kind == field_kind::octets && !quoted) {
            const bool prefixed = now_.text.starts_with("0x");
            const auto octets =
                smpp::from_hex(std::string_view(now_.text).substr(prefixed ? 2 : 0));
            if (!octets) {
                fail(now_, wanted(kind));
            }
            made.text = *octets;
        } else if (is_textual(kind)) {
            made.text = now_.text;
        } else if (const auto value = read_value(kind, now_.text)) {
            made.number = *value;
        } else {
            fail(now_, wanted(kind));
        }
        made.last_number = made.number;
        made.last_text = made.text;
        advance();
        return made;
    }

    lexer lexer_;
    token now_{};
    int depth_ = 0;
    bool looks_ahead_ = false;
};

}  // namespace

filter::filter(std::string_view text, smpp::alphabet standard) : standard_(standard) {
    parser read(text);
    root_ = read.parse();
    looks_ahead_ = read.looks_ahead();
}
filter::~filter() = default;
filter::filter(filter&&) noexcept = default;
filter& filter::operator=(filter&&) noexcept = default;

bool filter::matches(const record& r) const { return root_->test(r, standard_); }

}  // namespace smpp_dump
