// What a message_query asks: the values that a message has in the fields that queries name.
//
//     class my_message final : public smpp::query_subject {
//         void give(smpp::query_field field, smpp::query_values& to) override {
//             if (field == smpp::query_field::from) { to.word(source_addr); }
//         }
//     };
#pragma once

#include <cstdint>
#include <string_view>

namespace smpp {

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

/// Takes values of a field. What they return says that one has fitted: no more are needed then.
class query_values {
public:
    /// Valid during the call.
    virtual bool word(std::string_view value) = 0;
    /// `name`: how the number is written as a word.
    virtual bool number(std::uint64_t value, std::string_view name) = 0;

protected:
    ~query_values() = default;
};

class query_subject {
public:
    virtual ~query_subject() = default;
    /// Gives each value that it has there: none, one, or several.
    virtual void give(query_field field, query_values& to) = 0;
};

}  // namespace smpp
