#include "smpp-dump/options.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cstdlib>

#include "smpp-dump/option_groups.hpp"

namespace smpp_dump {
namespace {

namespace po = boost::program_options;

std::uint16_t port_number(const std::string& text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) {
        throw usage_error(fmt::format("--port: '{}' is no port number", text));
    }
    return port;
}

output_format format_named(const std::string& name) {
    constexpr std::pair<std::string_view, output_format> formats[] = {{"text", output_format::text},
                                                                      {"tree", output_format::tree},
                                                                      {"json", output_format::json},
                                                                      {"csv", output_format::csv}};
    for (const auto& [each, format] : formats) {
        if (name == each) {
            return format;
        }
    }
    throw usage_error(fmt::format("--type: '{}' is none of text, tree, json, csv", name));
}

ladder_format ladder_named(const std::string& name) {
    constexpr std::pair<std::string_view, ladder_format> formats[] = {
        {"text", ladder_format::text},
        {"mermaid", ladder_format::mermaid},
        {"html", ladder_format::html}};
    for (const auto& [each, format] : formats) {
        if (name == each) {
            return format;
        }
    }
    throw usage_error(fmt::format("--ladder: '{}' is none of text, mermaid, html", name));
}

with_options with_named(const std::string& list) {
    with_options made;
    std::istringstream words(list);
    for (std::string word; std::getline(words, word, ',');) {
        bool* const which = word == "resp"      ? &made.responses
                            : word == "dlr"     ? &made.receipts
                            : word == "parts"   ? &made.parts
                            : word == "session" ? &made.sessions
                                                : nullptr;
        if (which == nullptr) {
            throw usage_error(
                fmt::format("--with: '{}' is none of resp, dlr, parts, session", word));
        }
        *which = true;
    }
    return made;
}

smpp::lint::severity severity_named(const std::string& text) {
    using smpp::lint::severity;
    for (const severity each : {severity::note, severity::warning, severity::error}) {
        if (text == name(each)) {
            return each;
        }
    }
    throw usage_error(fmt::format("--fail-on: '{}' is none of note, warning, error", text));
}

bool colour_wanted(const std::string& when) {
    if (when == "always" || when == "never") {
        return when == "always";
    }
    if (when != "auto") {
        throw usage_error(fmt::format("--colour: '{}' is none of auto, always, never", when));
    }
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    const char* no_colour = std::getenv("NO_COLOR");
    return (no_colour == nullptr || *no_colour == '\0') && isatty(STDOUT_FILENO) == 1 && !dumb;
}

smpp::alphabet alphabet_wanted(const std::string& name) {
    const auto found = smpp::alphabet_named(name);
    if (!found) {
        throw usage_error(fmt::format("--default-alphabet: '{}' is no alphabet", name));
    }
    return *found;
}

std::string text_of(const po::variables_map& values, const char* name) {
    return values.contains(name) ? values[name].as<std::string>() : std::string{};
}

secure_options secure_from(const po::variables_map& values) {
    secure_options made;
    made.trust.ca_file = text_of(values, "ca");
    made.trust.cert_file = text_of(values, "client-cert");
    made.trust.key_file = text_of(values, "client-key");
    made.verify = !values.contains("insecure");
    return made;
}

proxy_options proxy_from(const po::variables_map& values) {
    proxy_options made;
    made.secure = secure_from(values);
    made.identity.cert_file = text_of(values, "cert");
    made.identity.key_file = text_of(values, "key");
    made.cert_out = text_of(values, "cert-out");
    set_places(made, text_of(values, "proxy"));
    return made;
}

check_options check_from(const po::variables_map& values) {
    check_options made;
    made.secure = secure_from(values);
    made.target = parse_place(text_of(values, "check"), "--check");
    if (made.target.host.empty() || made.target.port == 0) {
        throw usage_error("--check: the URL names no host");
    }
    made.secure.verify = made.secure.verify && made.target.verify;
    if (made.secure.trust.ca_file.empty()) {
        made.secure.trust.ca_file = made.target.ca_file;
    }
    if (const char* password = std::getenv("SMPP_PASSWORD");
        password != nullptr && made.target.password.empty()) {
        made.target.password = password;
    }
    const double seconds = values["timeout"].as<double>();
    if (!(seconds > 0 && seconds <= 86400)) {
        throw usage_error("--timeout: it is a number of seconds above 0");
    }
    made.patience = std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    return made;
}

/// What is read: files, text, or something live.
void set_inputs(options& made, const po::variables_map& values) {
    if (values.contains("proxy")) {
        made.proxy = proxy_from(values);
    }
    if (values.contains("check")) {
        made.check = check_from(values);
    }
    if (values.contains("interface")) {
        made.wire = interface_options{text_of(values, "interface"), text_of(values, "bpf")};
    } else if (values.contains("bpf")) {
        throw usage_error("-f goes with -i; -Y filters the PDUs of a file");
    }
    if (values.contains("raw")) {
        made.raw = values["raw"].as<std::vector<std::string>>();
        if (made.raw.size() != 2) {
            throw usage_error("--raw takes two files: what the client sent, and the server");
        }
    }
    if (made.follow && (made.files.size() != 1 || made.files.front() == "-")) {
        throw usage_error("--follow takes one file");
    }
    const int live = (made.proxy ? 1 : 0) + (made.check ? 1 : 0) + (made.wire ? 1 : 0);
    if (live > 1 || (live == 1 && !(made.files.empty() && made.hex.empty() && made.raw.empty()))) {
        throw usage_error("give one of -i, --proxy, --check, or files and --hex");
    }
    const bool reads = !made.help && !made.version && !made.fields;
    if (live == 0 && made.files.empty() && made.hex.empty() && made.raw.empty() && reads) {
        throw usage_error("nothing to read: give a capture file, '-', --hex, -i or --proxy");
    }
}

/// The library would take -3 for what is left of it modulo 65536.
std::uint64_t count_from(const po::variables_map& values, const char* name, std::uint64_t least,
                         std::uint64_t most) {
    const auto text = text_of(values, name);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least ||
        number > most) {
        throw usage_error(
            fmt::format("--{}: '{}' is no number from {} to {}", name, text, least, most));
    }
    return number;
}

