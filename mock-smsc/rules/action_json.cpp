#include <algorithm>

#include "mock-smsc/names.hpp"
#include "mock-smsc/rules/json_values.hpp"

namespace mock_smsc::rule_json {
namespace {

smpp::message_state state_of(const json::value& value, const std::string& where) {
    const auto state = state_named(text_of(value, where));
    if (!state) {
        wrong(where, "a message state such as UNDELIVERABLE expected");
    }
    return *state;
}

receipt_step step_of(const json::value& value, const std::string& where) {
    receipt_step out;
    if (value.is_string()) {
        out.state = state_of(value, where);
        return out;
    }
    bool named = false;
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = fmt::format("{}.{}", where, view(key));
        if (key == "state") {
            out.state = state_of(member, at);
            named = true;
        } else if (key == "delay") {
            out.delay = delay_of(member, at);
        } else {
            wrong(at, "unknown");
        }
    }
    if (!named) {
        wrong(where, "\"state\" is missing");
    }
    return out;
}

std::vector<receipt_step> steps_of(const json::value& value, const std::string& where) {
    constexpr std::size_t most = 20;
    const auto* list = value.if_array();
    if (list == nullptr || list->empty() || list->size() > most) {
        wrong(where, fmt::format("a list of 1 to {} states expected", most));
    }
    std::vector<receipt_step> out;
    for (std::size_t i = 0; i < list->size(); ++i) {
        out.push_back(step_of((*list)[i], fmt::format("{}[{}]", where, i)));
    }
    return out;
}

std::string short_text(const json::value& value, const std::string& where, std::size_t most) {
    const auto text = text_of(value, where);
    if (text.size() > most) {
        wrong(where, fmt::format("up to {} octets expected", most));
    }
    return std::string(text);
}

unsigned copies_of(const json::value& value, const std::string& where) {
    constexpr double most = 100;
    return value.is_bool() ? (value.get_bool() ? 2U : 1U)
                           : static_cast<unsigned>(number_of(value, where, 1, most));
}

/// What a receipt looks like. False: another member.
bool read_form(const json::value& value, std::string_view name, const std::string& at,
               receipt_action& out) {
    using id = receipt_action::id_form;
    using carrier = receipt_action::carrier;
    using date = smpp::receipt_date_form;
    if (name == "format") {
        out.format = short_text(value, at, 200);
    } else if (name == "err") {
        out.err = short_text(value, at, 20);
    } else if (name == "id") {
        out.id = word_of<id>(value, at,
                             {{"decimal", id::decimal},
                              {"hex", id::hex},
                              {"upper_hex", id::upper_hex},
                              {"padded", id::padded},
                              {"padded_hex", id::padded_hex}});
    } else if (name == "dates") {
        out.dates = word_of<date>(value, at,
                                  {{"yymmddhhmm", date::yymmddhhmm},
                                   {"yymmddhhmmss", date::yymmddhhmmss},
                                   {"yyyymmddhhmm", date::yyyymmddhhmm},
                                   {"yyyymmddhhmmss", date::yyyymmddhhmmss}});
    } else if (name == "in") {
        out.in = word_of<carrier>(
            value, at, {{"both", carrier::both}, {"tlv", carrier::tlv}, {"text", carrier::text}});
    } else {
        return false;
    }
    return true;
}

void read_receipt(const json::value& value, std::string_view name, const std::string& at,
                  receipt_action& out) {
    using order = receipt_action::order;
    if (name == "state") {
        out.states = {{state_of(value, at), {}}};
    } else if (name == "states") {
        out.states = steps_of(value, at);
    } else if (name == "delay") {
        out.delay = delay_of(value, at);
    } else if (name == "never") {
        out.never = flag_of(value, at);
    } else if (name == "unasked") {
        out.unasked = flag_of(value, at);
    } else if (name == "duplicate") {
        out.copies = copies_of(value, at);
    } else if (name == "order") {
        out.when = word_of<order>(value, at,
                                  {{"normal", order::normal},
                                   {"reverse", order::reverse},
                                   {"before_response", order::before_response}});
    } else if (!read_form(value, name, at, out)) {
        wrong(at, "unknown");
    }
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

ending ending_of(const json::value& value, std::string_view where) {
    return word_of<ending>(value, where,
                           {{"fin", ending::fin},
                            {"rst", ending::rst},
                            {"unbind", ending::unbind},
                            {"half", ending::half}});
}

/// "fin", or {"how": "fin", "after_octets": 9}.
void read_close(const json::value& value, const std::string& where, rule_actions& out) {
    if (value.is_string()) {
        out.close = ending_of(value, where);
        return;
    }
    out.close = ending::fin;
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = fmt::format("{}.{}", where, view(key));
        if (key == "how") {
            out.close = ending_of(member, at);
        } else if (key == "after_octets") {
            out.close_after = static_cast<std::size_t>(number_of(member, at, 0, 65536));
        } else {
            wrong(at, "unknown");
        }
    }
    if (out.close == ending::unbind && out.close_after) {
        wrong(where, "unbind cannot come in the middle of an answer");
    }
}

/// true, or {"size": 1, "delay": "5ms"}.
split_answer split_of(const json::value& value, const std::string& where) {
    split_answer out;
    if (value.is_bool()) {
        out.size = value.get_bool() ? 1 : 0;
        return out;
    }
    out.size = 1;
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = fmt::format("{}.{}", where, view(key));
        if (key == "size") {
            out.size = static_cast<std::size_t>(number_of(member, at, 1, 65536));
        } else if (key == "delay") {
            const auto delay = delay_of(member, at);
            if (delay.how != random_delay::shape::fixed) {
                wrong(at, "a time such as \"5ms\" expected");
            }
            out.interval = std::chrono::microseconds(static_cast<std::int64_t>(delay.a * 1000));
        } else {
            wrong(at, "unknown");
        }
    }
    return out;
}

