#include "config.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ascii.hpp"
#include "sources.hpp"

namespace notifier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 1000;  // includes that include each other grow without end

std::string home() {
    const char* value = std::getenv("HOME");
    return value == nullptr ? std::string() : value;
}

std::vector<std::string> split_paths(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(";\r\n"), text.size());
        if (const auto each = ascii::trim(text.substr(0, end)); !each.empty()) {
            out.emplace_back(each);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<std::string> existing_configs(const std::string& program) {
    const std::array<std::string, 6> places{home() + "/." + program,
                                            home() + "/.config/" + program,
                                            home() + "/." + program + "/" + program,
                                            home() + "/.config/" + program + "/" + program,
                                            "/etc/" + program,
                                            "/etc/" + program + "/" + program};
    std::vector<std::string> out;
    for (const auto& place : places) {
        for (const char* extension : {"", ".conf", ".yml", ".yaml"}) {
            std::error_code ignored;
            if (fs::is_regular_file(place + extension, ignored)) {
                out.push_back(place + extension);
            }
        }
    }
    return out;
}

/// Of a query in lower case, `?format=yaml`.
std::string format_of(std::string_view query) {
    for (const std::string_view format : {"yaml", "text"}) {
        const auto at = query.find(format);
        if (at != query.npos && query.substr(0, at).ends_with("format=")) {
            return std::string(format);
        }
    }
    return {};
}

bool has_tag(const configured_url& url, std::string_view name) {
    return std::any_of(url.tags.begin(), url.tags.end(),
                       [&](const tag& each) { return each.name == name; });
}

/// Adds the group's name if it is due and not yet there.
bool join_group(configured_url& url, const tag_group& group) {
    const auto in_group = [&](const tag& each) {
        return std::find(group.members.begin(), group.members.end(), each.name) !=
               group.members.end();
    };
    const auto found = std::find_if(url.tags.begin(), url.tags.end(), in_group);
    if (found == url.tags.end() || has_tag(url, group.name)) {
        return false;
    }
    // A group keeps the order in which its URLs are tried.
    tag joined{group.name, found->priority, found->retry};
    url.tags.push_back(std::move(joined));
    return true;
}

}  // namespace

void apply_groups(config_content& content) {
    for (auto& url : content.urls) {
        for (bool again = true; again;) {
            again = false;
            for (const auto& group : content.groups) {
                again = join_group(url, group) || again;
            }
        }
    }
}

bool is_yaml_config(const std::string& name, std::string_view text) {
    const auto extension = ascii::to_lower(fs::path(name).extension().string());
    if (extension == ".yml" || extension == ".yaml") {
        return true;
    }
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = ascii::trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.front() != '#' && line.front() != ';') {
            constexpr std::array<std::string_view, 8> starts{
                "---", "version:", "urls:", "tag:", "tags:", "groups:", "include:", "asset:"};
            return std::any_of(starts.begin(), starts.end(),
                               [&](std::string_view each) { return line.starts_with(each); });
        }
    }
    return false;
}

config_loader::source config_loader::resolve(const std::string& path, const fs::path& folder) {
    std::string rest = path;
    std::string format;
    const auto lower = ascii::to_lower(path);
    if (lower.starts_with("http://") || lower.starts_with("https://")) {
        // Not quoted: such an address may hold a password.
        throw source_error(
            "a configuration from a web server is not read: fetch it to a file first");
    }
    if (lower.starts_with("file://")) {
        const auto query = std::min(path.find('?'), path.size());
        rest = percent_decode(path.substr(7, query - 7));
        format = format_of(lower.substr(query));
    }
    if (rest == "~" || rest.starts_with("~/")) {
        return {home() + rest.substr(1), format};
    }
    const fs::path out(rest);
    return {out.is_absolute() ? out : folder / out, format};
}

void config_loader::load(const source& from, unsigned depth) {
    const auto& path = from.path;
    if (++files_ > most_files) {
        throw source_error(path.string() + ": more than 1000 configuration files");
    }
    const auto text = read_text_file(path.string());
    const bool yaml =
        from.format.empty() ? is_yaml_config(path.string(), text) : from.format == "yaml";
    auto content =
        yaml ? parse_yaml_config(text, path.string()) : parse_text_config(text, path.string());
    apply_groups(content);
    std::move(content.urls.begin(), content.urls.end(), std::back_inserter(urls_));
    for (const auto& include : content.includes) {
        if (depth >= depth_) {
            log_.warning(path.string() + ": " + include +
                         " is not included: --recursion-depth is " + std::to_string(depth_));
            continue;
        }
        load(resolve(include, path.parent_path()), depth + 1);
    }
}

std::vector<std::string> default_configs() {
    for (const char* name : {"NOTIFIER_CONFIG_PATH", "APPRISE_CONFIG_PATH"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return split_paths(value);
        }
    }
    auto out = existing_configs("notifier");
    return out.empty() ? existing_configs("apprise") : out;
}

}  // namespace notifier
