#include "process_title.hpp"

#include <algorithm>

#include "url.hpp"

namespace notifier {
namespace {

/// The terminating NUL stays: the system takes its loss for a title that goes on behind it.
void overwrite(std::span<char> place, std::string_view text) {
    const auto end = std::copy_n(text.begin(), std::min(text.size(), place.size()), place.begin());
    std::fill(end, place.end(), '\0');
}

}  // namespace

std::string mask_argument(std::string_view argument) {
    if (argument.find("://") == std::string_view::npos) {
        return std::string(argument);
    }
    std::string out;
    for (const std::string& url : split_urls(argument)) {
        out += out.empty() ? "" : " ";
        out += mask_url(url);
    }
    return out;
}

std::vector<std::string> take_arguments(std::span<char* const> arguments) {
    std::vector<std::string> copies(arguments.begin(), arguments.end());
    for (std::size_t i = 0; i < copies.size(); ++i) {
        if (const std::string masked = mask_argument(copies[i]); masked != copies[i]) {
            overwrite({arguments[i], copies[i].size()}, masked);
        }
    }
    return copies;
}

}  // namespace notifier