std::shared_ptr<const reply_action> reply_of(const json::value& value, const std::string& where) {
    auto out = std::make_shared<reply_action>();
    if (value.is_string()) {
        out->text = short_text(value, where, 2000);
        return out;
    }
    for (const auto& [key, member] : object_of(value, where)) {
        const auto at = fmt::format("{}.{}", where, view(key));
        if (key == "text") {
            out->text = short_text(member, at, 2000);
        } else if (key == "from") {
            out->from = short_text(member, at, 20);
        } else if (key == "delay") {
            out->delay = delay_of(member, at);
        } else {
            wrong(at, "unknown");
        }
    }
    return out;
}

/// Of tags in queries and lists: no white space, no commas.
std::string tag_of(const json::value& value, const std::string& where) {
    auto tag = short_text(value, where, 64);
    if (tag.empty() || tag.find_first_of(" \t\r\n,\"") != std::string::npos) {
        wrong(where, "a word expected");
    }
    return tag;
}

smpp::command_status status_of(const json::value& value, const std::string& at) {
    if (value.is_number()) {
        constexpr double most = 0xFFFFFFFF;
        return smpp::command_status(static_cast<std::uint32_t>(number_of(value, at, 0, most)));
    }
    const auto text = text_of(value, at);
    const auto named = smpp::command_status_named(text);
    if (!named) {
        wrong(at, fmt::format("unknown status \"{}\"", text));
    }
    return *named;
}

bool read_flag(const json::value& value, std::string_view name, const std::string& at,
               rule_actions& out) {
    bool* to = name == "no_response"          ? &out.no_response
               : name == "duplicate_response" ? &out.duplicate_response
               : name == "wrong_sequence"     ? &out.wrong_sequence
               : name == "stall"              ? &out.stall
                                              : nullptr;
    if (to != nullptr) {
        *to = flag_of(value, at);
    }
    return to != nullptr;
}

void read_action(const json::value& value, std::string_view name, const std::string& at,
                 rule_actions& out) {
    if (name == "status") {
        out.status = status_of(value, at);
    } else if (name == "delay" || name == "late_response") {
        out.delay = delay_of(value, at);
    } else if (name == "close") {
        read_close(value, at, out);
    } else if (name == "split") {
        out.split = split_of(value, at);
    } else if (name == "corrupt") {
        out.corrupt = word_of<damage>(value, at,
                                      {{"length", damage::length},
                                       {"command_id", damage::command_id},
                                       {"tlv", damage::tlv},
                                       {"missing_nul", damage::missing_nul},
                                       {"garbage", damage::garbage}});
    } else if (name == "throttle") {
        out.throttle = throttle_of(value, at);
    } else if (name == "congestion") {
        out.congestion = static_cast<std::uint8_t>(number_of(value, at, 0, 100));
    } else if (name == "receipt") {
        out.receipt = receipt_of(value, at);
    } else if (name == "reply") {
        out.reply = reply_of(value, at);
    } else if (name == "tag") {
        out.tag = tag_of(value, at);
    } else if (!read_flag(value, name, at, out)) {
        wrong(at, "unknown action");
    }
}

}  // namespace

std::shared_ptr<const receipt_action> receipt_of(const json::value& value,
                                                 const std::string& where) {
    auto out = std::make_shared<receipt_action>();
    out->source = json::serialize(value);
    if (value.is_string() && value.get_string() == "never") {
        out->never = true;
        return out;
    }
    for (const auto& [key, member] : object_of(value, where)) {
        read_receipt(member, view(key), fmt::format("{}.{}", where, view(key)), *out);
    }
    return out;
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

}  // namespace mock_smsc::rule_json
