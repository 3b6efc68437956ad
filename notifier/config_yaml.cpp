#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "ascii.hpp"
#include "config.hpp"
#include "sources.hpp"

namespace notifier {
namespace {

bool is_tag_key(std::string_view key) { return key == "tag" || key == "tags"; }

class yaml_parser {
public:
    explicit yaml_parser(const std::string& name) : name_(name) {}

    config_content run(const YAML::Node& root) {
        if (root.IsNull()) {
            return {};
        }
        if (!root.IsMap()) {
            fail(root, "a configuration is a map with the key urls");
        }
        if (const auto version = root["version"]; version && scalar(version) != "1") {
            fail(version, "only version 1 is known");
        }
        for (const char* key : {"tag", "tags"}) {
            add_tags(common_, root[key]);
        }
        read_includes(root["include"]);
        read_groups(root["groups"]);
        read_urls(root["urls"]);
        return std::move(out_);
    }

private:
    void read_includes(const YAML::Node& node) {
        if (node.IsDefined() && node.IsScalar()) {
            add_includes(scalar(node));
        } else if (node.IsDefined() && !node.IsNull()) {
            for (const auto& each : sequence(node, "include is a file or a list of files")) {
                each_text(each, [&](const YAML::Node& file) { add_includes(scalar(file)); });
            }
        }
    }

    /// Several in one text stand apart by commas or blanks.
    void add_includes(std::string_view text) {
        constexpr std::string_view between = ", \t\r\n";
        while (!text.empty()) {
            const auto end = std::min(text.find_first_of(between), text.size());
            if (end > 0) {
                out_.includes.emplace_back(text.substr(0, end));
            }
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    /// A text, those of a list, or the keys of a map, whose values mean nothing then.
    template <class Take>
    void each_text(const YAML::Node& node, Take take) const {
        if (node.IsSequence()) {
            for (const auto& each : node) {
                each.IsSequence() ? void(fail(each, "a list inside of a list"))
                                  : each_text(each, take);
            }
        } else if (node.IsMap()) {
            for (const auto& each : node) {
                take(each.first);
            }
        } else {
            take(node);
        }
    }

    /// A map, or a list of maps: `name: tags`.
    void read_groups(const YAML::Node& node) {
        if (!node.IsDefined() || node.IsNull()) {
            return;
        }
        if (node.IsMap()) {
            read_group_map(node);
            return;
        }
        for (const auto& each : sequence(node, "groups is a map or a list of maps")) {
            read_group_map(each);
        }
    }

    void read_group_map(const YAML::Node& node) {
        for (const auto& each_group : map(node, "a group is NAME: TAGS")) {
            std::vector<tag> names;
            std::vector<tag> tags;
            add_tags(names, each_group.first);
            each_text(each_group.second, [&](const YAML::Node& member) { add_tags(tags, member); });
            for (const auto& each : names) {
                tag_group group{each.name, {}};
                for (const auto& member : tags) {
                    group.members.push_back(member.name);
                }
                out_.groups.push_back(std::move(group));
            }
        }
    }

    void read_urls(const YAML::Node& node) {
        if (!node.IsDefined() || node.IsNull()) {
            return;
        }
        if (node.IsScalar()) {
            add_texts(scalar(node));
            return;
        }
        for (const auto& each : sequence(node, "urls is a list")) {
            if (each.IsScalar()) {
                add_texts(scalar(each));
            } else {
                read_entry(map(each, "an element of urls is a URL, or a map with one"));
            }
        }
    }

    void add_texts(const std::string& text) {
        for (auto& url : split_urls(text)) {
            out_.urls.push_back({std::move(url), common_});
        }
    }

    /// `URL: settings`, `smpp: settings`, or `url: URL` beside the settings.
    void read_entry(const YAML::Node& entry) {
        configured_url base{{}, common_};
        YAML::Node settings;
        for (const auto& setting : entry) {
            const auto& value = setting.second;
            const auto name = scalar(setting.first);
            const auto lower = ascii::to_lower(name);
            if (name.find("://") != std::string::npos) {
                base.url = name;
                settings.reset(value);
            } else if (lower == "smpp" || lower == "smpps") {
                base.url = lower + "://_";
                settings.reset(value);
            } else if (lower == "url") {
                base.url = scalar(value);
            } else {
                add_setting(base, name, value);
            }
        }
        if (base.url.empty()) {
            fail(entry, "no URL: write '- url: smpp://...' or '- smpp://...:'");
        }
        if (settings.IsNull()) {
            out_.urls.push_back(std::move(base));
        } else if (settings.IsMap()) {
            add_instance(base, settings);
        } else {
            for (const auto& each : sequence(settings, "the settings of a URL are maps")) {
                add_instance(base, map(each, "the settings of a URL are maps"));
            }
        }
    }

    /// Its settings stand in place of those beside the URL.
    void add_instance(configured_url url, const YAML::Node& settings) {
        for (const auto& setting : settings) {
            const auto key = ascii::to_lower(scalar(setting.first));
            std::erase_if(url.overrides, [&](const query_parameter& given) {
                return canonical_key(given.key) == canonical_key(key);
            });
        }
        for (const auto& setting : settings) {
            add_setting(url, scalar(setting.first), setting.second);
        }
        out_.urls.push_back(std::move(url));
    }

    void add_setting(configured_url& url, const std::string& name, const YAML::Node& value) {
        const auto key = ascii::to_lower(name);
        if (is_tag_key(key)) {
            add_tags(url.tags, value);
        } else if (key != "schema") {  // that is the URL's
            each_text(value, [&](const YAML::Node& each) {
                url.overrides.push_back({key, scalar(each)});
            });
        }
    }

    void add_tags(std::vector<tag>& tags, const YAML::Node& node) const {
        if (!node.IsDefined() || node.IsNull()) {
            return;
        }
        if (node.IsSequence()) {
            for (const auto& each : node) {
                add_tags(tags, each.IsSequence() ? fail(each, "a tag is a text") : each);
            }
            return;
        }
        auto found = parse_tags(scalar(node), tag_names::any);
        if (!found) {
            fail(node, "a tag is [PRIORITY:]NAME[:RETRY]");
        }
        tags.insert(tags.end(), found->begin(), found->end());
    }

    std::string scalar(const YAML::Node& node) const {
        if (node.IsNull()) {
            return {};
        }
        if (!node.IsScalar()) {
            fail(node, "a text or a number is needed here");
        }
        return node.Scalar();
    }

    const YAML::Node& sequence(const YAML::Node& node, const char* why) const {
        return node.IsSequence() ? node : fail(node, why);
    }

    const YAML::Node& map(const YAML::Node& node, const char* why) const {
        return node.IsMap() ? node : fail(node, why);
    }

    [[noreturn]] const YAML::Node& fail(const YAML::Node& node, const char* why) const {
        throw source_error(name_ + ":" + std::to_string(node.Mark().line + 1) + ": " + why);
    }

    const std::string& name_;
    std::vector<tag> common_;
    config_content out_;
};

}  // namespace

config_content parse_yaml_config(const std::string& text, const std::string& name) {
    try {
        return yaml_parser(name).run(YAML::Load(text));
    } catch (const YAML::Exception& error) {
        throw source_error(name + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

}  // namespace notifier
