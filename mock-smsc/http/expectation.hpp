// What POST /api/v1/expect asks for, and how messages differ from it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mock-smsc/http/message_json.hpp"
#include "mock-smsc/query/query.hpp"

namespace mock_smsc {

struct expectation {
    std::string query_text;
    mock_smsc::query query;
    std::optional<std::uint64_t> count, least, most;
    bool joined = false;  ///< long messages count once, when all of their parts are there
    std::chrono::milliseconds within = std::chrono::seconds(10);
    /// Names of message members (or of PDU fields) and their values as JSON.
    std::vector<std::pair<std::string, std::string>> fields;

    /// Messages to wait for before anything can be said; with `most` one more than allowed.
    [[nodiscard]] std::uint64_t awaited() const noexcept;
    /// Lines that say how the number of those found differs; empty: it does not.
    [[nodiscard]] std::string difference_in_count(std::size_t found) const;
    /// Lines that say how a message differs. The text of a long one may also be that of all parts.
    [[nodiscard]] std::string difference_in_fields(message_reader& message,
                                                   const message_source& source) const;
    /// It passes as soon as enough messages are as `fields` say: the others do not matter.
    [[nodiscard]] bool enough_is_enough() const noexcept { return !count && !most; }
    /// Messages may still become what they are waited for; else all there will be are judged once
    /// the time is over.
    [[nodiscard]] bool waits_for_fields() const noexcept {
        return !fields.empty() && !most && count != std::uint64_t{0};
    }
};

/// {"query":"to:1555","count":2,"within":"5s","fields":{"text":"hello"}}; min and max instead of
/// count. Throws std::runtime_error that says what is wrong.
[[nodiscard]] expectation parse_expectation(std::string_view json);

}  // namespace mock_smsc
