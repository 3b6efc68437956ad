// Tags choose the URLs of a configuration: -g.
//
//     notifier::tag_filter filter({"ops,night", "2:oncall"});    // (ops and night) or oncall's
//     second line if (filter.matches(entry.tags)) ...
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace notifier {

/// `[priority:]name[:retry]`. Names compare in lower case.
struct tag {
    std::string name;
    std::optional<std::uint32_t> priority{};
    std::optional<std::uint32_t> retry{};

    friend bool operator==(const tag&, const tag&) = default;
};

/// Letters, digits, _ and -, so that a line of TEXT can be told from a URL; or anything without a
/// colon.
enum class tag_names : std::uint8_t { simple, any };

/// Empty: not a tag.
[[nodiscard]] std::optional<tag> parse_tag(std::string_view text,
                                           tag_names names = tag_names::simple);

/// Tags separated by commas and blanks. Empty: one of them is not a tag.
[[nodiscard]] std::optional<std::vector<tag>> parse_tags(std::string_view text,
                                                         tag_names names = tag_names::simple);

/// How a URL was chosen.
struct tag_match {
    std::size_t option = 0;      ///< the -g that chose it
    std::uint32_t priority = 0;  ///< of its tag: lower ones are tried first
    bool exclusive = false;      ///< -g named the priority: no others are tried after it
    std::optional<std::uint32_t> retry{};
};

/// One element for each -g; the tags of one -g are all needed, one -g is enough.
class tag_filter {
public:
    explicit tag_filter(std::vector<std::vector<tag>> options) : options_(std::move(options)) {}

    /// Without -g only URLs without tags are chosen; "all" chooses all, "always" is always chosen.
    [[nodiscard]] std::optional<tag_match> matches(const std::vector<tag>& tags) const;

private:
    [[nodiscard]] static std::optional<tag_match> match_option(const std::vector<tag>& wanted,
                                                               const std::vector<tag>& tags);

    std::vector<std::vector<tag>> options_;
};

}  // namespace notifier
