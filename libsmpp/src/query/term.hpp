// One term of a query: a field and what its value must be.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "smpp/query/message_query.hpp"

namespace smpp {

/// Empty result: there is none of that name in what is searched.
[[nodiscard]] std::optional<query_field> query_field_named(std::string_view name,
                                                           query_about what) noexcept;

/// Matches a value of text or a number, however it is written.
class term {
public:
    /// `value` as it stands behind the colon, quotes removed; `quoted`: nothing in it is special.
    /// Returns what is wrong with it; empty: nothing.
    [[nodiscard]] std::string set(query_field field, std::string_view value, bool quoted,
                                  query_about what = query_about::messages);

    [[nodiscard]] bool matches(query_subject& message) const;
    [[nodiscard]] bool has_text(std::string_view candidate) const;
    [[nodiscard]] bool has_number(std::uint64_t candidate, std::string_view as_text) const;

private:
    struct regex;
    enum class how : std::uint8_t { contains, equals, regular, range };

    [[nodiscard]] std::string set_range(std::string_view value);
    [[nodiscard]] std::string set_regular(std::string_view value);
    [[nodiscard]] std::string set_number(std::string_view value);

    query_field field_ = query_field::text;
    how how_ = how::contains;
    std::string value_;  // lower case
    std::uint64_t least_ = 0, most_ = 0;
    std::shared_ptr<const regex> regex_;
};

}  // namespace smpp
