#include "options.hpp"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <set>
#include <sstream>

#include "arguments.hpp"
#include "ascii.hpp"
#include "body.hpp"
#include "bulk/option_group.hpp"

namespace notifier {
namespace {

namespace po = boost::program_options;
using texts = std::vector<std::string>;

constexpr std::array types{"info", "success", "warning", "failure"};

po::options_description message_options() {
    po::options_description group("Message");
    group.add_options()                                                                           //
        ("body,b", po::value<std::string>()->value_name("TEXT"),                                  //
         "text to send (else standard input, UTF-8)")                                             //
        ("title,t", po::value<std::string>()->value_name("TEXT"), "line to put before the text")  //
        ("notification-type,n",
         po::value<std::string>()->value_name("info|success|warning|failure"),
         "an SMS has no place for it")  //
        ("input-format,i", po::value<std::string>()->value_name("text|markdown|html"),
         "markup becomes plain text")  //
        ("interpret-escapes,e",
         "\\n, \\t, \\u00e9 and the like in text and title are what they stand for");
    group.add_options()("transliterate",
                        "write characters that GSM 7-bit lacks as their plain equivalents");
    return group;
}

po::options_description action_options() {
    po::options_description group("What to do");
    group.add_options()                                                    //
        ("explain", "print how each URL is understood")                    //
        ("dry-run,d", "print what would be sent, part by part")            //
        ("strict", "send nothing when a URL or a recipient is not valid")  //
        ("resend-unknown",
         "send again what may have arrived (connection lost before the answer)")  //
        ("wait-receipt", po::value<double>()->value_name("SECONDS"),
         "stay for the final receipts that long, and report the states")  //
        ("url-file", po::value<texts>()->value_name("FILE")->composing(),
         "read URLs from a file, one a line; may repeat")  //
        ("config,c", po::value<texts>()->value_name("FILE")->composing(),
         "read URLs from a configuration, TEXT or YAML; may repeat")  //
        ("tag,g", po::value<texts>()->value_name("TAGS")->composing(),
         "URLs of the configuration with all these tags (a,b); may repeat: or with those")  //
        ("recursion-depth,R", po::value<std::string>()->value_name("N"),
         "how deep configurations may include others (0..32, default 1)")  //
        ("reference", po::value<std::string>()->value_name("N"),
         "reference number of texts in several parts (0..65535)")  //
        ("disable-async", "(-Da) URLs one after the other");
    return group;
}

po::options_description output_options() {
    po::options_description group("Output");
    group.add_options()                                                                       //
        ("output", po::value<std::string>()->value_name("text|json"), "form of the results")  //
        ("pcap", po::value<std::string>()->value_name("FILE"),
         "write the session's PDUs for Wireshark and smpp-dump")                          //
        ("show-secrets", "do not mask passwords")                                         //
        ("verbose,v", "tell what is done (-vv: of every recipient, -vvv: of every PDU)")  //
        ("debug,D", "say everything")                                                     //
        ("details,l", "print what this program can do")                                   //
        ("version,V", "print the version")                                                //
        ("help,h", "print this");
    return group;
}

/// `tag` and `tags` of a URL are chosen from with -g; they are no options of their own.
bool is_option(const parameter_rule& rule) {
    return !std::string_view(rule.name).starts_with("tag") && rule.name != "emojis" &&
           rule.name != "redirect" && rule.name != "tz";
}

po::options_description parameter_options() {
    po::options_description group("Parameters of every URL (in a URL: ?window=100&split=sar)");
    for (const auto& rule : parameter_rules()) {
        if (is_option(rule)) {
            group.add_options()(
                std::string(rule.name).c_str(),
                po::value<texts>()->value_name(std::string(rule.values))->composing(),
                std::string(rule.help).c_str());
        }
    }
    return group;
}

po::options_description visible_options() {
    po::options_description all;
    all.add(message_options())
        .add(action_options())
        .add(output_options())
        .add(bulk::option_group())
        .add(parameter_options());
    return all;
}

/// Without what stands behind it, which may be a secret.
std::string name_only(const std::string& option) {
    return option.starts_with("--") ? option.substr(0, option.find('=')) : option.substr(0, 2);
}

/// Of options that are given more than once the last one counts, as for Apprise.
void keep_last(po::parsed_options& found, const po::options_description& all) {
    std::set<std::string> later;
    const auto is_replaced = [&](const po::option& each) {
        const auto* known = all.find_nothrow(each.string_key, false);
        return known != nullptr && !known->semantic()->is_composing() && each.position_key < 0 &&
               !later.insert(each.string_key).second;
    };
    // From the last one to the first.
    std::reverse(found.options.begin(), found.options.end());
    std::erase_if(found.options, is_replaced);
    std::reverse(found.options.begin(), found.options.end());
}

po::variables_map parse(const texts& arguments) {
    po::options_description all = visible_options();
    all.add_options()("urls", po::value<texts>());
    po::positional_options_description positional;
    positional.add("urls", -1);
    namespace style = po::command_line_style;
    try {
        auto found = po::command_line_parser(arguments)
                         .options(all)
                         .positional(positional)
                         .style(style::unix_style & ~style::allow_guessing)
                         .run();
        keep_last(found, all);
        po::variables_map values;
        po::store(found, values);
        return values;
    } catch (const po::unknown_option& error) {
        throw usage_error("unrecognised option '" + name_only(error.get_option_name()) + "'");
    } catch (const po::error& error) {
        throw usage_error(error.what());
    }
}

std::string one_of(const po::variables_map& values, const char* name,
                   std::span<const char* const> allowed) {
    if (values.count(name) == 0) {
        return {};
    }
    const auto& given = values[name].as<std::string>();
    const auto lower = ascii::to_lower(given);
    std::string list;
    for (const char* each : allowed) {
        // Apprise takes any beginning: -n warn.
        if (!lower.empty() && std::string_view(each).starts_with(lower)) {
            return each;
        }
        list.append(list.empty() ? "" : ", ").append(each);
    }
    throw usage_error("--" + std::string(name) + " is one of " + list + ", not '" + given + "'");
}

std::string text_of(const po::variables_map& values, const char* name) {
    return values.count(name) > 0 ? values[name].as<std::string>() : std::string();
}

texts list_of(const po::variables_map& values, const char* name) {
    return values.count(name) > 0 ? values[name].as<texts>() : texts();
}

action action_of(const po::variables_map& values) {
    constexpr std::pair<const char*, action> actions[] = {{"help", action::help},
                                                          {"version", action::version},
                                                          {"details", action::details},
                                                          {"explain", action::explain},
                                                          {"dry-run", action::dry_run}};
    for (const auto& [name, what] : actions) {
        if (values.count(name) > 0) {
            return what;
        }
    }
    return action::send;
}

std::optional<std::uint16_t> reference_of(const po::variables_map& values) {
    const auto text = text_of(values, "reference");
    if (values.count("reference") == 0) {
        return std::nullopt;
    }
    if (text.empty() || text.size() > 5 ||
        !std::all_of(text.begin(), text.end(), ascii::is_digit) || std::stoul(text) > 0xFFFF) {
        throw usage_error("--reference is a number from 0 to 65535, not '" + text + "'");
    }
    return static_cast<std::uint16_t>(std::stoul(text));
}

std::vector<std::vector<tag>> tags_of(const po::variables_map& values) {
    std::vector<std::vector<tag>> out;
    if (values.count("tag") > 0) {
        for (const auto& each : values["tag"].as<texts>()) {
            auto tags = parse_tags(each, tag_names::any);
            if (tags && tags->empty()) {
                continue;  // -g "$TAG" with nothing in it
            }
            if (!tags) {
                throw usage_error("--tag '" + each +
                                  "' is no list of tags: [PRIORITY:]NAME[:RETRY]");
            }
            out.push_back(std::move(*tags));
        }
    }
    return out;
}

unsigned recursion_depth_of(const po::variables_map& values) {
    const auto text = text_of(values, "recursion-depth");
    if (values.count("recursion-depth") == 0) {
        return 1;
    }
    if (text.empty() || text.size() > 2 ||
        !std::all_of(text.begin(), text.end(), ascii::is_digit) || std::stoul(text) > 32) {
        throw usage_error("--recursion-depth is a number from 0 to 32, not '" + text + "'");
    }
    return static_cast<unsigned>(std::stoul(text));
}

/// Bad values are found now: on the command line even Apprise's own parameters must be right.
std::vector<query_parameter> parameters_of(const po::variables_map& values) {
    std::vector<query_parameter> out;
    parameters scratch;
    for (const auto& rule : parameter_rules()) {
        if (!is_option(rule) || values.count(std::string(rule.name)) == 0) {
            continue;
        }
        for (const auto& value : values[std::string(rule.name)].as<texts>()) {
            if (const auto problem = rule.set(scratch, value); !problem.empty()) {
                throw usage_error("--" + std::string(rule.name) + " '" + value +
                                  "' is not valid: " + problem);
            }
            out.push_back({std::string(rule.name), value});
        }
    }
    return out;
}

}  // namespace

command_line parse_command_line(std::span<const char* const> arguments) {
    auto plain = plain_arguments_of(arguments);
    const auto values = parse(plain.words);
    command_line out;
    out.action = action_of(values);
    out.verbosity = values.count("debug") > 0 ? 9 : plain.verbosity;
    out.notes = std::move(plain.notes);
    if (values.count("body") > 0) {
        out.body = text_of(values, "body");
    }
    (void)one_of(values, "notification-type", types);
    constexpr std::array formats{"text", "markdown", "html"};
    if (const auto format = one_of(values, "input-format", formats); !format.empty()) {
        out.input_format = format == "html"       ? text_format::html
                           : format == "markdown" ? text_format::markdown
                                                  : text_format::text;
    }
    constexpr std::array outputs{"text", "json"};
    out.json = one_of(values, "output", outputs) == "json";
    out.interpret_escapes = values.count("interpret-escapes") > 0;
    out.title = text_of(values, "title");
    out.title = out.interpret_escapes ? interpret_escapes(out.title) : out.title;
    out.show_secrets = values.count("show-secrets") > 0;
    out.transliterate = values.count("transliterate") > 0;
    out.strict = values.count("strict") > 0;
    out.resend_unknown = values.count("resend-unknown") > 0;
    if (values.count("wait-receipt") > 0) {
        out.wait_receipt = seconds(values["wait-receipt"].as<double>());
        if (!(*out.wait_receipt > seconds(0)) || *out.wait_receipt > seconds(30 * 24 * 3600)) {
            throw usage_error("--wait-receipt: seconds above 0, at most 2592000 (30 days)");
        }
    }
    out.one_by_one = values.count("disable-async") > 0;
    out.reference = reference_of(values);
    out.url_files = list_of(values, "url-file");
    out.configs = list_of(values, "config");
    out.tags = tags_of(values);
    out.recursion_depth = recursion_depth_of(values);
    out.pcap = text_of(values, "pcap");
    out.bulk = bulk::options_of(values);
    out.parameters = parameters_of(values);
    if (values.count("urls") > 0) {
        for (const auto& argument : values["urls"].as<texts>()) {
            const auto urls = split_urls(argument);
            out.urls.insert(out.urls.end(), urls.begin(), urls.end());
        }
    }
    return out;
}

std::string help_text() {
    std::ostringstream out;
    out << "Usage: notifier [OPTIONS] URL...\n\n"
           "Sends SMS over SMPP.\n\n"
           "  smpp://user:password@host[:2775]/FROM/TO[/TO...]      plaintext\n"
           "  smpps://user:password@host[:3550]/FROM/TO[/TO...]     TLS\n"
           "  smpps://_?user=U&pass=P&host=H&port=N&from=F&to=T,T   everything in the query\n\n"
           "Without a URL, the configurations of -c are used, else NOTIFIER_URLS or APPRISE_URLS "
           "of the\n"
           "environment, else the configuration files at the usual places.\n"
        << visible_options()
        << "\nExit code: 0 every recipient accepted; 1 something failed or its outcome is "
           "unknown;\n"
           "2 a mistake in the command line, a URL or a file; 3 no URL has the tags of -g.\n";
    return out.str();
}

}  // namespace notifier
