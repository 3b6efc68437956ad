#include "query/term.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/regex.hpp>
#include <charconv>

#include "smpp/command_id.hpp"
#include "smpp/command_status.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/receipt.hpp"

namespace smpp {
namespace {

struct field_row {
    std::string_view name;
    query_field field;
};
constexpr field_row field_rows[] = {
    {"text", query_field::text},       {"from", query_field::from},
    {"to", query_field::to},           {"status", query_field::status},
    {"state", query_field::state},     {"account", query_field::account},
    {"session", query_field::session}, {"coding", query_field::coding},
    {"command", query_field::command}, {"tlv", query_field::tlv},
    {"parts", query_field::parts},     {"id", query_field::id},
    {"scope", query_field::scope},     {"tag", query_field::tag},
    {"lint", query_field::lint},
};

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
    return out;
}

/// Case-blind for ASCII. REQUIRES: `needle` is in lower case.
bool contains(std::string_view haystack, std::string_view needle) {
    return std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end(),
                       [](char a, char b) { return lower(a) == b; }) != haystack.end() ||
           needle.empty();
}
bool equal(std::string_view text, std::string_view wanted) {
    return text.size() == wanted.size() && std::equal(text.begin(), text.end(), wanted.begin(),
                                                      [](char a, char b) { return lower(a) == b; });
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const bool hex = text.starts_with("0x");
    text.remove_prefix(hex ? 2 : 0);
    const auto [end, failed] =
        std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                     : std::nullopt;
}

bool is_word_field(query_field field) {
    return field == query_field::command || field == query_field::scope ||
           field == query_field::tag;
}

std::optional<message_state> state_named(std::string_view word) {
    for (std::uint8_t n = 0; !name(message_state(n)).empty(); ++n) {
        if (equal(name(message_state(n)), word)) {
            return message_state(n);
        }
    }
    return std::nullopt;
}

/// What a field with names for its numbers means by a name, in lower case; empty: nothing.
std::optional<std::uint64_t> number_named(query_field field, const std::string& name) {
    if (field == query_field::status) {
        // The names without their beginning, too: "throttled" is ESME_RTHROTTLED.
        for (const std::string& each : {name, "r" + name}) {
            if (const auto status = command_status_named(each)) {
                return static_cast<std::uint64_t>(*status);
            }
        }
    } else if (field == query_field::state) {
        auto state = state_named(name);
        state = state ? state : state_of_stat(name);
        return state ? std::optional(static_cast<std::uint64_t>(*state)) : std::nullopt;
    }
    return std::nullopt;
}

/// Says what was expected in its stead.
std::string unknown_word(query_field field, std::string_view word) {
    switch (field) {
        case query_field::status:
            return fmt::format("unknown status \"{}\": a name or a number expected", word);
        case query_field::state:
            return fmt::format("unknown state \"{}\": such as delivered or DELIVRD expected", word);
        case query_field::coding:
            return fmt::format("unknown coding \"{}\": a number or such as ucs2 expected", word);
        case query_field::parts:
            return fmt::format("\"{}\": a number, complete or incomplete expected", word);
        default: return fmt::format("unknown command \"{}\"", word);
    }
}

bool is_submit(std::string_view name) {
    return name == "submit_sm" || name == "submit_multi" || name == "data_sm" ||
           name == "broadcast_sm";
}

bool is_command(std::string_view name) {
    constexpr std::string_view names[] = {
#define X(name, number, esme_states, mc_states) #name,
#include "smpp/tables/command_id.def"
#undef X
    };
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool looks_like_range(std::string_view value) {
    return value.empty() || value.find("..") != std::string_view::npos ||
           std::string_view("<>0123456789").find(value.front()) != std::string_view::npos;
}

/// Ends in / or, blind to case, in /i.
bool is_regular(std::string_view value) {
    return value.size() >= 2 && value.front() == '/' &&
           (value.back() == '/' || (value.size() >= 3 && value.ends_with("/i")));
}

/// Whether any of the values that it gets fits a term.
class fitting_values final : public query_values {
public:
    explicit fitting_values(const term& wanted) : wanted_(&wanted) {}
    bool word(std::string_view value) override { return take(wanted_->has_text(value)); }
    bool number(std::uint64_t value, std::string_view name) override {
        return take(wanted_->has_number(value, name));
    }
    [[nodiscard]] bool any() const noexcept { return any_; }

private:
    bool take(bool fits) {
        any_ = any_ || fits;
        return fits;
    }

    const term* wanted_;
    bool any_ = false;
};

}  // namespace

struct term::regex {
    boost::regex compiled;
};

