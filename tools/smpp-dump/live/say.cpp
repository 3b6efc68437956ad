#include "smpp-dump/live/say.hpp"

#include <fmt/format.h>

#include "smpp-dump/live/tap.hpp"
#include "smpp-dump/output.hpp"

namespace smpp_dump {

void say(std::string_view line) {
    std::string out = "smpp-dump: ";
    time_formatter(time_style::clock).append(out, time_now());
    out += ' ';
    out += line;
    out += '\n';
    std::fwrite(out.data(), 1, out.size(), stderr);
}

}  // namespace smpp_dump
