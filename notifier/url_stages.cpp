#include <cstdlib>
#include <map>

#include "config.hpp"
#include "sources.hpp"

namespace notifier {
namespace {

std::vector<std::string> environment_urls() {
    for (const char* name : {"NOTIFIER_URLS", "APPRISE_URLS"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return split_urls(value);
        }
    }
    return {};
}

/// All at once, without tags.
url_stages plain(const std::vector<std::string>& urls) {
    url_stages out;
    if (!urls.empty()) {
        auto& stage = out.stages.emplace_back();
        for (const auto& url : urls) {
            stage.urls.push_back({url});
        }
    }
    return out;
}

/// Tags of the URL itself (?tag=) count like those that stand beside it.
std::vector<tag> tags_of(const configured_url& given) {
    auto tags = given.tags;
    if (const auto url = split_url(given.url)) {
        for (const auto& each : url->query) {
            if (each.key == "tag" || each.key == "tags") {
                const auto more =
                    parse_tags(each.value, tag_names::any).value_or(std::vector<tag>());
                tags.insert(tags.end(), more.begin(), more.end());
            }
        }
    }
    return tags;
}

/// A chain for each -g; within it, stages in the order of their priorities.
url_stages chosen(const std::vector<configured_url>& urls, const command_line& options) {
    const tag_filter filter(options.tags);
    std::map<std::pair<std::size_t, std::uint32_t>, std::vector<url_source>> stages;
    for (const auto& each : urls) {
        if (const auto match = filter.matches(tags_of(each))) {
            url_source source{each.url, each.overrides};
            if (match->retry) {
                std::erase_if(source.overrides, [](const auto& o) { return o.key == "retry"; });
                source.overrides.push_back({"retry", std::to_string(*match->retry)});
            }
            stages[{match->option, match->priority}].push_back(std::move(source));
        }
    }
    url_stages out;
    out.none_has_tags = stages.empty() && !urls.empty();
    for (auto& [key, found] : stages) {
        out.stages.push_back({key.first, std::move(found)});
    }
    return out;
}

url_stages configured(const std::vector<std::string>& paths, const command_line& options,
                      log& log) {
    config_loader loader(options.recursion_depth, log);
    for (const auto& path : paths) {
        loader.add(path);
    }
    return chosen(loader.urls(), options);
}

}  // namespace

url_stages collect_urls(const command_line& options, log& log) {
    auto urls = options.urls;
    for (const auto& file : options.url_files) {
        const auto more = read_url_file(file);
        urls.insert(urls.end(), more.begin(), more.end());
    }
    const bool given = !urls.empty() || !options.url_files.empty();
    if (given && !options.configs.empty()) {
        log.warning("--config is ignored: there are URLs on the command line");
    }
    if (!given && !options.configs.empty()) {
        return configured(options.configs, options, log);
    }
    if (!given) {
        urls = environment_urls();
    }
    if (!given && urls.empty()) {
        return configured(default_configs(), options, log);
    }
    if (!options.tags.empty()) {
        log.warning("--tag is ignored: it chooses from configurations, and there are URLs");
    }
    return plain(urls);
}

}  // namespace notifier
