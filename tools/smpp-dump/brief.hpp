// A PDU in a few words: what -T text and --ladder show of it.
//
//     append_brief(line, record, alphabet);
//     // submit_sm seq=2 +15551234567 -> +15557654321 gsm7 "hello"
#pragma once

#include <climits>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// Command, number, status, addresses, ids, text (so many columns of it at most), latency and
/// problems. REQUIRES: no garbage.
void append_brief(std::string& to, const record& r, smpp::alphabet default_alphabet,
                  int most_text = INT_MAX);

/// In quotes; what would move the cursor or break the line is escaped. More than `most` columns
/// between the quotes are cut, and end in "\u2026".
void append_quoted(std::string& to, std::string_view text, int most = INT_MAX);

}  // namespace smpp_dump
