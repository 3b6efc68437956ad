#include <algorithm>

#include "mock-smsc/rules/json_values.hpp"
#include "mock-smsc/rules/rule.hpp"
#include "mock-smsc/rules/rule_limits.hpp"

namespace mock_smsc {
namespace {

using namespace rule_json;

std::uint64_t count_of(const json::value& value, std::string_view where) {
    return static_cast<std::uint64_t>(number_of(value, where, 1, 1e12));
}

void add_query(query::parse_result parsed, std::string_view where, rule_match& out) {
    if (!parsed.error.empty()) {
        wrong(where, parsed.error);
    }
    out.queries.push_back(std::move(parsed.query));
}

std::string command_of(const json::value& value, std::string_view where) {
    const auto name = text_of(value, where);
    if (!is_command(name)) {
        wrong(where,
              fmt::format("a request of clients, bind, any or connect expected, not \"{}\"", name));
    }
    return std::string(name);
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
            out.command = command_of(member, at);
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
        if (member.key() != "id" && member.key() != "matched" && member.key() != "applied" &&
            member.key() != "carrier") {
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
        } else if (key == "carrier") {
            out.of_carrier = flag_of(member, at);
        } else if (key == "continue") {
            out.go_on = flag_of(member, at);
        } else if (key != "id" && key != "name" && key != "matched" && key != "applied") {
            wrong(at, "unknown");
        }
    }
    if (!acts) {
        wrong(where, "\"actions\" is missing");
    }
    check_possible(value, out, dot);
    return out;
}

const json::value& list_in(const json::value& value) {
    const auto* object = value.if_object();
    const auto* list = object == nullptr ? nullptr : object->if_contains("rules");
    if (list == nullptr) {
        return value;
    }
    for (const auto& [key, member] : *object) {
        if (key != "rules") {
            wrong(view(key), "unknown");
        }
    }
    return *list;
}

}  // namespace

std::vector<rule> parse_rules(std::string_view text) {
    boost::system::error_code failed;
    const json::value value = json::parse({text.data(), text.size()}, failed);
    if (failed) {
        wrong("", "not JSON: " + failed.message());
    }
    std::vector<rule> out;
    const json::value& list = list_in(value);
    if (const auto* rules = list.if_array()) {
        for (std::size_t i = 0; i < rules->size(); ++i) {
            out.push_back(rule_of((*rules)[i], fmt::format("rules[{}]", i)));
        }
    } else {
        out.push_back(rule_of(list, ""));
    }
    return out;
}

}  // namespace mock_smsc
