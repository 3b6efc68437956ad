#include "output.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace notifier {

void write_out(std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            throw output_error("cannot write to standard output: " +
                               std::generic_category().message(errno));
        }
    }
}

}  // namespace notifier
