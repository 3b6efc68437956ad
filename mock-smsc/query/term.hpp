// One term of a query: a field and what its value must be.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mock_smsc {

class message_reader;

enum class query_field : std::uint8_t {
    text,
    from,
    to,
    status,
    state,
    account,
    session,
    coding,
    command,
    tlv,
    parts,
    id,
    scope,
    tag,
    lint,
};

[[nodiscard]] std::optional<query_field> query_field_named(std::string_view name) noexcept;

/// Matches a value of text or a number, however it is written.
class term {
public:
    /// `value` as it stands behind the colon, quotes removed; `quoted`: nothing in it is special.
    /// Returns what is wrong with it; empty: nothing.
    [[nodiscard]] std::string set(query_field field, std::string_view value, bool quoted);

    [[nodiscard]] bool matches(message_reader& message) const;
    [[nodiscard]] bool matches_account(std::string_view system_id) const;

private:
    struct regex;
    enum class how : std::uint8_t { contains, equals, regular, range };

    [[nodiscard]] std::string set_range(std::string_view value);
    [[nodiscard]] std::string set_regular(std::string_view value);
    [[nodiscard]] std::string set_number(std::string_view value);
    [[nodiscard]] bool has_text(std::string_view candidate) const;
    [[nodiscard]] bool has_number(std::uint64_t candidate, std::string_view as_text) const;
    [[nodiscard]] bool matches_destination(message_reader& message) const;
    [[nodiscard]] bool matches_parts(message_reader& message) const;
    [[nodiscard]] bool matches_tlv(message_reader& message) const;
    [[nodiscard]] bool matches_tag(const message_reader& message) const;
    [[nodiscard]] bool matches_lint(message_reader& message) const;

    query_field field_ = query_field::text;
    how how_ = how::contains;
    std::string value_;  // lower case
    std::uint64_t least_ = 0, most_ = 0;
    std::shared_ptr<const regex> regex_;
};

}  // namespace mock_smsc
