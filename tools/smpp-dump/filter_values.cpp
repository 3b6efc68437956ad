#include "smpp-dump/filter_values.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <cmath>
#include <ctime>

#include "smpp/text/smpp_time.hpp"

namespace smpp_dump::detail {
namespace {

template <class T>
std::optional<T> whole_number(std::string_view text, int base = 10) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

std::optional<std::uint64_t> read_number(std::string_view text) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    return whole_number<std::uint64_t>(text.substr(hex ? 2 : 0), hex ? 16 : 10);
}

double nanoseconds_of_unit(std::string_view unit) {
    struct row {
        std::string_view name;
        double nanoseconds;
    };
    static constexpr row units[] = {{"", 1e9},     {"s", 1e9},    {"ms", 1e6},
                                    {"us", 1e3},   {"ns", 1},     {"m", 60e9},
                                    {"min", 60e9}, {"h", 3600e9}, {"d", 86400e9}};
    for (const row& each : units) {
        if (each.name == unit) {
            return each.nanoseconds;
        }
    }
    return 0;
}

struct measure {
    double value = 0;
    std::string_view unit{};
};

std::optional<measure> read_measure(std::string_view text) {
    measure made;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), made.value);
    made.unit = {end, static_cast<std::size_t>(text.data() + text.size() - end)};
    return error == std::errc{} ? std::optional(made) : std::nullopt;
}

/// Seconds, unless a unit follows.
std::optional<std::uint64_t> read_duration(std::string_view text) {
    const auto read = read_measure(text);
    const double scale = read ? nanoseconds_of_unit(read->unit) : 0;
    const double nanoseconds = read ? read->value * scale : 0;
    if (scale == 0 || !(nanoseconds >= 0) || nanoseconds > 9e18) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(std::llround(nanoseconds));
}

/// "2026-01-31 23:59:59.5", with a T and a Z as well, or only its beginning, as Wireshark writes it
/// ("Jan 31, 2026 23:59:59"), or as SMPP does. UTC.
std::optional<std::uint64_t> read_time(const std::string& text) {
    std::chrono::nanoseconds since{};
    if (const auto smpp = smpp::parse_time(text)) {
        const auto* const at = std::get_if<smpp::absolute_time>(&*smpp);
        if (at == nullptr) {
            return std::nullopt;
        }
        since = at->utc.time_since_epoch();
    } else {
        std::tm parts{};
        const char* rest = nullptr;
        for (const char* format : {"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M",
                                   "%Y-%m-%d", "%b %d, %Y %H:%M:%S"}) {
            parts = {};
            rest = ::strptime(text.c_str(), format, &parts);
            if (rest != nullptr && (*rest == '\0' || *rest == '.' || *rest == 'Z')) {
                break;
            }
            rest = nullptr;
        }
        if (rest == nullptr) {
            return std::nullopt;
        }
        since = std::chrono::seconds(::timegm(&parts));
        std::string_view fraction(rest);
        fraction.remove_suffix(fraction.ends_with("Z") || fraction.ends_with(" UTC") ? 1 : 0);
        if (!fraction.empty()) {
            const auto part = read_measure(fraction);
            if (!part || !part->unit.empty()) {
                return std::nullopt;
            }
            since += std::chrono::nanoseconds(std::llround(part->value * 1e9));
        }
    }
    return since.count() < 0 ? std::nullopt
                             : std::optional(static_cast<std::uint64_t>(since.count()));
}

}  // namespace

std::optional<std::uint64_t> read_value(field_kind kind, const std::string& text) {
    if (kind == field_kind::command) {
        if (const auto id = command_named(text)) {
            return static_cast<std::uint32_t>(*id);
        }
    } else if (kind == field_kind::status) {
        if (const auto status = smpp::command_status_named(text)) {
            return static_cast<std::uint32_t>(*status);
        }
    } else if (kind == field_kind::duration) {
        return read_duration(text);
    } else if (kind == field_kind::time) {
        return read_time(text);
    }
    return read_number(text);
}

bool is_duration(std::string_view text) {
    const auto read = read_measure(text);
    return read && !read->unit.empty() && nanoseconds_of_unit(read->unit) != 0;
}

bool address_value::contains(std::string_view value) const noexcept {
    if (value.size() != octets.size()) {
        return false;
    }
    for (unsigned bit = 0; bit < bits; bit += 8) {
        const unsigned here = std::min(bits - bit, 8U);
        const auto mask = static_cast<unsigned>(0xFF00U >> here) & 0xFFU;
        const auto differs = static_cast<unsigned char>(value[bit / 8] ^ octets[bit / 8]);
        if ((differs & mask) != 0) {
            return false;
        }
    }
    return true;
}

std::optional<address_value> read_address(const std::string& text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string host = text.substr(0, slash);
    const bool v6 = host.find(':') != std::string::npos;
    address_value made{std::string(v6 ? 16 : 4, '\0'), v6 ? 128U : 32U};
    if (::inet_pton(v6 ? AF_INET6 : AF_INET, host.c_str(), made.octets.data()) != 1) {
        return std::nullopt;
    }
    if (slash < text.size()) {
        const auto bits = whole_number<unsigned>(std::string_view(text).substr(slash + 1));
        if (!bits || *bits > made.bits) {
            return std::nullopt;
        }
        made.bits = *bits;
    }
    return made;
}

std::optional<std::string_view> slice::of(std::string_view value) const noexcept {
    const auto size = static_cast<std::int64_t>(value.size());
    const std::int64_t begin = from < 0 ? size + from : from;
    const std::int64_t end = !to ? size : *to < 0 ? size + *to : *to;
    if (begin < 0 || begin >= size || end <= begin || end > size) {
        return std::nullopt;
    }
    return value.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::optional<slice> read_slice(std::string_view text) {
    if (text.size() < 3 || !text.starts_with('[') || !text.ends_with(']')) {
        return std::nullopt;
    }
    text = text.substr(1, text.size() - 2);
    slice made;
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        const auto from =
            colon == 0 ? std::optional(0) : whole_number<std::int32_t>(text.substr(0, colon));
        const std::string_view count = text.substr(colon + 1);
        const auto length = whole_number<std::int32_t>(count);
        if (!from || (!count.empty() && (!length || *length < 1))) {
            return std::nullopt;
        }
        made.from = *from;
        if (length && made.from + *length != 0) {
            made.to = made.from + *length;
        }
        return made;
    }
    const std::size_t dash = text.find('-', 1);
    const auto from = whole_number<std::int32_t>(text.substr(0, dash));
    const auto last =
        dash == std::string_view::npos ? from : whole_number<std::int32_t>(text.substr(dash + 1));
    if (!from || !last) {
        return std::nullopt;
    }
    made.from = *from;
    if (*last != -1) {
        made.to = *last + std::int64_t{1};
    }
    return made;
}

std::string_view wanted(field_kind kind) {
    switch (kind) {
        case field_kind::command: return "a command or number";
        case field_kind::status: return "a status or number";
        case field_kind::duration: return "a time such as 2s or 150ms";
        case field_kind::time: return "a time such as \"2026-01-31 23:59:59\" or 2h";
        case field_kind::address: return "an address such as 10.0.0.1, or a network, 10.0.0.0/8";
        case field_kind::text: return "a text";
        case field_kind::octets: return "a text in quotes or hexadecimal digits";
        case field_kind::number: break;
    }
    return "a number";
}

}  // namespace smpp_dump::detail
