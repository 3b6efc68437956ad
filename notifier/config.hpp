// Configuration files as Apprise writes them: URLs with tags, groups of tags, includes.
//
//     config_loader loader(depth, log);
//     loader.add("/etc/notifier.yml");
//     for (const auto& each : loader.urls()) ...
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "log.hpp"
#include "tags.hpp"
#include "url.hpp"

namespace notifier {

struct configured_url {
    std::string url;
    std::vector<tag> tags{};
    std::vector<query_parameter> overrides{};  ///< these win over the query of the URL
};

/// `name` is also a tag of every URL that has one of `members`.
struct tag_group {
    std::string name;
    std::vector<std::string> members;
};

/// What one file says; includes are not followed.
struct config_content {
    std::vector<configured_url> urls{};
    std::vector<tag_group> groups{};
    std::vector<std::string> includes{};
};

/// Lines `[tags =] URL`, `group = tags`, `include FILE`; # and ; begin comments. Throws
/// source_error with `name` and the line.
[[nodiscard]] config_content parse_text_config(std::string_view text, const std::string& name);
/// Keys version, urls, tag, groups, include. Throws source_error with `name` and the line.
[[nodiscard]] config_content parse_yaml_config(const std::string& text, const std::string& name);
/// By the extension, else by the first line that says something.
[[nodiscard]] bool is_yaml_config(const std::string& name, std::string_view text);

/// Gives the URLs the names of the groups that their tags are in; groups may hold groups.
void apply_groups(config_content& content);

class config_loader {
public:
    config_loader(unsigned include_depth, log& log) : depth_(include_depth), log_(log) {}

    /// A path, with ~ and file://PATH?format=yaml understood. Throws source_error.
    void add(const std::string& path) { load(resolve(path, {}), 0); }
    [[nodiscard]] const std::vector<configured_url>& urls() const noexcept { return urls_; }

private:
    struct source {
        std::filesystem::path path;
        std::string format{};  ///< "yaml" or "text" where it was said
    };

    static source resolve(const std::string& path, const std::filesystem::path& folder);
    void load(const source& from, unsigned depth);

    unsigned depth_;
    log& log_;
    std::size_t files_ = 0;
    std::vector<configured_url> urls_;
};

/// The files that are read when neither URL nor -c is given: those of NOTIFIER_CONFIG_PATH, else of
/// APPRISE_CONFIG_PATH, else notifier's own at the usual places, else Apprise's.
[[nodiscard]] std::vector<std::string> default_configs();

}  // namespace notifier
