// The lines of a journal: a kind, fields between tabs, and a CRC-32 over what stands before it.
//
//     s  17-42                                   these rows are about to be sent
//     w  17                                      it was not sent after all
//     a  17  15557654321  0  id1,id2             accepted; r: rejected, u: unknown, with
//     r  18  15557654322  11    ESME_RINVDSTADR  the status and the reason
//     p  19  15557654323  0  id3     accepted, and receipts are waited for
//     f  19  15557654323  2  id3     these said, or did not come: the message_state, the reason
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "notifier/outcome.hpp"

namespace notifier::bulk {

enum class record_kind : char {
    sending = 's',
    withdrawn = 'w',
    accepted = 'a',
    rejected = 'r',
    unknown = 'u',
    awaiting = 'p',
    finished = 'f',
};

struct journal_record {
    record_kind kind{};
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    /// Of all but sending and withdrawn; without latency and receipts.
    notifier::outcome outcome{};
};

/// With the line end.
void append_record(std::string& out, const journal_record& record);
/// `line` without its end. Empty: it is torn or no record.
[[nodiscard]] std::optional<journal_record> read_record(std::string_view line);

/// What the first line says of the job: what is sent to whom, but not how fast.
struct journal_identity {
    std::uint64_t rows = 0;
    std::string input{};    ///< digest of the bulk input
    std::string message{};  ///< digest of server, user, sender and text
    std::string url{};      ///< for people; the password masked

    friend bool operator==(const journal_identity&, const journal_identity&) = default;
};

/// How the header of every journal begins, whatever its version.
inline constexpr std::string_view journal_magic = "notifier-journal\t";
inline constexpr std::string_view journal_version = "1";

[[nodiscard]] std::string header_line(const journal_identity& identity);
/// Empty: the line is no header of this version.
[[nodiscard]] std::optional<journal_identity> read_header_line(std::string_view line);

}  // namespace notifier::bulk
