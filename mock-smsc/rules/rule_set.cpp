#include "mock-smsc/rules/rule_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <stdexcept>

#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/rules/presets.hpp"

namespace mock_smsc {
namespace {

/// In [0, 1), the same with every standard library.
double roll(std::mt19937_64& random) { return static_cast<double>(random() >> 11U) * 0x1.0p-53; }

/// Box and Muller.
double normal(std::mt19937_64& random) {
    constexpr double two_pi = 6.283185307179586;
    const double radius = std::sqrt(-2 * std::log(1 - roll(random)));
    return radius * std::cos(two_pi * roll(random));
}

void note(verdict& out, std::string_view fault) {
    out.faults.append(out.faults.empty() ? "" : ",").append(fault);
}

bool commands_fit(std::string_view wanted, std::string_view given) noexcept {
    return wanted == given || (wanted == command_words::bind && given.starts_with("bind_")) ||
           (wanted == command_words::any && given != command_words::connect);
}

bool in_scope(const rule& each, std::string_view scope) noexcept {
    return each.scope.empty() || each.scope == scope;
}

}  // namespace

std::chrono::microseconds random_delay::draw(std::mt19937_64& random) const {
    double ms = a;
    switch (how) {
        case shape::fixed: break;
        case shape::uniform: ms = a + (b - a) * roll(random); break;
        case shape::normal: ms = a + b * normal(random); break;
        case shape::lognormal: ms = a * std::exp(b * normal(random)); break;
    }
    constexpr double day = 86'400'000;
    return std::chrono::microseconds(static_cast<std::int64_t>(std::clamp(ms, 0.0, day) * 1000));
}

std::uint64_t rule_set::add(std::string_view json, std::string_view scope) {
    for (rule& each : parse_rules(json)) {
        each.id = ++last_id_;
        each.scope = scope;
        insert(std::move(each));
    }
    return last_id_;
}

void rule_set::replace(std::string_view json, std::string_view scope) {
    auto rules = parse_rules(json);
    std::erase_if(rules, [](const rule& each) { return each.of_carrier; });
    clear(scope);
    for (rule& each : rules) {
        each.id = ++last_id_;
        each.scope = scope;
        insert(std::move(each));
    }
}

/// Before what the carrier does anyway.
void rule_set::insert(rule each) {
    const auto at = std::find_if(rules_.begin(), rules_.end(),
                                 [](const rule& one) { return one.of_carrier && !one.go_on; });
    rules_.insert(at, std::move(each));
}

void rule_set::set_carrier(const carrier_habits& habits) {
    const auto preset = carrier_rules(habits.preset);
    if (!preset) {
        throw std::runtime_error(
            "preset: healthy, slow, flaky, throttling, strict or dead expected");
    }
    std::vector<rule> first;
    if (!habits.receipt.empty()) {
        // A later rule's receipt takes its place.
        first = parse_rules(
            fmt::format(R"({{"actions":[{{"receipt":{}}}],"continue":true}})", habits.receipt));
    }
    auto last = parse_rules(*preset);
    std::erase_if(rules_, [](const rule& each) { return each.of_carrier; });
    for (auto* list : {&first, &last}) {
        for (rule& each : *list) {
            each.id = ++last_id_;
            each.of_carrier = true;
        }
    }
    rules_.insert(rules_.begin(), std::make_move_iterator(first.begin()),
                  std::make_move_iterator(first.end()));
    rules_.insert(rules_.end(), std::make_move_iterator(last.begin()),
                  std::make_move_iterator(last.end()));
    carrier_ = habits;
}

bool rule_set::erase(std::uint64_t id) {
    return std::erase_if(rules_, [&](const rule& each) { return each.id == id; }) > 0;
}

void rule_set::restart() {
    random_.seed(seed_);
    for (rule& each : rules_) {
        each.matched = each.applied = 0;
        each.tokens = 0;
        each.refilled = {};
    }
}

bool rule_set::applies(rule& candidate) {
    ++candidate.matched;
    const rule_match& match = candidate.match;
    if ((match.nth != 0 && candidate.matched != match.nth) ||
        (match.first != 0 && candidate.matched > match.first) ||
        (match.probability && roll(random_) >= *match.probability)) {
        return false;
    }
    ++candidate.applied;
    return true;
}

bool rule_set::fits(const rule& candidate, message_reader& message) {
    const rule_match& match = candidate.match;
    return in_scope(candidate, message.scope()) &&
           (match.command.empty() ||
            commands_fit(match.command, smpp::name(message.pdu().header.id))) &&
           std::all_of(match.queries.begin(), match.queries.end(),
                       [&](const query& q) { return q.matches(message); });
}

verdict rule_set::judge_submit(message_reader& message) {
    if (destination_count(message.fields()) > 1) {
        return judge_each(message);
    }
    verdict out;
    for (rule& each : rules_) {
        if (fits(each, message) && applies(each)) {
            apply(each, out);
            if (!each.go_on) {
                break;
            }
        }
    }
    return out;
}

/// A status that is meant for some of the destinations refuses these, and the rules after it decide
/// on the others.
verdict rule_set::judge_each(message_reader& message) {
    verdict out;
    const std::size_t all = destination_count(message.fields());
    std::vector<std::uint8_t> left(all);
    std::iota(left.begin(), left.end(), std::uint8_t{0});
    for (rule& each : rules_) {
        std::vector<std::uint8_t> meant;
        std::copy_if(left.begin(), left.end(), std::back_inserter(meant), [&](std::uint8_t index) {
            message.look_at(index);
            return fits(each, message);
        });
        if (meant.empty() || !applies(each)) {
            continue;
        }
        const auto before = out.status;
        apply(each, out);
        if (each.actions.status && meant.size() < all) {
            out.status = before;
            for (const std::uint8_t index : meant) {
                out.refused.push_back({index, *each.actions.status});
                std::erase(left, index);
            }
        } else if (!each.go_on) {
            break;
        }
    }
    message.look_at({});
    std::sort(out.refused.begin(), out.refused.end(),
              [](const auto& a, const auto& b) { return a.index < b.index; });
    if (out.refused.size() == all) {
        out.status = out.refused.front().status;
    }
    if (out.status != smpp::command_status::ok) {
        out.refused.clear();  // the whole message is refused
    }
    return out;
}

verdict rule_set::judge_command(std::string_view system_id, smpp::command_id command,
                                std::string_view scope) {
    return judge_named(system_id, smpp::name(command), scope);
}

verdict rule_set::judge_connection() { return judge_named({}, command_words::connect, {}); }

verdict rule_set::judge_named(std::string_view system_id, std::string_view command,
                              std::string_view scope) {
    verdict out;
    // There is no message: of the conditions only the account can be asked for.
    for (rule& each : rules_) {
        if (!in_scope(each, scope) || each.match.command.empty() ||
            !commands_fit(each.match.command, command)) {
            continue;
        }
        const bool fits = std::all_of(each.match.queries.begin(), each.match.queries.end(),
                                      [&](const query& q) { return q.matches_account(system_id); });
        if (fits && applies(each)) {
            apply(each, out);
            if (!each.go_on) {
                break;
            }
        }
    }
    return out;
}

bool rule_set::take_token(rule& chosen) {
    const throttle_limit& limit = *chosen.actions.throttle;
    const auto now = std::chrono::steady_clock::now();
    if (chosen.refilled == std::chrono::steady_clock::time_point{}) {
        chosen.tokens = limit.burst;
    } else {
        const double seconds = std::chrono::duration<double>(now - chosen.refilled).count();
        chosen.tokens = std::min(limit.burst, chosen.tokens + seconds * limit.rate);
    }
    chosen.refilled = now;
    if (chosen.tokens < 1) {
        return false;
    }
    chosen.tokens -= 1;
    return true;
}

void rule_set::apply(rule& chosen, verdict& out) {
    const rule_actions& act = chosen.actions;
    if (act.status) {
        out.status = *act.status;
        note(out, "status");
    }
    if (act.throttle && !take_token(chosen)) {
        out.status = smpp::command_status::throttled;
        note(out, "throttle");
    }
    if (act.delay) {
        out.delay = act.delay->draw(random_);
        note(out, "delay");
    }
    apply_later(act, out);
    if (act.split.size != 0) {
        out.split = act.split;
        note(out, "split");
    }
    if (act.close != ending::none) {
        out.close = act.close;
        out.close_after = act.close_after;
        note(out, "close");
    }
    if (act.corrupt != damage::none) {
        out.corrupt = act.corrupt;
        note(out, "corrupt");
    }
    if (act.congestion) {
        out.congestion = act.congestion;
        note(out, "congestion");
    }
    const auto flag = [&](bool set, bool& to, std::string_view name) {
        if (set) {
            to = true;
            note(out, name);
        }
    };
    flag(act.no_response, out.no_response, "no_response");
    flag(act.duplicate_response, out.duplicate_response, "duplicate_response");
    flag(act.wrong_sequence, out.wrong_sequence, "wrong_sequence");
    flag(act.stall, out.stall, "stall");
}

/// What comes after the answer.
void rule_set::apply_later(const rule_actions& act, verdict& out) {
    if (act.receipt) {
        out.receipt = act.receipt;
        out.receipt_delay.reset();
        if (act.receipt->delay) {
            out.receipt_delay = act.receipt->delay->draw(random_);
        }
        out.step_delays.clear();
        for (const receipt_step& each : act.receipt->states) {
            out.step_delays.push_back(each.delay.draw(random_));
        }
        note(out, "receipt");
    }
    if (act.reply) {
        out.reply = act.reply;
        out.reply_delay = act.reply->delay.draw(random_);
        note(out, "reply");
    }
    if (!act.tag.empty()) {
        out.tags.push_back(act.tag);
        note(out, "tag");
    }
}

}  // namespace mock_smsc
