// The rules in force, first match first, with their counters and their dice.
//
//     const verdict v = rules.judge(message, command_id::submit_sm);
//     if (v.status != command_status::ok) { ... }
#pragma once

#include <string>
#include <vector>

#include "mock-smsc/rules/rule.hpp"
#include "mock-smsc/store/message_notes.hpp"

namespace mock_smsc {

class message_reader;

/// What rules say about one request.
struct verdict {
    smpp::command_status status = smpp::command_status::ok;
    std::vector<refused_destination> refused;  ///< of submit_multi, by index; not all of them
    std::chrono::microseconds delay{0};        ///< before the answer
    std::shared_ptr<const receipt_action> receipt;
    std::optional<std::chrono::microseconds> receipt_delay;
    std::vector<std::chrono::microseconds> step_delays;  ///< of receipt->states
    std::shared_ptr<const reply_action> reply;
    std::chrono::microseconds reply_delay{0};
    std::vector<std::string> tags;
    split_answer split;
    ending close = ending::none;
    std::optional<std::size_t> close_after;
    damage corrupt = damage::none;
    std::optional<std::uint8_t> congestion;
    bool no_response = false;
    bool duplicate_response = false;
    bool wrong_sequence = false;
    bool stall = false;
    std::string faults;  ///< names of what was done, separated by commas

    [[nodiscard]] bool plain_answer() const noexcept {
        return delay.count() == 0 && close == ending::none && corrupt == damage::none &&
               !no_response && !duplicate_response && !wrong_sequence && !stall &&
               split.size == 0 && !congestion;
    }
};

/// What the carrier does where no rule says otherwise.
struct carrier_habits {
    std::string preset = "healthy";
    std::string receipt;  ///< JSON of the action "receipt"; empty: the specification's
};

class rule_set {
public:
    explicit rule_set(std::uint64_t seed) : seed_(seed), random_(seed) {}

    /// Appends; returns the id of the last. Throws std::runtime_error as parse_rules does.
    std::uint64_t add(std::string_view json, std::string_view scope = {});
    /// All or nothing; with a scope only those of it.
    void replace(std::string_view json, std::string_view scope = {});
    bool erase(std::uint64_t id);
    void clear(std::string_view scope = {}) {
        std::erase_if(rules_, [&](const rule& each) {
            return !each.of_carrier && (scope.empty() || each.scope == scope);
        });
    }
    /// Throws std::runtime_error: an unknown preset, or as parse_rules does.
    void set_carrier(const carrier_habits& habits);
    [[nodiscard]] const carrier_habits& carrier() const noexcept { return carrier_; }
    /// Counters and dice as at the start.
    void restart();

    [[nodiscard]] bool empty() const noexcept { return rules_.empty(); }
    [[nodiscard]] const std::vector<rule>& rules() const noexcept { return rules_; }

    [[nodiscard]] verdict judge_submit(message_reader& message);
    /// Binds, and whatever else is no submit: only rules that name the command.
    [[nodiscard]] verdict judge_command(std::string_view system_id, smpp::command_id command,
                                        std::string_view scope = {});
    /// A connection, before anything is said.
    [[nodiscard]] verdict judge_connection();

private:
    [[nodiscard]] verdict judge_named(std::string_view system_id, std::string_view command,
                                      std::string_view scope);
    void insert(rule each);
    [[nodiscard]] bool applies(rule& candidate);
    void apply(rule& chosen, verdict& out);
    void apply_later(const rule_actions& act, verdict& out);
    [[nodiscard]] bool take_token(rule& chosen);
    [[nodiscard]] verdict judge_each(message_reader& message);
    [[nodiscard]] static bool fits(const rule& candidate, message_reader& message);

    std::uint64_t seed_;
    std::mt19937_64 random_;
    std::vector<rule> rules_;
    carrier_habits carrier_;
    std::uint64_t last_id_ = 0;
};

}  // namespace mock_smsc
