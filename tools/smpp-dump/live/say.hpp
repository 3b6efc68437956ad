// What live parts tell beside the PDUs: a line on stderr, with the time.
#pragma once

#include <string_view>

namespace smpp_dump {

/// "smpp-dump: 12:05:15.841145 127.0.0.1:40000 ..."
void say(std::string_view line);

}  // namespace smpp_dump
