// The query language: which messages are meant.
//
//     const auto parsed = smpp::message_query::parse("to:1555 -status:ok \"two words\" OR
//     text:/^hi/"); if (!parsed.error.empty()) { ... } if (parsed.query.matches(message)) { ... }
//
// Words search the text. field:value, field:=exact, field:/regex/, field:/regex/i (blind to case),
// field:>n, field:<n, field:a..b; `-` and NOT negate, OR and parentheses group, quotes hold words
// together.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "smpp/query/subject.hpp"

namespace smpp {

/// What is searched, and so what may be asked.
enum class query_about : std::uint8_t {
    messages,  ///< that a message centre has taken: only submits, which may have tags and a scope
    pdus,      ///< any command; no tags and no scope
};

class message_query {
public:
    struct node;
    struct parse_result;

    /// Matches everything.
    message_query() = default;
    [[nodiscard]] static parse_result parse(std::string_view text,
                                            query_about what = query_about::messages);

    /// Those whose field matches a regular expression.
    [[nodiscard]] static parse_result regular(std::string_view field, std::string_view expression);

    /// Those of the query that are of one scope.
    [[nodiscard]] message_query in_scope(std::string_view scope) const;

    [[nodiscard]] bool matches(query_subject& message) const;
    /// Where there is an account and no message: other fields match nothing.
    [[nodiscard]] bool matches_account(std::string_view system_id) const;
    [[nodiscard]] bool matches_everything() const noexcept { return root_ == nullptr; }

private:
    std::shared_ptr<const node> root_;
};

struct message_query::parse_result {
    message_query query;
    std::string error;  ///< empty: none
};

}  // namespace smpp
