#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "mock-smsc/names.hpp"
#include "mock-smsc/options.hpp"
#include "mock-smsc/rules/rule.hpp"

namespace mock_smsc {
namespace {

namespace json = boost::json;

[[noreturn]] void wrong(std::string_view where, std::string_view what) {
    throw std::runtime_error(where.empty() ? std::string(what)
                                           : fmt::format("{}: {}", where, what));
}

std::string_view text_of(const json::value& value, std::string_view where) {
    if (const auto* text = value.if_string()) {
        return {text->data(), text->size()};
    }
    wrong(where, "a text expected");
}

double number_of(const json::value& value, std::string_view where, double least, double most) {
    boost::system::error_code failed;
    const double number = value.to_number<double>(failed);
    if (failed || number < least || number > most) {
        wrong(where, fmt::format("a number from {} to {} expected", least, most));
    }
    return number;
}

bool flag_of(const json::value& value, std::string_view where) {
    if (const auto* flag = value.if_bool()) {
        return *flag;
    }
    wrong(where, "true or false expected");
}

const json::object& object_of(const json::value& value, std::string_view where) {
    if (const auto* object = value.if_object()) {
        return *object;
    }
    wrong(where, "an object expected");
}

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

double milliseconds_of(const json::value& value, std::string_view where) {
    const auto parsed = parse_duration(text_of(value, where));
    if (!parsed) {
        wrong(where, "a time such as \"200ms\" expected");
    }
    return static_cast<double>(parsed->count());
}

/// "200ms", or {"uniform": ["100ms", "300ms"]} and the like.
random_delay delay_of(const json::value& value, const std::string& where) {
    random_delay out;
    if (value.is_string()) {
        out.a = milliseconds_of(value, where);
        return out;
    }
    const auto& object = object_of(value, where);
    const auto name = object.size() == 1 ? view(object.begin()->key()) : std::string_view();
    const auto* pair = object.size() == 1 ? object.begin()->value().if_array() : nullptr;
    out.how = name == "uniform"     ? random_delay::shape::uniform
              : name == "normal"    ? random_delay::shape::normal
              : name == "lognormal" ? random_delay::shape::lognormal
                                    : random_delay::shape::fixed;
    if (out.how == random_delay::shape::fixed || pair == nullptr || pair->size() != 2) {
        wrong(where, "a time, or uniform, normal or lognormal with two values expected");
    }
    out.a = milliseconds_of((*pair)[0], where);
    out.b = out.how == random_delay::shape::lognormal ? number_of((*pair)[1], where, 0, 10)
                                                      : milliseconds_of((*pair)[1], where);
    if (out.how == random_delay::shape::uniform && out.b < out.a) {
        wrong(where, "the greater time comes second");
    }
    return out;
}

template <class Enum>
Enum word_of(const json::value& value, std::string_view where,
             std::initializer_list<std::pair<std::string_view, Enum>> words) {
    const auto text = text_of(value, where);
    std::string known;
    for (const auto& [word, meaning] : words) {
        if (word == text) {
            return meaning;
        }
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    wrong(where, fmt::format("one of {} expected, not \"{}\"", known, text));
}

receipt_action receipt_of(const json::value& value, const std::string& where) {
    receipt_action out;
    if (value.is_string() && value.get_string() == "never") {
        out.never = true;
        return out;
    }
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = fmt::format("{}.{}", where, view(key));
        if (key == "state") {
            out.state = state_named(text_of(member, at));
            if (!out.state) {
                wrong(at, "a message state such as UNDELIVERABLE expected");
            }
        } else if (key == "delay") {
            out.delay = delay_of(member, at);
        } else if (key == "never") {
            out.never = flag_of(member, at);
        } else {
            wrong(at, "unknown");
        }
    }
    return out;
}

throttle_limit throttle_of(const json::value& value, const std::string& where) {
    throttle_limit out;
    if (!value.is_object()) {
        out.rate = number_of(value, where, 0, 1e9);
        out.burst = std::max(1.0, out.rate);
        return out;
    }
    for (const auto& [key, member] : value.get_object()) {
        const auto at = fmt::format("{}.{}", where, view(key));
        if (key == "rate") {
            out.rate = number_of(member, at, 0, 1e9);
        } else if (key == "burst") {
            out.burst = number_of(member, at, 1, 1e9);
        } else {
            wrong(at, "unknown");
        }
    }
    out.burst = out.burst == 0 ? std::max(1.0, out.rate) : out.burst;
    return out;
}

void read_action(const json::value& value, std::string_view name, const std::string& at,
                 rule_actions& out) {
    if (name == "status") {
        const auto text = text_of(value, at);
        out.status = smpp::command_status_named(text);
        if (!out.status) {
            wrong(at, fmt::format("unknown status \"{}\"", text));
        }
    } else if (name == "delay" || name == "late_response") {
        out.delay = delay_of(value, at);
    } else if (name == "no_response") {
        out.no_response = flag_of(value, at);
    } else if (name == "duplicate_response") {
        out.duplicate_response = flag_of(value, at);
    } else if (name == "wrong_sequence") {
        out.wrong_sequence = flag_of(value, at);
    } else if (name == "stall") {
        out.stall = flag_of(value, at);
    } else if (name == "close") {
        out.close = word_of<ending>(value, at,
                                    {{"fin", ending::fin},
                                     {"rst", ending::rst},
                                     {"unbind", ending::unbind},
                                     {"half", ending::half}});
    } else if (name == "corrupt") {
        out.corrupt = word_of<damage>(value, at,
                                      {{"length", damage::length},
                                       {"command_id", damage::command_id},
                                       {"tlv", damage::tlv},
                                       {"missing_nul", damage::missing_nul},
                                       {"garbage", damage::garbage}});
    } else if (name == "throttle") {
        out.throttle = throttle_of(value, at);
    } else if (name == "receipt") {
        out.receipt = receipt_of(value, at);
    } else {
        wrong(at, "unknown action");
    }
}

rule_actions actions_of(const json::value& value, const std::string& where) {
    rule_actions out;
    const auto read = [&](const json::value& one, const std::string& at) {
        for (const auto& [key, member] : object_of(one, at)) {
            read_action(member, view(key), fmt::format("{}.{}", at, view(key)), out);
        }
    };
    if (const auto* list = value.if_array()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            read((*list)[i], fmt::format("{}[{}]", where, i));
        }
    } else {
        read(value, where);
    }
    return out;
}

std::uint64_t count_of(const json::value& value, std::string_view where) {
    return static_cast<std::uint64_t>(number_of(value, where, 1, 1e12));
}

void add_query(query::parse_result parsed, std::string_view where, rule_match& out) {
    if (!parsed.error.empty()) {
        wrong(where, parsed.error);
    }
    out.queries.push_back(std::move(parsed.query));
}

rule_match match_of(const json::value& value, const std::string& where) {
    rule_match out;
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = fmt::format("{}.{}", where, view(key));
        const auto name = view(key);
        if (name == "from" || name == "to" || name == "text" || name == "account") {
            add_query(query::regular(name, text_of(member, at)), at, out);
        } else if (name == "query") {
            add_query(query::parse(text_of(member, at)), at, out);
        } else if (name == "command") {
            out.command = text_of(member, at);
        } else if (name == "nth") {
            out.nth = count_of(member, at);
        } else if (name == "first") {
            out.first = count_of(member, at);
        } else if (name == "probability") {
            out.probability = number_of(member, at, 0, 1);
        } else {
            wrong(at, "unknown condition");
        }
    }
    return out;
}

