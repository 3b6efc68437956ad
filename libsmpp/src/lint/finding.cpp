#include "smpp/lint/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace smpp::lint {
namespace {

constexpr rule_info rules[] = {
#define X(enumerator, id, level, clause, sentence) {id, severity::level, clause, sentence},
#include "smpp/lint/rules.def"
#undef X
};

}  // namespace

const rule_info& info(rule which) noexcept { return rules[static_cast<std::size_t>(which)]; }

std::optional<rule> rule_named(std::string_view id) noexcept {
    const auto* found = std::find_if(std::begin(rules), std::end(rules),
                                     [&](const rule_info& each) { return each.id == id; });
    if (found == std::end(rules)) {
        return std::nullopt;
    }
    return rule(found - std::begin(rules));
}

std::string_view name(severity level) noexcept {
    constexpr std::string_view names[] = {"note", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

std::string to_string(const finding& f) {
    const rule_info& about = info(f.rule);
    std::string out = fmt::format("{} {} ({})", name(about.severity), about.id, about.clause);
    if (!f.field.empty()) {
        out += fmt::format(" {} at octet {}", f.field, f.offset);
    }
    out += fmt::format(": {}", about.sentence);
    if (!f.detail.empty()) {
        out += fmt::format(" ({})", f.detail);
    }
    return out;
}

}  // namespace smpp::lint
