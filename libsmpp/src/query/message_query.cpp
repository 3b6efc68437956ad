#include "smpp/query/message_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "query/term.hpp"

namespace smpp {

struct message_query::node {
    enum class kind : std::uint8_t { all_of, any_of, not_this, one_term };
    kind what = kind::all_of;
    std::vector<node> children;
    smpp::term term;

    [[nodiscard]] bool matches(query_subject& message) const {
        const auto does = [&](const node& child) { return child.matches(message); };
        switch (what) {
            case kind::all_of: return std::all_of(children.begin(), children.end(), does);
            case kind::any_of: return std::any_of(children.begin(), children.end(), does);
            case kind::not_this: return !children.front().matches(message);
            case kind::one_term: return term.matches(message);
        }
        return false;
    }
};

namespace {

constexpr std::size_t max_length = 4096;
constexpr unsigned max_depth = 32;

/// Recursive descent: any ::= all { OR all };  all ::= { [-|NOT] ( '(' any ')' | term ) [AND] }
class parser {
public:
    parser(std::string_view text, query_about what) : rest_(text), what_(what) {}

    std::string error;

    message_query::node any(unsigned depth) {
        message_query::node out;
        out.what = message_query::node::kind::any_of;
        do {
            out.children.push_back(all(depth));
        } while (error.empty() && take("OR"));
        return out;
    }

    [[nodiscard]] bool at_end() {
        skip_space();
        return rest_.empty();
    }

private:
    message_query::node all(unsigned depth) {
        message_query::node out;
        while (error.empty() && !at_end() && rest_.front() != ')' && !follows("OR")) {
            if (!take("AND")) {  // it is meant anyway
                out.children.push_back(factor(depth));
            }
        }
        return out;
    }

    message_query::node factor(unsigned depth) {
        message_query::node out;
        if (depth > max_depth) {
            error = "too many parentheses";
        } else if (rest_.front() == '-' && rest_.size() > 1 && rest_[1] != ' ') {
            rest_.remove_prefix(1);
            out.what = message_query::node::kind::not_this;
            out.children.push_back(factor(depth + 1));
        } else if (take("NOT")) {
            if (at_end() || rest_.front() == ')') {
                error = "something expected after NOT";
                return out;
            }
            out.what = message_query::node::kind::not_this;
            out.children.push_back(factor(depth + 1));
        } else if (rest_.front() == '(') {
            rest_.remove_prefix(1);
            out = any(depth + 1);
            skip_space();
            if (error.empty() && !rest_.starts_with(')')) {
                error = "a ) is missing";
            } else if (error.empty()) {
                rest_.remove_prefix(1);
            }
        } else {
            out.what = message_query::node::kind::one_term;
            out.term = one_term();
        }
        return out;
    }

    term one_term() {
        term out;
        auto field = query_field::text;
        const auto colon = rest_.find_first_of(":\"() ");
        const bool named = colon != std::string_view::npos && rest_[colon] == ':';
        if (named) {
            const auto name = rest_.substr(0, colon);
            const auto found = query_field_named(name, what_);
            if (!found) {
                error = fmt::format("unknown field \"{}\" (quotes search for the text)", name);
                return out;
            }
            field = *found;
            rest_.remove_prefix(colon + 1);
        }
        for (const std::string_view word : {"or", "and", "not"}) {
            if (!named && follows(word)) {
                error = fmt::format("\"{0}\" is a word; write it in capitals, or quote it", word);
                return out;
            }
        }
        const bool quoted = rest_.starts_with('"');
        const std::string value = quoted ? quoted_value() : plain_value();
        if (error.empty()) {
            error = out.set(field, value, quoted, what_);
        }
        return out;
    }

    std::string quoted_value() {
        std::string out;
        rest_.remove_prefix(1);
        while (!rest_.empty() && rest_.front() != '"') {
            rest_.remove_prefix(rest_.front() == '\\' && rest_.size() > 1 ? 1 : 0);
            out += rest_.front();
            rest_.remove_prefix(1);
        }
        if (rest_.empty()) {
            error = "a \" is missing";
        } else {
            rest_.remove_prefix(1);
        }
        return out;
    }

    std::string plain_value() {
        std::size_t end = std::min(rest_.find_first_of(" )"), rest_.size());
        if (rest_.starts_with('/')) {
            // A regular expression goes on to the slash, or /i, that ends a word.
            const auto ends_word = [this](std::size_t at) {
                return at >= rest_.size() || rest_[at] == ' ' || rest_[at] == ')';
            };
            end = 1;
            while (end < rest_.size() &&
                   !(rest_[end] == '/' &&
                     (ends_word(end + 1) || (rest_[end + 1] == 'i' && ends_word(end + 2))))) {
                ++end;
            }
            end += end + 1 < rest_.size() && rest_[end + 1] == 'i' ? 2U : 1U;
            end = std::min(end, rest_.size());
        }
        std::string out(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return out;
    }

    void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
    [[nodiscard]] bool follows(std::string_view word) const {
        const auto after = rest_.substr(std::min(word.size(), rest_.size()));
        return rest_.starts_with(word) &&
               (after.empty() ||
                std::string_view(" ()").find(after.front()) != std::string_view::npos);
    }
    bool take(std::string_view word) {
        skip_space();
        if (!follows(word)) {
            return false;
        }
        rest_.remove_prefix(word.size());
        skip_space();
        return true;
    }

    std::string_view rest_;
    query_about what_;
};

class account_only final : public query_subject {
public:
    explicit account_only(std::string_view system_id) : system_id_(system_id) {}
    void give(query_field field, query_values& to) override {
        if (field == query_field::account) {
            to.word(system_id_);
        }
    }

private:
    std::string_view system_id_;
};

}  // namespace

message_query::parse_result message_query::parse(std::string_view text, query_about what) {
    parse_result out;
    if (text.size() > max_length) {
        out.error = fmt::format("query longer than {} octets", max_length);
        return out;
    }
    parser reader(text, what);
    if (reader.at_end()) {
        return out;
    }
    node root = reader.any(0);
    if (reader.error.empty() && !reader.at_end()) {
        reader.error = "unexpected )";
    }
    out.error = reader.error;
    if (out.error.empty()) {
        out.query.root_ = std::make_shared<const node>(std::move(root));
    }
    return out;
}

message_query::parse_result message_query::regular(std::string_view field,
                                                   std::string_view expression) {
    parse_result out;
    node root;
    root.what = node::kind::one_term;
    const auto named = query_field_named(field, query_about::messages);
    out.error =
        root.term.set(named.value_or(query_field::text), fmt::format("/{}/", expression), false);
    out.query.root_ = std::make_shared<const node>(std::move(root));
    return out;
}

message_query message_query::in_scope(std::string_view scope) const {
    node wanted;
    wanted.what = node::kind::one_term;
    std::ignore = wanted.term.set(query_field::scope, scope, true);
    node root;
    root.children.push_back(std::move(wanted));
    if (root_ != nullptr) {
        root.children.push_back(*root_);
    }
    message_query out;
    out.root_ = std::make_shared<const node>(std::move(root));
    return out;
}

bool message_query::matches_account(std::string_view system_id) const {
    account_only account(system_id);
    return matches(account);
}

bool message_query::matches(query_subject& message) const {
    return root_ == nullptr || root_->matches(message);
}

}  // namespace smpp
