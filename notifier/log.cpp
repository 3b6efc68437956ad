#include "log.hpp"

#include <unistd.h>

#include <algorithm>

#include "ascii.hpp"
#include "smpp/text/utf8.hpp"
#include "url.hpp"

namespace notifier {

std::string printable(std::string_view text) {
    auto out = smpp::utf8::repair(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return ascii::is_control(c); }, '?');
    return out;
}

void log::write(std::string_view kind, std::string_view text) {
    std::string line = "notifier: ";
    line.append(kind)
        .append(": ")
        .append(printable(show_secrets_ ? std::string(text) : mask_urls(text)))
        .push_back('\n');
    const std::lock_guard lock(mutex_);
    if (before_line_) {
        before_line_();
    }
    // Whole lines in one write: programs that run side by side share the terminal.
    std::string_view rest = line;
    while (!rest.empty()) {
        const auto written = ::write(STDERR_FILENO, rest.data(), rest.size());
        if (written <= 0) {
            return;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace notifier
