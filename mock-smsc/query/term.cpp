#include "mock-smsc/query/term.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/regex.hpp>
#include <charconv>

#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/names.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/receipt.hpp"

namespace mock_smsc {
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

/// What a field with names for its numbers means by a name, in lower case; empty: nothing.
std::optional<std::uint64_t> number_named(query_field field, const std::string& name) {
    if (field == query_field::status) {
        // The names without their beginning, too: "throttled" is ESME_RTHROTTLED.
        for (const std::string& each : {name, "r" + name}) {
            if (const auto status = smpp::command_status_named(each)) {
                return static_cast<std::uint64_t>(*status);
            }
        }
    } else if (field == query_field::state) {
        auto state = state_named(name);
        state = state ? state : smpp::state_of_stat(name);
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

/// Ends in / or, blind to case, in /i.
bool is_regular(std::string_view value) {
    return value.size() >= 2 && value.front() == '/' &&
           (value.back() == '/' || (value.size() >= 3 && value.ends_with("/i")));
}

}  // namespace

struct term::regex {
    boost::regex compiled;
};

std::optional<query_field> query_field_named(std::string_view name) noexcept {
    for (const field_row& row : field_rows) {
        if (row.name == name) {
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
    const bool looks_like_one =
        value.empty() || value.find("..") != std::string_view::npos ||
        std::string_view("<>0123456789").find(value.front()) != std::string_view::npos;
    if (looks_like_one || field_ == query_field::id || field_ == query_field::session) {
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
        (field_ == query_field::coding && smpp::alphabet_named(value));
    return known ? std::string() : unknown_word(field_, value);
}

std::string term::set(query_field field, std::string_view value, bool quoted) {
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
        case query_field::id:
        case query_field::coding: return set_number(std::string(value_));
        case query_field::command:
            return is_submit(value_) ? std::string() : unknown_word(field, value_);
        default: return {};
    }
}

bool term::has_text(std::string_view candidate) const {
    switch (how_) {
        case how::contains: return contains(candidate, value_);
        case how::equals: return equal(candidate, value_);
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

bool term::matches_destination(message_reader& message) const {
    const message_fields& fields = message.fields();
    if (const auto only = message.looks_at()) {
        return has_text(destination_at(fields, *only).digits);
    }
    for (std::size_t i = 0; i < destination_count(fields); ++i) {
        if (has_text(destination_at(fields, i).digits)) {
            return true;
        }
    }
    return false;
}

bool term::matches_tlv(message_reader& message) const {
    for (const smpp::tlv_item item : message.fields().tlvs) {
        const auto tag = static_cast<std::uint16_t>(item.tag);
        if (has_text(smpp::name(item.tag)) ||
            (how_ != how::regular && number(value_) == std::uint64_t{tag})) {
            return true;
        }
    }
    return false;
}

bool term::matches_tag(const message_reader& message) const {
    const message_note* note = message.note();
    return note != nullptr && std::any_of(note->tags.begin(), note->tags.end(),
                                          [&](const auto& each) { return has_text(each); });
}

bool term::matches_lint(message_reader& message) const {
    const auto& found = message.findings();
    return std::any_of(found.begin(), found.end(), [&](const auto& each) {
        const auto& rule = smpp::lint::info(each.rule);
        return has_text(rule.id) ||
               (how_ != how::regular && smpp::lint::name(rule.severity) == value_);
    });
}

bool term::matches_parts(message_reader& message) const {
    const auto& place = message.part();
    if (how_ == how::equals) {
        return place && message.complete() == (value_ == "complete");
    }
    return has_number(place ? place->total : 1U, std::to_string(place ? place->total : 1));
}

bool term::matches_account(std::string_view system_id) const {
    return field_ == query_field::account && has_text(system_id);
}

bool term::matches(message_reader& message) const {
    switch (field_) {
        case query_field::text:
            return has_text(message.text()) ||
                   (message.complete() && has_text(message.whole_text()));
        case query_field::from: return has_text(message.fields().source.digits);
        case query_field::to: return matches_destination(message);
        case query_field::status:
            return has_number(static_cast<std::uint64_t>(message.record().status),
                              smpp::name_or_number(message.record().status));
        case query_field::state:
            return has_number(static_cast<std::uint64_t>(message.record().state),
                              state_word(message.record().state));
        case query_field::account: return has_text(message.system_id());
        case query_field::session:
            return has_number(message.record().session, std::to_string(message.record().session));
        case query_field::coding: {
            const auto coding = message.fields().data_coding;
            return has_number(static_cast<std::uint64_t>(coding),
                              smpp::name(smpp::alphabet_of(coding)));
        }
        case query_field::command: return has_text(smpp::name(message.pdu().header.id));
        case query_field::tlv: return matches_tlv(message);
        case query_field::parts: return matches_parts(message);
        case query_field::id: return has_number(message.id(), message_id_of(message.id()));
        case query_field::tag: return matches_tag(message);
        case query_field::lint: return matches_lint(message);
        case query_field::scope:
            // Whole, and not blind to case: scopes keep apart.
            return how_ == how::equals ? message.scope() == value_ : has_text(message.scope());
    }
    return false;
}

}  // namespace mock_smsc
