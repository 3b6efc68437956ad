#include "smpp-dump/options.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cstdlib>

namespace smpp_dump {
namespace {

namespace po = boost::program_options;

po::options_description input_group() {
    po::options_description group("Input");
    group.add_options()  //
        ("hex", po::value<std::vector<std::string>>()->composing()->value_name("TEXT|@FILE"),
         "PDUs as hexadecimal or base64 text, also inside log lines")  //
        ("raw", po::value<std::vector<std::string>>()->multitoken()->value_name("CLIENT SERVER"),
         "the octets that a client and a server have sent, in a file each")  //
        ("follow",
         "read on what is appended to the file, until Ctrl-C; keeps up with a capture under way")  //
        ("port,p", po::value<std::vector<std::string>>()->composing()->value_name("PORT"),
         "connections of this port are SMPP, whatever they look like; others are still recognised "
         "by their content")  //
        ("keylog", po::value<std::string>()->value_name("FILE"),
         "secrets of TLS sessions (SSLKEYLOGFILE), to decrypt them; those in a pcapng are used as "
         "well");
    return group;
}

po::options_description live_group() {
    po::options_description group("Live");
    group.add_options()  //
        ("interface,i", po::value<std::string>()->value_name("IFACE"),
         "capture on this network interface, or 'any', until Ctrl-C; takes CAP_NET_RAW")  //
        ("bpf,f", po::value<std::string>()->value_name("BPF"),
         "with -i: what to capture, in tcpdump's language, e.g. 'port 2775'")  //
        ("proxy", po::value<std::string>()->value_name("LISTEN=TARGET"),
         "listen, pass everything on to TARGET and show it, e.g. "
         "127.0.0.1:2776=smpps://smsc.example.com:3550; 'tls:' before LISTEN for TLS")  //
        ("check", po::value<std::string>()->value_name("URL"),
         "connect, bind, enquire_link and unbind as a client, and report each step; the URL is "
         "notifier's, its password may come from SMPP_PASSWORD")  //
        ("timeout", po::value<double>()->value_name("SECONDS")->default_value(15),
         "with --check: for each step")  //
        ("cert", po::value<std::string>()->value_name("FILE"),
         "certificate shown to clients of a TLS proxy, PEM; without it one is made")  //
        ("key", po::value<std::string>()->value_name("FILE"),
         "its private key, when it is not in the same file")  //
        ("cert-out", po::value<std::string>()->value_name("FILE"),
         "write the certificate that was made here, for clients to trust")  //
        ("ca", po::value<std::string>()->value_name("FILE"),
         "authorities that the server's certificate is trusted by; else the system's")  //
        ("insecure", "go on when the server's certificate cannot be trusted")           //
        ("client-cert", po::value<std::string>()->value_name("FILE"),
         "certificate shown to the server, PEM")  //
        ("client-key", po::value<std::string>()->value_name("FILE"),
         "its private key, when it is not in the same file");
    return group;
}

po::options_description output_group() {
    po::options_description group("Output");
    group.add_options()  //
        ("type,T",
         po::value<std::string>()->value_name("text|tree|json|csv")->default_value("text"),
         "a line a PDU, every field below it, a JSON object a line, or a row a PDU")  //
        ("filter,Y", po::value<std::string>()->value_name("FILTER"),
         "only these PDUs, e.g. 'submit_sm && destination_addr contains \"49\"', "
         "'status != ESME_ROK', 'latency > 2s'")  //
        ("query", po::value<std::string>()->value_name("QUERY"),
         "only these PDUs, in mock-smsc's words: 'to:1555 -status:ok', 'text:/hello/i'")  //
        ("with", po::value<std::string>()->value_name("WHAT,..."),
         "what comes along with a PDU that -Y or --query lets through: resp (its request or response), dlr "
         "(the receipts of a submit, the submit of a receipt), parts (of its long message), "
         "session")                                      //
        ("hexdump,x", "the octets of each PDU as well")  //
        ("names", "JSON: the names of TLVs as well")     //
        ("default-alphabet", po::value<std::string>()->value_name("NAME")->default_value("gsm7"),
         "what data_coding 0 means: gsm7, latin1, ascii, utf8, ucs2")  //
        ("stats",
         "instead of PDUs: counts, statuses, rates, latencies and windows of each session")  //
        ("ladder",
         po::value<std::string>()->value_name("text|mermaid|html")->implicit_value("text"),
         "instead of PDUs: a sequence diagram of each session (--ladder, or --ladder=html)")  //
        ("write,w", po::value<std::string>()->value_name("FILE"),
         "the PDUs as a clean pcapng, one a packet; '-' is standard output")          //
        ("lint", "what PDUs and sessions do against the specification, behind each")  //
        ("fail-on", po::value<std::string>()->value_name("SEVERITY"),
         "exit status 1 when lint finds a note, warning or error, or worse")  //
        ("window", po::value<std::uint32_t>()->value_name("N")->default_value(0),
         "--lint: requests that a client may have outstanding; 0: any number")  //
        ("anonymise",
         "replace addresses, accounts, texts, and hosts, each by the same other one of its "
         "length")                          //
        ("show-secrets", "show passwords")  //
        ("columns", po::value<std::uint16_t>()->value_name("N"),
         "-T text: cut texts so that lines keep to it; 0: do not [the terminal's]")  //
        ("colour", po::value<std::string>()->value_name("WHEN")->default_value("auto"),
         "auto, always or never");
    return group;
}

po::options_description tui_group() {
    po::options_description group("Terminal interface (smpp-dump tui)");
    group.add_options()  //
        ("keep", po::value<std::size_t>()->value_name("N")->default_value(100'000),
         "PDUs that are kept; beyond them the oldest go");
    return group;
}

po::options_description general_group() {
    po::options_description group("General");
    group.add_options()("help,h", "this text")("version,V", "the version");
    return group;
}

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
    const char* no_colour = std::getenv("NO_COLOR");
    return (no_colour == nullptr || *no_colour == '\0') && isatty(STDOUT_FILENO) == 1;
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
    if (live == 0 && made.files.empty() && made.hex.empty() && made.raw.empty() && !made.help &&
        !made.version) {
        throw usage_error("nothing to read: give a capture file, '-', --hex, -i or --proxy");
    }
}

options from_map(const po::variables_map& values) {
    options made;
    made.help = values.contains("help");
    made.version = values.contains("version");
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
    made.window = values["window"].as<std::uint32_t>();
    made.format = format_named(values["type"].as<std::string>());
    made.output.hex = values.contains("hexdump");
    made.output.names = values.contains("names");
    made.output.show_secrets = values.contains("show-secrets");
    if (values.contains("columns")) {
        made.output.columns = values["columns"].as<std::uint16_t>();
    }
    made.output.colour = colour_wanted(values["colour"].as<std::string>());
    made.output.default_alphabet = alphabet_wanted(values["default-alphabet"].as<std::string>());
    made.keep = values["keep"].as<std::size_t>();
    if (made.keep == 0) {
        throw usage_error("--keep: it is a number of PDUs above 0");
    }
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
    po::options_description all;
    all.add(input_group()).add(live_group()).add(output_group()).add(tui_group());
    all.add(general_group());
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

std::string help_text() {
    std::string text =
        "Usage: smpp-dump [tui] [OPTION]... FILE...\n"
        "Shows the SMPP PDUs in captures (pcap, pcapng, also gzipped; '-' is standard input).\n\n"
        "  smpp-dump session.pcapng                 a line a PDU\n"
        "  tcpdump -w - port 2775 | smpp-dump -     while it happens\n"
        "  smpp-dump -T json x.pcap | jq ...        for programs\n"
        "  smpp-dump --hex 00000010000000150000000000000001\n"
        "  smpp-dump -i eth0 -f 'port 2775'         on the wire\n"
        "  smpp-dump --proxy 127.0.0.1:2776=smsc.example.com:2775\n"
        "  smpp-dump tui x.pcap                     on the screen: sessions, ladders, PDUs\n"
        "  smpp-dump --check smpps://user:password@smsc.example.com\n\n";
    std::ostringstream groups;
    groups << input_group() << '\n'
           << live_group() << '\n'
           << output_group() << '\n'
           << tui_group() << '\n'
           << general_group();
    text += groups.str();
    text +=
        "\nExit status: 0 fine, 1 findings with --fail-on, 2 wrong usage, 3 damaged or unreadable "
        "input.\n"
        "Passwords are masked unless --show-secrets is given.\n";
    return text;
}

}  // namespace smpp_dump
