// A rule: which requests it is for, and what becomes of them.
//
//     {"match": {"to": "^1555", "first": 2}, "actions": [{"status": "ESME_RTHROTTLED"}]}
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "mock-smsc/query/query.hpp"
#include "smpp/command_id.hpp"
#include "smpp/command_status.hpp"
#include "smpp/values.hpp"

namespace mock_smsc {

/// A time that may differ from one request to the next.
struct random_delay {
    enum class shape : std::uint8_t { fixed, uniform, normal, lognormal };
    shape how = shape::fixed;
    /// fixed: the time; uniform: least and most; normal: mean and deviation; lognormal: median and
    /// sigma (of the logarithm).
    double a = 0, b = 0;  // milliseconds, but for sigma

    [[nodiscard]] std::chrono::microseconds draw(std::mt19937_64& random) const;
};

/// How the connection ends.
enum class ending : std::uint8_t {
    none,
    fin,     ///< closed without a word
    rst,     ///< reset
    unbind,  ///< in order
    half,    ///< the answer is cut in the middle, then closed
};

/// How an answer is spoilt.
enum class damage : std::uint8_t { none, length, command_id, tlv, missing_nul, garbage };

/// At most that many requests a second.
struct throttle_limit {
    double rate = 0;
    double burst = 0;
};

/// What becomes of the message after its submit.
struct receipt_action {
    std::optional<smpp::message_state> state;
    std::optional<random_delay> delay;
    bool never = false;  ///< the state changes, and no receipt tells
};

/// Actions of one rule; those not given change nothing.
struct rule_actions {
    std::optional<smpp::command_status> status;
    std::optional<random_delay> delay;
    std::optional<throttle_limit> throttle;
    std::optional<receipt_action> receipt;
    ending close = ending::none;
    damage corrupt = damage::none;
    bool no_response = false;
    bool duplicate_response = false;
    bool wrong_sequence = false;
    bool stall = false;  ///< this session is not answered any more
};

/// All given conditions must hold.
struct rule_match {
    std::vector<query> queries;  ///< from, to, text, account and query
    std::string command;         ///< empty: any submit; "bind": any bind
    std::uint64_t nth = 0;       ///< only the nth of those that match; 0: all
    std::uint64_t first = 0;     ///< only the first so many; 0: all
    std::optional<double> probability;
};

struct rule {
    std::uint64_t id = 0;
    std::string json;   ///< as it was given
    std::string scope;  ///< only for sessions of that one; empty: for all
    rule_match match;
    rule_actions actions;
    bool go_on = false;  ///< later rules have their say, too

    std::uint64_t matched =
        0;  ///< requests that met the conditions, nth, first and probability aside
    std::uint64_t applied = 0;
    double tokens = 0;  ///< of throttle
    std::chrono::steady_clock::time_point refilled{};
};

/// One rule, or a list of them, from JSON text. Throws std::runtime_error that says where and what
/// is wrong: `actions[1].status: unknown status "X"`.
[[nodiscard]] std::vector<rule> parse_rules(std::string_view json);

}  // namespace mock_smsc
