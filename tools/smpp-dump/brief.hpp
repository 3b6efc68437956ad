// A PDU in a few words: what -T text and --ladder show of it.
//
//     append_brief(line, record, alphabet);
//     // submit_sm seq=2 +15551234567 -> +15557654321 gsm7 "hello"
#pragma once

#include <climits>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// How much of a line there is for it.
struct brief_room {
    int text = INT_MAX;   ///< columns of the message's text at most
    bool narrow = false;  ///< "2/3" for "part 2/3 of 66"
};

/// Command, number, status, addresses, ids, text, latency and problems. REQUIRES: no garbage.
void append_brief(std::string& to, const record& r, smpp::alphabet default_alphabet,
                  const brief_room& room = {});

/// In quotes; what would move the cursor or break the line is escaped. More than `most` columns
/// between the quotes are cut, and end in "\u2026".
void append_quoted(std::string& to, std::string_view text, int most = INT_MAX);

}  // namespace smpp_dump
