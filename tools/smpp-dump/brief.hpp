// A PDU in a few words: what -T text and --ladder show of it.
//
//     append_brief(line, record, alphabet);
//     // submit_sm seq=2 +15551234567 -> +15557654321 gsm7 "hello"
#pragma once

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// Command, number, status, addresses, ids, text, latency and problems. REQUIRES: no garbage.
void append_brief(std::string& to, const record& r, smpp::alphabet default_alphabet);

}  // namespace smpp_dump
