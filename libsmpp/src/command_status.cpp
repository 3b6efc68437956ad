#include "smpp/command_status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace smpp {
namespace {

class status_error_category final : public boost::system::error_category {
public:
    constexpr status_error_category() noexcept : error_category(0x31c5a9e07b42d68fU) {}
    [[nodiscard]] const char* name() const noexcept override { return "smpp.status"; }
    [[nodiscard]] std::string message(int value) const override {
        const auto status = command_status(static_cast<std::uint32_t>(value));
        return fmt::format("{} ({})", name_or_number(status), meaning(status));
    }
};

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<command_status> from_number(std::string_view text) noexcept {
    int base = 10;
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text.remove_prefix(2);
        base = 16;
    }
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, base);
    if (error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return command_status(number);
}

}  // namespace

std::string_view name(command_status status) noexcept {
    switch (status) {
#define X(enumerator, number, name, meaning, versions) \
    case command_status::enumerator:                   \
        return name;
#include "smpp/tables/command_status.def"
#undef X
    }
    return {};
}

std::string_view meaning(command_status status) noexcept {
    switch (status) {
#define X(enumerator, number, name, meaning, versions) \
    case command_status::enumerator:                   \
        return meaning;
#include "smpp/tables/command_status.def"
#undef X
    }
    const auto number = static_cast<std::uint32_t>(status);
    return number >= 0x400 && number <= 0x4FF ? "vendor specific error" : "reserved error number";
}

std::string name_or_number(command_status status) {
    const std::string_view known = name(status);
    return known.empty() ? fmt::format("0x{:08X}", static_cast<std::uint32_t>(status))
                         : std::string(known);
}

std::optional<command_status> command_status_named(std::string_view text) noexcept {
    constexpr std::size_t prefix = 5;  // "ESME_"
    static constexpr std::string_view names[] = {
#define X(enumerator, number, name, meaning, versions) name,
#include "smpp/tables/command_status.def"
#undef X
    };
    static constexpr command_status values[] = {
#define X(enumerator, number, name, meaning, versions) command_status::enumerator,
#include "smpp/tables/command_status.def"
#undef X
    };
    for (std::size_t i = 0; i < std::size(names); ++i) {
        if (equal_ignoring_case(text, names[i]) ||
            equal_ignoring_case(text, names[i].substr(prefix))) {
            return values[i];
        }
    }
    return from_number(text);
}

bool is_temporary(command_status status) noexcept {
    switch (status) {
        case command_status::throttled:
        case command_status::message_queue_full:
        case command_status::receiver_temporary_error:
        case command_status::system_error:
        case command_status::transaction_limit_exceeded:
        case command_status::primitive_limit_exceeded: return true;
        default: return false;
    }
}

const boost::system::error_category& status_category() noexcept {
    static constexpr status_error_category instance;
    return instance;
}

}  // namespace smpp
