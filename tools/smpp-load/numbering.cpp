#include "smpp-load/numbering.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace smpp_load {

numbering::numbering(std::string_view pattern) : first_(pattern) {
    constexpr std::string_view opening = "{n:";
    const auto begin = pattern.find('{');
    if (begin == std::string_view::npos) {
        return;
    }
    const auto end = pattern.find('}', begin);
    const std::string_view braces = pattern.substr(begin, end - begin);
    const std::string_view digits = braces.substr(std::min(opening.size(), braces.size()));
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), width_);
    if (end == std::string_view::npos || !braces.starts_with(opening) || error != std::errc{} ||
        stop != digits.data() + digits.size() || width_ < 1 || width_ > 18) {
        throw std::invalid_argument(
            fmt::format("'{}': a counting address has {{n:WIDTH}}, such as 1555{{n:7}}", pattern));
    }
    at_ = begin;
    first_.replace(begin, end + 1 - begin, width_, '0');
}

void numbering::write(std::string& address, std::uint64_t n) const noexcept {
    for (std::size_t i = width_; i > 0; --i, n /= 10) {
        address[at_ + i - 1] = static_cast<char>('0' + n % 10);
    }
}

}  // namespace smpp_load
