#include "tags.hpp"

#include <algorithm>
#include <charconv>

#include "ascii.hpp"

namespace notifier {
namespace {

std::optional<std::uint32_t> to_number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                     : std::nullopt;
}

bool is_name(std::string_view text, tag_names names) {
    if (names == tag_names::any) {
        return !text.empty() && text.find(':') == text.npos && !ascii::has_control(text);
    }
    const auto fits = [](char c) {
        return ascii::is_letter(c) || ascii::is_digit(c) || c == '_' || c == '-';
    };
    return !text.empty() && (ascii::is_letter(text.front()) || ascii::is_digit(text.front())) &&
           std::all_of(text.begin(), text.end(), fits);
}

/// Takes `N:` from the front or `:N` from the back.
std::optional<std::uint32_t> take_number(std::string_view& text, bool front) {
    const auto colon = front ? text.find(':') : text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = to_number(front ? text.substr(0, colon) : text.substr(colon + 1));
    if (number) {
        text = front ? text.substr(colon + 1) : text.substr(0, colon);
    }
    return number;
}

}  // namespace

std::optional<tag> parse_tag(std::string_view text, tag_names names) {
    tag out;
    out.priority = take_number(text, true);
    out.retry = take_number(text, false);
    if (!is_name(text, names)) {
        return std::nullopt;
    }
    out.name = ascii::to_lower(text);
    return out;
}

std::optional<std::vector<tag>> parse_tags(std::string_view text, tag_names names) {
    std::vector<tag> out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(", \t\r\n"), text.size());
        if (end > 0) {
            auto each = parse_tag(text.substr(0, end), names);
            if (!each) {
                return std::nullopt;
            }
            out.push_back(std::move(*each));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::optional<tag_match> tag_filter::match_option(const std::vector<tag>& wanted,
                                                  const std::vector<tag>& tags) {
    tag_match out;
    for (const auto& each : wanted) {
        if (each.name == "all") {
            continue;
        }
        const auto fits = [&](const tag& have) {
            return have.name == each.name &&
                   (!each.priority || have.priority.value_or(0) == *each.priority);
        };
        const auto found = std::find_if(tags.begin(), tags.end(), fits);
        if (found == tags.end()) {
            return std::nullopt;
        }
        out.priority = found->priority.value_or(0);
        out.exclusive = out.exclusive || each.priority.has_value();
        out.retry = each.retry ? each.retry : found->retry ? found->retry : out.retry;
    }
    return out;
}

std::optional<tag_match> tag_filter::matches(const std::vector<tag>& tags) const {
    const auto is_always = [](const tag& each) { return each.name == "always"; };
    for (std::size_t i = 0; i < options_.size(); ++i) {
        if (auto found = match_option(options_[i], tags)) {
            found->option = i;
            return found;
        }
    }
    const bool chosen =
        (options_.empty() && tags.empty()) || std::any_of(tags.begin(), tags.end(), is_always);
    return chosen ? std::optional(tag_match{}) : std::nullopt;
}

}  // namespace notifier
