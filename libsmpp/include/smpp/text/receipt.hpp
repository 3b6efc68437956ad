// Delivery receipts as text (3.4: appendix B), in all the forms that carriers give them, read and
// written.
//
//     if (auto dlr = smpp::parse_receipt(text)) { ... dlr->id, dlr->stat, dlr->state(), dlr->done()
//     ... } std::string text = smpp::format_receipt({.id = "17", .stat = "DELIVRD", .err = "000"});
//     bool ours = smpp::same_message_id("0000000A", "10");        // hexadecimal there, decimal
//     here
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/octets.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/values.hpp"

namespace smpp {

/// The fields as they stand in the text; an absent one is empty.
struct receipt {
    std::string id{};
    std::string sub{};
    std::string dlvrd{};
    std::string submit_date{};
    std::string done_date{};
    std::string stat{};  ///< any word, also one that the specification does not know
    std::string err{};   ///< not always a number: "21b"
    std::string text{};

    /// What `stat` means, when it is a known word.
    [[nodiscard]] std::optional<message_state> state() const noexcept;
    /// The dates, in the SMSC's local time.
    [[nodiscard]] std::optional<std::chrono::local_seconds> submitted() const noexcept;
    [[nodiscard]] std::optional<std::chrono::local_seconds> done() const noexcept;

    friend bool operator==(const receipt&, const receipt&) = default;
};

/// Keys in any order and case, any of them missing, words before them; status, state, error and
/// msgid for the usual ones; '=' for ':', '|' between fields, keys and values in quotes as in JSON.
/// Empty result: neither an id nor a stat.
[[nodiscard]] std::optional<receipt> parse_receipt(std::string_view text);
/// The same of a message's octets, behind its user data header. Under GSM 7-bit too the keys, ids
/// and words are ASCII nearly always, where '_' is no '§' and a NUL that ends the text no '@'; what
/// only GSM 7-bit can mean, as in the text of the user, is read as that.
[[nodiscard]] std::optional<receipt> parse_receipt(octet_span octets, alphabet source);

/// The text of the specification.
inline constexpr std::string_view receipt_pattern =
    "id:{id} sub:{sub} dlvrd:{dlvrd} submit date:{submit_date} done date:{done_date} stat:{stat} "
    "err:{err} "
    "text:{text}";

/// The pattern with each {field} replaced; any other text, braces included, stays as it is.
[[nodiscard]] std::string format_receipt(const receipt& values,
                                         std::string_view pattern = receipt_pattern);

/// Start of a message, for the text field: its first 20 characters.
[[nodiscard]] std::string_view receipt_excerpt(std::string_view message) noexcept;

/// State of a stat word, case-blind: the specification's words and common variants of them.
[[nodiscard]] std::optional<message_state> state_of_stat(std::string_view word) noexcept;
/// The specification's word: "DELIVRD", "EXPIRED", ...; empty for a state without one.
[[nodiscard]] std::string_view stat_of_state(message_state) noexcept;
/// Whether nothing more can come after it.
[[nodiscard]] bool is_final(message_state) noexcept;

enum class receipt_date_form : std::uint8_t {
    yymmddhhmm,
    yymmddhhmmss,
    yyyymmddhhmm,
    yyyymmddhhmmss
};

[[nodiscard]] std::string format_receipt_date(
    std::chrono::local_seconds when, receipt_date_form form = receipt_date_form::yymmddhhmm);
/// 10, 12 or 14 digits; separators between them, an offset and a fraction behind them are ignored.
/// Of the two readings of 12 digits the one that is a date counts; if both are, the one with
/// seconds. Empty result: no date, or only zeros.
[[nodiscard]] std::optional<std::chrono::local_seconds> parse_receipt_date(
    std::string_view text) noexcept;

/// Compares the id of a submit_sm_resp with that of a receipt: case-blind, without leading zeros,
/// and with either of them hexadecimal where the other is decimal.
[[nodiscard]] bool same_message_id(std::string_view a, std::string_view b);
/// For an index of messages: the key under which to store the id of a response...
[[nodiscard]] std::string message_id_key(std::string_view id);
/// ...and the keys under which to look for the id of a receipt, best first.
[[nodiscard]] std::vector<std::string> message_id_candidates(std::string_view id);

}  // namespace smpp
