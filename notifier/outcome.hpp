// What became of each recipient, and how it is told.
//
//     notifier::reporter report(json, log);
//     report.add({.to = "15557654321", .state = outcome_state::accepted, ...});
//     return report.exit_code();
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log.hpp"
#include "smpp/command_status.hpp"
#include "smpp/values.hpp"

namespace notifier {

enum class outcome_state : std::uint8_t {
    accepted,  ///< every part was answered with ESME_ROK
    rejected,  ///< certainly not sent, or refused by the SMSC
    unknown,   ///< submitted, and no answer: it may or may not arrive
    invalid,   ///< the recipient is no number; nothing was tried
};

[[nodiscard]] std::string_view name(outcome_state) noexcept;

/// A delivery receipt of a part.
struct receipt_seen {
    std::string message_id{};                    ///< as the receipt says it
    std::optional<smpp::message_state> state{};  ///< empty: a word that means nothing to us
    std::string stat{};                          ///< that word: "DELIVRD"
    std::string error{};
    std::string done_date{};  ///< as the SMSC wrote it
    bool final = false;
    std::chrono::duration<double, std::milli> after{};  ///< the first submit
};

struct outcome {
    std::string to{};
    /// Masked, of the target, which outlives the outcome; empty where there is only one URL.
    std::string_view url{};
    outcome_state state = outcome_state::unknown;
    std::vector<std::string> message_ids{};
    std::size_t parts = 0;
    std::optional<smpp::command_status> status{};  ///< the last answer, or the first bad one
    std::string error{};                           ///< one line; empty for an accepted one
    std::optional<std::chrono::duration<double, std::milli>> latency{};
    std::vector<receipt_seen> receipts{};              ///< in the order in which they came
    std::optional<smpp::message_state> final_state{};  ///< of the message; empty: not waited for
    bool optional = false;                             ///< its failure does not count
    bool untouched = false;  ///< nothing of it is with the SMSC: it may be sent another time
    bool receipts_may_come = false;  ///< what is missing was not waited for to the end
    std::uint64_t row = 0;           ///< of the bulk input, counted from 1; 0: there is none

    /// Accepted, and delivered where that was waited for.
    [[nodiscard]] bool good() const noexcept {
        return state == outcome_state::accepted && error.empty();
    }
    /// Its receipts were waited for, and came or did not.
    [[nodiscard]] bool awaited() const noexcept {
        return final_state || !receipts.empty() ||
               (state == outcome_state::accepted && !error.empty());
    }
};

/// In lower case: of the message where its receipts were waited for, of the submit where not.
[[nodiscard]] std::string state_name(const outcome& result);

/// "15557654321 delivered after 0.81 s (17)": a good one, for people.
[[nodiscard]] std::string outcome_text(const outcome& result);

/// The receipt that gave the verdict: the first final one that is not of a delivery, else the last
/// one. Null: no final one came.
[[nodiscard]] const receipt_seen* deciding_receipt(const outcome& result) noexcept;

/// One object on one line, without a line end.
[[nodiscard]] std::string outcome_json(const outcome& result);

/// Prints outcomes as they are known, then the summary. Safe to use from several threads.
class reporter {
public:
    reporter(bool json, notifier::log& log) : json_(json), log_(log) {}

    /// For people, failures that follow each other for the same reason are one line: flush() ends
    /// it.
    void add(const outcome& result);
    void flush();
    /// A URL that was refused: exit code 2.
    void refuse_url() noexcept { refused_url_ = true; }
    /// Recipients that did not get what they should have.
    [[nodiscard]] std::size_t failures() const noexcept { return failed_; }
    /// After the last outcome.
    void finish();
    [[nodiscard]] int exit_code() const noexcept;

private:
    void tell_failure(const outcome& result);
    void end_line();

    bool json_;
    notifier::log& log_;
    std::mutex mutex_;
    std::array<std::size_t, 4> counts_{};
    std::size_t delivered_ = 0;
    bool waited_ = false;  // for receipts
    std::size_t failed_ = 0;
    std::optional<outcome> told_of_{};       // the first of the line at hand
    std::vector<std::string> recipients_{};  // all of it
    std::map<std::string, std::size_t> reasons_;
    bool refused_url_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace notifier