std::optional<query_field> query_field_named(std::string_view name, query_about what) noexcept {
    for (const field_row& row : field_rows) {
        const bool only_of_records =
            row.field == query_field::scope || row.field == query_field::tag;
        if (row.name == name && (what == query_about::messages || !only_of_records)) {
            return row.field;
        }
    }
    return std::nullopt;
}

std::string term::set_range(std::string_view value) {
    const auto dots = value.find("..");
    least_ = 0;
    most_ = ~std::uint64_t{0};
    how_ = how::range;
    if (value.starts_with('>') || value.starts_with('<')) {
        const bool inclusive = value.substr(1).starts_with('=');
        const auto bound = number(value.substr(inclusive ? 2 : 1));
        if (!bound || (!inclusive && *bound == (value.front() == '<' ? 0 : most_))) {
            return fmt::format("a number expected after {}", value.front());
        }
        if (value.front() == '>') {
            least_ = inclusive ? *bound : *bound + 1;
        } else {
            most_ = inclusive ? *bound : *bound - 1;
        }
    } else if (dots != std::string_view::npos) {
        const auto first = value.substr(0, dots), last = value.substr(dots + 2);
        const auto least = first.empty() ? std::optional(least_) : number(first);
        const auto most = last.empty() ? std::optional(most_) : number(last);
        if (!least || !most || value.size() == 2) {
            return "numbers expected around ..";
        }
        least_ = *least;
        most_ = *most;
    } else {
        const auto only = number(value);
        if (!only) {
            return fmt::format("a number expected, not \"{}\"", value);
        }
        least_ = most_ = *only;
    }
    return {};
}

std::string term::set_regular(std::string_view value) {
    const bool blind = value.back() == 'i';
    value.remove_prefix(1);
    value.remove_suffix(blind ? 2 : 1);
    how_ = how::regular;
    try {
        boost::regex::flag_type flags = boost::regex::perl;
        if (blind) {
            flags |= boost::regex::icase;
        }
        regex_ = std::make_shared<regex>(regex{boost::regex(value.begin(), value.end(), flags)});
    } catch (const std::exception& bad) {
        return fmt::format("bad regular expression: {}", bad.what());
    }
    return {};
}

/// Of a field whose values are numbers, some with names.
std::string term::set_number(std::string_view value) {
    if (looks_like_range(value) || field_ == query_field::id || field_ == query_field::session) {
        return set_range(value);
    }
    if (const auto named = number_named(field_, value_)) {
        least_ = most_ = *named;
        how_ = how::range;
        return {};
    }
    how_ = how::equals;
    const bool known =
        (field_ == query_field::parts && (value == "complete" || value == "incomplete")) ||
        (field_ == query_field::coding && alphabet_named(value));
    return known ? std::string() : unknown_word(field_, value);
}

std::string term::set(query_field field, std::string_view value, bool quoted, query_about what) {
    field_ = field;
    if (!quoted && is_regular(value)) {
        return set_regular(value);
    }
    value_ = field == query_field::scope ? std::string(value) : lower(value);
    how_ = is_word_field(field) ? how::equals : how::contains;
    if (!quoted && value.starts_with('=')) {
        value_.erase(0, 1);
        how_ = how::equals;
    }
    if ((field == query_field::from || field == query_field::to) && value_.starts_with('+')) {
        value_.erase(0, 1);  // numbers travel without it
    }
    switch (field) {
        case query_field::status:
        case query_field::state:
        case query_field::session:
        case query_field::parts:
        case query_field::coding: return set_number(std::string(value_));
        case query_field::id:  // records are numbered; in PDUs it is a text of the message centre's
            return what == query_about::messages ? set_number(std::string(value_)) : std::string();
        case query_field::command:
            return (what == query_about::messages ? is_submit(value_) : is_command(value_))
                       ? std::string()
                       : unknown_word(field, value_);
        case query_field::tlv:
            return !value_.empty() && looks_like_range(value_) ? set_range(std::string(value_))
                                                               : std::string();
        default: return {};
    }
}

bool term::has_text(std::string_view candidate) const {
    switch (how_) {
        case how::contains: return contains(candidate, value_);
        case how::equals:
            // Scopes keep apart: whole, and not blind to case.
            return field_ == query_field::scope ? candidate == value_ : equal(candidate, value_);
        case how::regular:
            try {
                return boost::regex_search(candidate.begin(), candidate.end(), regex_->compiled);
            } catch (const std::exception&) {
                return false;  // Boost.Regex gives up on expressions that take for ever
            }
        case how::range: break;
    }
    return false;
}

bool term::has_number(std::uint64_t candidate, std::string_view as_text) const {
    return how_ == how::range ? candidate >= least_ && candidate <= most_ : has_text(as_text);
}

bool term::matches(query_subject& message) const {
    fitting_values found(*this);
    message.give(field_, found);
    return found.any();
}

}  // namespace smpp
