#include "smpp-dump/filter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/filter_lexer.hpp"
#include "smpp-dump/filter_nodes.hpp"
#include "smpp-dump/filter_values.hpp"
#include "smpp-dump/query_filter.hpp"
#include "smpp-dump/wireshark_field.hpp"

namespace smpp_dump {
namespace {

using namespace detail;

constexpr int max_depth = 100;  // of parentheses, so that the stack is enough

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
        auto made = std::make_unique<comparison>();
        for (const auto& [word, which] :
             {std::pair(std::string_view("any"), quantifier::any), {"all", quantifier::all}}) {
            if (made->which == quantifier::usual && take("\n", word)) {
                made->which = which;
            }
        }
        if (now_.is != token::kind::word) {
            fail(now_, "a field");
        }
        const token name = now_;
        advance();
        if (const auto function = function_named(name.text); function && take("(")) {
            made->what = *function;
            const token inside = now_;
            advance();
            read_field(*made, inside);
            if (!take(")")) {
                fail(now_, "')'");
            }
        } else if (!read_field(*made, name)) {
            return made;
        }
        read_mask(*made);
        looks_ahead_ =
            looks_ahead_ || made->field.name == "answered" || made->field.name == "missing";
        read_relation(*made);
        read_operands(*made);
        return made;
    }

    static std::optional<function> function_named(std::string_view name) {
        return name == "len"     ? std::optional(function::length)
               : name == "upper" ? std::optional(function::upper)
               : name == "lower" ? std::optional(function::lower)
                                 : std::nullopt;
    }

    /// False: it is a command's name, and the PDUs of that command are meant.
    bool read_field(comparison& to, const token& name) {
        const auto field = find_filter_field(name.text);
        if (!field) {
            const auto command = command_named(name.text);
            if (!command || to.what != function::itself) {
                throw filter_error(fmt::format("filter: there is no field '{}' (character {})",
                                               name.text, name.at + 1));
            }
            to.field = *find_filter_field("command");
            to.how = relation::equal;
            to.operands.push_back({.number = static_cast<std::uint32_t>(*command)});
            return false;
        }
        to.field = *field;
        const bool cut = now_.is == token::kind::word && now_.text.starts_with('[');
        if ((cut || to.what != function::itself) && !is_textual(to.field.kind)) {
            fail(now_, fmt::format("'{}' is no text; a comparison", name.text));
        }
        if (cut) {
            to.part = read_slice(now_.text);
            if (!to.part) {
                fail(now_, "octets such as [0:2], [0-1] or [-2:]");
            }
            advance();
        }
        return true;
    }

    void read_mask(comparison& to) {
        if (!take("&")) {
            return;
        }
        const auto mask =
            now_.is == token::kind::word ? read_value(field_kind::number, now_.text) : std::nullopt;
        if (!mask || is_textual(to.kind()) || to.kind() == field_kind::address) {
            fail(now_, "a number with a mask behind it");
        }
        to.mask = *mask;
        advance();
    }

    void read_relation(comparison& to) {
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
        if (take("===")) {
            to.how = relation::equal;
            to.which = quantifier::all;
        } else if (take("!==")) {
            to.how = relation::unequal;
            to.which = quantifier::any;
        } else {
            const auto* const found =
                std::find_if(std::begin(spellings), std::end(spellings),
                             [&](const spelling& each) { return take(each.symbol, each.word); });
            to.how = found == std::end(spellings) ? relation::exists : found->how;
        }
    }

    void read_operands(comparison& to) {
        if (to.how == relation::exists) {
            return;
        }
        choose_reading(to);
        const bool text_only = to.how == relation::contains || to.how == relation::matches;
        if (text_only && !is_textual(to.kind())) {
            fail(now_, fmt::format("'{}' is a number; a comparison", to.field.name));
        }
        const bool orders =
            to.how != relation::equal && to.how != relation::unequal && to.how != relation::in;
        if (orders && to.kind() == field_kind::address) {
            fail(now_, fmt::format("'{}' is an address; '==', '!=' or 'in'", to.field.name));
        }
        if (to.how == relation::matches) {
            to.pattern = read_pattern();
        } else if (to.how == relation::in) {
            read_set(to);
        } else {
            to.operands.push_back(read_operand(to.kind()));
        }
    }

    /// A time field holds a moment, or a duration, or is a text: as what it is compared with says.
    void choose_reading(comparison& to) const {
        if (to.field.kind != field_kind::time || !find_body_field(to.field.name)) {
            return;
        }
        if (to.how == relation::contains || to.how == relation::matches || now_.text.empty()) {
            to.field = *find_body_field(to.field.name);
        } else if (is_duration(now_.text)) {
            to.field = *find_filter_field(to.field.name + "_r");
            to.field.give = give_duration;
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
            to.operands.push_back(read_range(to.kind()));
            take(",");
        }
    }

    operand read_range(field_kind kind) {
        const std::size_t dots =
            now_.is == token::kind::word && !is_textual(kind) && kind != field_kind::address
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
        } else if (kind == field_kind::address) {
            const auto address = read_address(now_.text);
            if (!address) {
                fail(now_, wanted(kind));
            }
            made.address = *address;
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
filter::filter(std::string_view text, std::string_view query, smpp::alphabet standard)
    : standard_(standard) {
    std::vector<node_ptr> parts;
    if (!text.empty()) {
        filter first(text, standard);
        looks_ahead_ = first.looks_ahead_;
        parts.push_back(std::move(first.root_));
    }
    if (!query.empty()) {
        parts.push_back(read_query(query));
    }
    root_ = std::make_unique<all_of>(std::move(parts));
}
filter::~filter() = default;
filter::filter(filter&&) noexcept = default;
filter& filter::operator=(filter&&) noexcept = default;

bool filter::matches(const record& r) const { return root_->test(r, standard_); }

}  // namespace smpp_dump