/// Without what the API adds when it shows a rule.
std::string as_given(const json::value& value, std::string_view where) {
    json::object object;
    for (const auto& member : object_of(value, where)) {
        if (member.key() != "id" && member.key() != "matched" && member.key() != "applied") {
            object.insert(member);
        }
    }
    return json::serialize(object);
}

rule rule_of(const json::value& value, const std::string& where) {
    rule out;
    out.json = as_given(value, where);
    const std::string dot = where.empty() ? "" : where + ".";
    bool acts = false;
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = dot + std::string(view(key));
        if (key == "match") {
            out.match = match_of(member, at);
        } else if (key == "actions") {
            out.actions = actions_of(member, at);
            acts = true;
        } else if (key == "continue") {
            out.go_on = flag_of(member, at);
        } else if (key != "id" && key != "name" && key != "matched" && key != "applied") {
            wrong(at, "unknown");
        }
    }
    if (!acts) {
        wrong(where, "\"actions\" is missing");
    }
    return out;
}

}  // namespace

std::vector<rule> parse_rules(std::string_view text) {
    boost::system::error_code failed;
    const json::value value = json::parse({text.data(), text.size()}, failed);
    if (failed) {
        wrong("", "not JSON: " + failed.message());
    }
    std::vector<rule> out;
    const json::value* list = &value;
    if (const auto* object = value.if_object(); object != nullptr && object->contains("rules")) {
        list = object->if_contains("rules");
    }
    if (const auto* rules = list->if_array()) {
        for (std::size_t i = 0; i < rules->size(); ++i) {
            out.push_back(rule_of((*rules)[i], fmt::format("rules[{}]", i)));
        }
    } else {
        out.push_back(rule_of(*list, ""));
    }
    return out;
}

}  // namespace mock_smsc
