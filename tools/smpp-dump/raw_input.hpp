// --raw: the octets of a client and of a server, in two files, as a session without addresses and
// times. A response is shown behind its request.
#pragma once

#include <string>

#include "smpp-dump/record.hpp"

namespace smpp_dump {

/// Returns why a file ended before its time; empty when none did. Throws input_error when one
/// cannot be opened.
[[nodiscard]] std::string read_raw(const std::string& client_file, const std::string& server_file,
                                   record_sink& sink);

}  // namespace smpp_dump
