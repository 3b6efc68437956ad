// A rule: which requests it is for, and what becomes of them.
//
//     {"match": {"to": "^1555", "first": 2}, "actions": [{"status": "ESME_RTHROTTLED"}]}
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mock-smsc/query/query.hpp"
#include "smpp/command_id.hpp"
#include "smpp/command_status.hpp"
#include "smpp/text/receipt.hpp"
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
    half,    ///< closed for writing only: what the client sends is still taken
};

/// How an answer is spoilt.
enum class damage : std::uint8_t { none, length, command_id, tlv, missing_nul, garbage };

/// At most that many requests a second.
struct throttle_limit {
    double rate = 0;
    double burst = 0;
};

/// The answer dribbles. Size 0: it does not.
struct split_answer {
    std::size_t size = 0;  ///< octets at a time
    std::chrono::microseconds interval{1000};
};

/// A state on the way of a message, and the time from the one before it.
struct receipt_step {
    smpp::message_state state = smpp::message_state::delivered;
    random_delay delay;
};

/// What becomes of the message after its submit, and how its receipts look.
struct receipt_action {
    enum class id_form : std::uint8_t { decimal, hex, upper_hex, padded, padded_hex };
    enum class carrier : std::uint8_t { both, tlv, text };
    enum class order : std::uint8_t {
        normal,
        reverse,          ///< of those that are due together the last leaves first
        before_response,  ///< before the answer to the submit
    };

    std::vector<receipt_step> states;   ///< the last one is final; empty: delivered
    std::optional<random_delay> delay;  ///< before the first of them
    bool never = false;                 ///< the state changes, and no receipt tells
    bool unasked = false;               ///< receipts for those, too, that did not ask
    unsigned copies = 1;
    order when = order::normal;
    std::string format;  ///< a pattern of smpp::format_receipt; empty: the specification's
    std::string err;     ///< empty: by the state
    id_form id = id_form::decimal;
    smpp::receipt_date_form dates = smpp::receipt_date_form::yymmddhhmm;
    carrier in = carrier::both;
    std::string source;  ///< this in JSON
};

/// A message back from the mobile.
struct reply_action {
    std::string text;  ///< {text}, {from} and {to} are those of the submit
    std::string from;  ///< empty: the submit's destination
    random_delay delay;
};

/// Actions of one rule; those not given change nothing.
struct rule_actions {
    std::optional<smpp::command_status> status;
    std::optional<random_delay> delay;
    std::optional<throttle_limit> throttle;
    std::shared_ptr<const receipt_action> receipt;
    std::shared_ptr<const reply_action> reply;
    std::string tag;
    split_answer split;
    ending close = ending::none;
    std::optional<std::size_t> close_after;  ///< octets of the answer; empty: all
    damage corrupt = damage::none;
    std::optional<std::uint8_t> congestion;  ///< congestion_state of the answer, for 5.0
    bool no_response = false;
    bool duplicate_response = false;
    bool wrong_sequence = false;
    bool stall = false;  ///< this session is not answered any more
};

/// What `command` may say beside the names of PDUs.
namespace command_words {
inline constexpr std::string_view bind = "bind";        ///< any bind
inline constexpr std::string_view any = "any";          ///< any request
inline constexpr std::string_view connect = "connect";  ///< a connection, before anything is said
}  // namespace command_words

/// All given conditions must hold.
struct rule_match {
    std::vector<query> queries;  ///< from, to, text, account and query
    std::string command;         ///< empty: any submit; the name of a PDU or one of command_words
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
    bool go_on = false;       ///< later rules have their say, too
    bool of_carrier = false;  ///< shown with the others, and changed with the carrier alone

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
