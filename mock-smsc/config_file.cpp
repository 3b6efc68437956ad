#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>

#include "mock-smsc/options.hpp"
#include "smpp/visitors/json.hpp"

namespace mock_smsc {
namespace {

/// 021 is none: an error of a receipt, more likely.
bool is_json_number(const std::string& text) {
    boost::system::error_code failed;
    return boost::json::parse(text, failed).is_number() && !failed;
}

/// Rules are maps in YAML and JSON everywhere else.
void append_json(std::string& out, const YAML::Node& node) {
    if (node.IsMap()) {
        out += '{';
        for (const auto& member : node) {
            out += out.back() == '{' ? "" : ",";
            smpp::append_json_string(out, member.first.as<std::string>());
            out += ':';
            append_json(out, member.second);
        }
        out += '}';
    } else if (node.IsSequence()) {
        out += '[';
        for (const auto& element : node) {
            out += out.back() == '[' ? "" : ",";
            append_json(out, element);
        }
        out += ']';
    } else if (node.IsNull()) {
        out += "null";
    } else {
        const auto text = node.as<std::string>();
        bool flag = false;
        const bool quoted = node.Tag() == "!";
        if (!quoted && YAML::convert<bool>::decode(node, flag)) {
            out += flag ? "true" : "false";
        } else if (!quoted && is_json_number(text)) {
            out += text;
        } else {
            smpp::append_json_string(out, text);
        }
    }
}

std::string value_of(const YAML::Node& node) {
    if (node.IsScalar()) {
        return node.as<std::string>();
    }
    std::string json;
    append_json(json, node);
    return json;
}

void read(const YAML::Node& file, const std::string& path, option_values& out,
          std::vector<std::string>& errors) {
    if (!file.IsMap()) {
        if (!file.IsNull()) {
            errors.push_back(fmt::format("{}: keys and values expected", path));
        }
        return;
    }
    for (const auto& member : file) {
        auto& values = out[member.first.as<std::string>()];
        if (member.second.IsSequence()) {
            for (const auto& element : member.second) {
                values.push_back(value_of(element));
            }
        } else if (!member.second.IsNull()) {
            values.push_back(value_of(member.second));
        } else {
            values.emplace_back();
        }
    }
}

}  // namespace

option_values read_config_file(const std::string& path, std::vector<std::string>& errors) {
    option_values out;
    try {
        read(YAML::LoadFile(path), path, out, errors);
    } catch (const YAML::BadFile&) {
        errors.push_back(fmt::format("cannot read {}", path));
    } catch (const YAML::Exception& failed) {
        errors.push_back(fmt::format("{}:{}: {}", path, failed.mark.line + 1, failed.msg));
    }
    return out;
}

}  // namespace mock_smsc