std::int64_t late_from(const po::variables_map& values) {
    const double seconds = values["late"].as<double>();
    if (!(seconds > 0 && seconds <= 86400)) {
        throw usage_error("--late: it is a number of seconds above 0");
    }
    return static_cast<std::int64_t>(seconds * 1e9);
}

options from_map(const po::variables_map& values) {
    options made;
    made.help = values.contains("help");
    made.version = values.contains("version");
    made.fields = values.contains("fields");
    if (values.contains("file")) {
        made.files = values["file"].as<std::vector<std::string>>();
    }
    if (values.contains("hex")) {
        made.hex = values["hex"].as<std::vector<std::string>>();
    }
    if (values.contains("port")) {
        for (const std::string& each : values["port"].as<std::vector<std::string>>()) {
            made.analysis.ports.insert(port_number(each));
        }
    }
    made.analysis.keylog = text_of(values, "keylog");
    made.analysis.tell = [](const std::string& what) {
        fmt::print(stderr, "smpp-dump: {}\n", what);
    };
    if (values.contains("fail-on")) {
        made.fail_on = severity_named(values["fail-on"].as<std::string>());
    }
    made.anonymise = values.contains("anonymise");
    if (made.anonymise && (values.contains("lint") || made.fail_on)) {
        throw usage_error("--lint quotes what it finds: write with --anonymise -w, and lint that");
    }
    made.stats = values.contains("stats");
    if (values.contains("ladder")) {
        made.ladder = ladder_named(values["ladder"].as<std::string>());
        if (made.stats) {
            throw usage_error("give --stats or --ladder");
        }
    }
    made.filter = text_of(values, "filter");
    made.query = text_of(values, "query");
    if (values.contains("with")) {
        made.with = with_named(values["with"].as<std::string>());
    }
    if (made.with.any() && made.filter.empty() && made.query.empty()) {
        throw usage_error("--with goes with -Y or --query: everything is shown already");
    }
    made.follow = values.contains("follow");
    made.write_to = text_of(values, "write");
    made.lint = values.contains("lint") || made.fail_on;
    made.window = static_cast<std::uint32_t>(count_from(values, "window", 0, UINT32_MAX));
    made.format = format_named(values["type"].as<std::string>());
    made.output.hex = values.contains("hexdump");
    made.output.names = values.contains("names");
    made.output.events = values.contains("events");
    made.output.filtered = !made.filter.empty();
    made.analysis.late_after = late_from(values);
    made.output.show_secrets = values.contains("show-secrets");
    if (values.contains("columns")) {
        made.output.columns = static_cast<int>(count_from(values, "columns", 0, UINT16_MAX));
    }
    made.output.colour = colour_wanted(values["colour"].as<std::string>());
    made.output.default_alphabet = alphabet_wanted(values["default-alphabet"].as<std::string>());
    made.keep = count_from(values, "keep", 1, UINT32_MAX);
    set_inputs(made, values);
    return made;
}

}  // namespace

options parse_options(const std::vector<std::string>& arguments) {
    if (!arguments.empty() && arguments.front() == "tui") {
        options made = parse_options({arguments.begin() + 1, arguments.end()});
        made.tui = true;
        if (made.check || made.stats || made.anonymise || made.ladder || made.lint ||
            made.output.hex || made.format != output_format::text ||
            (!made.write_to.empty() && !made.files.empty())) {
            throw usage_error(
                "tui takes files, -i or --proxy, and of the outputs only -Y, and -w where it is "
                "live");
        }
        return made;
    }
    po::options_description all = option_groups();
    all.add_options()("file", po::value<std::vector<std::string>>());
    po::positional_options_description positional;
    positional.add("file", -1);
    // Left to itself the library takes the next argument, a file, for the value.
    std::vector<std::string> given = arguments;
    std::replace(given.begin(), given.end(), std::string("--ladder"), std::string("--ladder=text"));
    po::variables_map values;
    try {
        po::store(po::command_line_parser(given).options(all).positional(positional).run(), values);
    } catch (const po::error& error) {
        throw usage_error(error.what());
    }
    return from_map(values);
}

}  // namespace smpp_dump
