#include <charconv>
#include <limits>

#include "mock-smsc/options.hpp"

namespace mock_smsc {
namespace {

/// A number and the unit behind it.
struct quantity {
    std::uint64_t number = 0;
    std::string_view unit;
};

std::optional<quantity> parse_quantity(std::string_view text) {
    quantity out;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out.number);
    if (failed != std::errc()) {
        return std::nullopt;
    }
    out.unit = text.substr(static_cast<std::size_t>(end - text.data()));
    return out;
}

}  // namespace

std::optional<listen_address> parse_listen_address(std::string_view text) {
    listen_address out{"127.0.0.1", 0};
    const auto colon = text.rfind(':');
    if (colon != std::string_view::npos) {
        auto host = text.substr(0, colon);
        if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
            host = host.substr(1, host.size() - 2);
        } else if (host.find(':') != std::string_view::npos) {
            return std::nullopt;  // IPv6 wants its brackets
        }
        if (!host.empty()) {
            out.host = host == "localhost" ? "127.0.0.1" : std::string(host);
        }
        text.remove_prefix(colon + 1);
    }
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out.port);
    if (failed != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return out;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const auto given = parse_quantity(text);
    if (!given || given->number > 1'000'000'000) {
        return std::nullopt;
    }
    const auto number = static_cast<std::int64_t>(given->number);
    using namespace std::chrono;
    if (given->unit == "ms") {
        return milliseconds(number);
    }
    if (given->unit == "s" || given->unit.empty()) {
        return seconds(number);
    }
    if (given->unit == "m") {
        return minutes(number);
    }
    if (given->unit == "h") {
        return hours(number);
    }
    if (given->unit == "d") {
        return hours(24 * number);
    }
    return std::nullopt;
}

std::optional<std::size_t> parse_size(std::string_view text) {
    const auto given = parse_quantity(text);
    if (!given || given->unit.size() > 1) {
        return std::nullopt;
    }
    unsigned shift = 0;
    switch (given->unit.empty() ? ' ' : given->unit.front()) {
        case ' ': break;
        case 'k':
        case 'K': shift = 10; break;
        case 'M': shift = 20; break;
        case 'G': shift = 30; break;
        default: return std::nullopt;
    }
    if (given->number > std::numeric_limits<std::size_t>::max() >> shift) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(given->number) << shift;
}

}  // namespace mock_smsc
