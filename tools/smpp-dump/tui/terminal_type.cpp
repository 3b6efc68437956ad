#include "smpp-dump/tui/terminal_type.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "smpp-dump/options.hpp"

// It makes macros of words such as tab and lines: in a file of its own, after all others.
#include <ncurses.h>
// (not before ncurses.h)
#include <term.h>

namespace smpp_dump::tui {

void check_terminal_type() {
    const char* const type = std::getenv("TERM");
    int problem = 0;
    if (type == nullptr || *type == '\0') {
        throw usage_error("tui: TERM is not set: it names the type of the terminal, e.g. xterm");
    }
    if (::setupterm(nullptr, STDOUT_FILENO, &problem) != OK) {
        throw usage_error(
            fmt::format("tui: terminals of type '{}' (TERM) are not known here; "
                        "try TERM=xterm",
                        type));
    }
    const bool moves = ::tigetstr("cup") != nullptr;
    ::del_curterm(::cur_term);
    if (!moves) {
        throw usage_error(fmt::format(
            "tui: a terminal of type '{}' (TERM) cannot move its cursor; try TERM=xterm", type));
    }
}

}  // namespace smpp_dump::tui
