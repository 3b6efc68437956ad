#include "mock-smsc/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "mock-smsc/rules/rule.hpp"

namespace mock_smsc {
namespace {

using error_text = std::string;  // empty: the value was fine

enum class arity : std::uint8_t { flag, one, optional, many };

struct option_row {
    std::string_view name;
    std::string_view value;  // as --help shows it
    std::string_view help;
    arity values;
    error_text (*apply)(options&, std::string_view);
};

error_text wrong(std::string_view what, std::string_view value) {
    return fmt::format("{} expected, not \"{}\"", what, value);
}

error_text set_address(std::optional<listen_address>& to, std::string_view value) {
    if (value == "none") {
        to.reset();
        return {};
    }
    if (auto address = parse_listen_address(value)) {
        to = std::move(address);
        return {};
    }
    return wrong("ADDRESS:PORT or none", value);
}

error_text set_duration(std::chrono::milliseconds& to, std::string_view value) {
    if (const auto parsed = parse_duration(value)) {
        to = *parsed;
        return {};
    }
    return wrong("a time such as 500ms, 10s or 2m", value);
}

error_text set_size(std::size_t& to, std::string_view value, std::size_t least) {
    const auto parsed = parse_size(value);
    if (!parsed || *parsed < least) {
        return wrong(fmt::format("a number of {} or more", least), value);
    }
    to = *parsed;
    return {};
}

error_text add_user(options& o, std::string_view value) {
    const auto colon = value.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return "NAME:PASSWORD expected";  // not shown: it may be a password
    }
    o.users.push_back({std::string(value.substr(0, colon)), std::string(value.substr(colon + 1))});
    return {};
}

error_text set_names(options& o, std::string_view value) {
    o.tls_names.clear();
    while (!value.empty()) {
        const auto comma = std::min(value.find(','), value.size());
        if (comma > 0) {
            o.tls_names.emplace_back(value.substr(0, comma));
        }
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    if (o.tls_names.empty()) {
        o.tls_names = {"localhost", "127.0.0.1", "::1"};
    }
    return {};
}

error_text set_window(options& o, std::string_view value) {
    const auto parsed = parse_size(value);
    if (!parsed || *parsed < 1 || *parsed > 32768) {
        return wrong("1 to 32768", value);
    }
    o.window = static_cast<std::uint32_t>(*parsed);
    return {};
}

error_text set_durability(options& o, std::string_view value) {
    if (value == "disk") {
        o.durability = durability::disk;
    } else if (value == "committed") {
        o.durability = durability::committed;
    } else if (value == "relaxed") {
        o.durability = durability::relaxed;
    } else {
        return wrong("disk, committed or relaxed", value);
    }
    return {};
}

error_text add_rule(options& o, std::string_view value) {
    try {
        std::ignore = parse_rules(value);
    } catch (const std::exception& failed) {
        return failed.what();
    }
    o.rules.emplace_back(value);
    return {};
}

error_text set_bind_status(options& o, std::string_view value) {
    if (!smpp::command_status_named(value)) {
        return wrong("a status such as ESME_RBINDFAIL", value);
    }
    o.rules.push_back(
        fmt::format(R"({{"match":{{"command":"bind"}},"actions":[{{"status":"{}"}}]}})", value));
    return {};
}

error_text set_seed(options& o, std::string_view value) {
    const auto parsed = parse_size(value);
    if (!parsed) {
        return wrong("a number", value);
    }
    o.seed = *parsed;
    return {};
}

#define TEXT(member) [](options& o, std::string_view v) { return o.member = v, error_text(); }
#define ADDRESS(member) [](options& o, std::string_view v) { return set_address(o.member, v); }
#define DURATION(member) [](options& o, std::string_view v) { return set_duration(o.member, v); }
#define SIZE(member, least) \
    [](options& o, std::string_view v) { return set_size(o.member, v, least); }

constexpr option_row rows[] = {
    {"config", "FILE", "YAML with these options as keys", arity::one,
     [](options&, std::string_view) { return error_text(); }},
    {"listen", "ADDR:PORT", "SMPP; port 0: a free one; none: no plain SMPP [127.0.0.1:2775]",
     arity::one, ADDRESS(listen)},
    {"listen-tls", "ADDR:PORT", "SMPP over TLS [127.0.0.1:3550 when a certificate is given]",
     arity::one, ADDRESS(listen_tls)},
    {"http", "ADDR:PORT", "HTTP API; none: without it [127.0.0.1:2780]", arity::one, ADDRESS(http)},
    {"ready-file", "FILE", "written once all listeners accept, with their addresses as JSON",
     arity::one, TEXT(ready_file)},
    {"pcap", "FILE", "write all sessions, decrypted, for Wireshark and smpp-dump", arity::one,
     TEXT(pcap)},
    {"user", "NAME:PASSWORD", "an account; without any, all credentials are accepted", arity::many,
     add_user},
    {"tls-cert", "FILE", "certificate chain, PEM", arity::one, TEXT(tls_cert)},
    {"tls-key", "FILE", "its private key, PEM, when it is not in the same file", arity::one,
     TEXT(tls_key)},
    {"tls-self-signed", "NAMES",
     "make a certificate at start, for these names [localhost,127.0.0.1,::1]", arity::optional,
     set_names},
    {"tls-ca-out", "FILE", "write that certificate here, for clients to trust", arity::one,
     TEXT(tls_ca_out)},
    {"tls-client-ca", "FILE", "clients must show a certificate of this authority", arity::one,
     TEXT(tls_client_ca)},
    {"tls-keylog", "FILE", "append the TLS secrets here, for Wireshark", arity::one,
     TEXT(tls_keylog)},
    {"database", "FILE", "keep records in SQLite; a submit is answered after its commit",
     arity::one, TEXT(database)},
    {"durability", "WHEN",
     "answer a submit when its record is committed (survives kill -9), on the disk (a power cut, "
     "too), or at once (relaxed: a crash may lose what was acknowledged) [committed]",
     arity::one, set_durability},
    {"receipt-delay", "TIME", "from the submit to its final state and receipt [0]", arity::one,
     DURATION(receipt_delay)},
    {"rule", "JSON", "what becomes of certain requests: see docs/mock-smsc.md", arity::many,
     add_rule},
    {"bind-status", "STATUS", "refuse every bind with that status", arity::one, set_bind_status},
    {"seed", "N", "repeats every random choice of the rules [1]", arity::one, set_seed},
    {"max-age", "TIME", "records older than that go; 0: none [0]", arity::one, DURATION(max_age)},
    {"max-messages", "N", "records kept, the oldest go first [100000]", arity::one,
     SIZE(max_messages, 1)},
    {"max-bytes", "SIZE", "octets of records kept, the oldest go first [256M]", arity::one,
     SIZE(max_octets, 1U << 20U)},
    {"window", "N", "own requests that wait for an answer, each session [100]", arity::one,
     set_window},
    {"session-init-timer", "TIME", "connected and not bound for so long: closed [30s]", arity::one,
     DURATION(session_init_timer)},
    {"enquire-link-timer", "TIME", "silence before enquire_link is sent; 0: never [30s]",
     arity::one, DURATION(enquire_link_timer)},
    {"inactivity-timer", "TIME", "bound and idle for so long: unbound; 0: never [0]", arity::one,
     DURATION(inactivity_timer)},
    {"response-timer", "TIME", "wait for the client's answers [10s]", arity::one,
     DURATION(response_timer)},
    {"max-connections", "N", "SMPP connections at a time [20000]", arity::one,
     SIZE(max_connections, 1)},
};

#undef TEXT
#undef ADDRESS
#undef DURATION
#undef SIZE

const option_row* find_row(std::string_view name) {
    const auto* found = std::find_if(std::begin(rows), std::end(rows),
                                     [&](const option_row& row) { return row.name == name; });
    return found == std::end(rows) ? nullptr : found;
}

/// Splits the command line into values by option.
class command_line {
public:
    command_line(std::span<const char* const> arguments, parsed_options& out) : out_(out) {
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const std::string_view word = arguments[i];
            if (word == "--help" || word == "-h") {
                out.help = true;
            } else if (word == "--version" || word == "-V") {
                out.version = true;
            } else if (!word.starts_with("--")) {
                out.errors.push_back(fmt::format("unexpected argument \"{}\"", word));
            } else {
                const char* next = i + 1 < arguments.size() ? arguments[i + 1] : nullptr;
                i += take(word.substr(2), next) ? 1U : 0U;
            }
        }
    }

    option_values values;

private:
    /// True when `next` was used up.
    bool take(std::string_view word, const char* next) {
        const auto equals = std::min(word.find('='), word.size());
        const auto name = word.substr(0, equals);
        const option_row* row = find_row(name);
        if (row == nullptr) {
            out_.errors.push_back(fmt::format("unknown option --{}", name));
            return false;
        }
        auto& given = values[std::string(name)];
        if (!given.empty() && row->values != arity::many) {
            out_.errors.push_back(fmt::format("--{} is given more than once", name));
        }
        if (equals < word.size()) {
            given.emplace_back(word.substr(equals + 1));
            return false;
        }
        if (row->values == arity::flag) {
            given.emplace_back();
            return false;
        }
        const bool follows = next != nullptr && !std::string_view(next).starts_with("--");
        if (row->values == arity::one || row->values == arity::many) {
            if (!follows) {
                out_.errors.push_back(fmt::format("--{} wants {}", name, row->value));
                return false;
            }
            given.emplace_back(next);
            return true;
        }
        given.emplace_back(follows ? next : "");
        return follows;
    }

    parsed_options& out_;
};

std::string environment_name(std::string_view option) {
    std::string name = "MOCK_SMSC_";
    for (const char c : option) {
        name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return name;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (end > 0) {
            lines.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void apply(const option_row& row, const std::vector<std::string>& values, std::string_view said,
           parsed_options& out) {
    for (const auto& value : values) {
        if (const auto failed = row.apply(out.options, value); !failed.empty()) {
            out.errors.push_back(fmt::format("{}: {}", said, failed));
        }
    }
}

/// What no single option can see.
void check_together(parsed_options& out) {
    options& o = out.options;
    const bool certificate = !o.tls_cert.empty();
    if (certificate && !o.tls_names.empty()) {
        out.errors.emplace_back("--tls-cert and --tls-self-signed exclude each other");
    }
    if (!o.tls_key.empty() && !certificate) {
        out.errors.emplace_back("--tls-key wants --tls-cert");
    }
    if (!o.tls_ca_out.empty() && certificate) {
        out.errors.emplace_back("--tls-ca-out is for --tls-self-signed");
    }
    const bool wanted = certificate || !o.tls_names.empty() || !o.tls_ca_out.empty();
    if (wanted && !o.listen_tls) {
        o.listen_tls = listen_address{"127.0.0.1", 3550};
    }
    if (o.listen_tls && !certificate && o.tls_names.empty()) {
        set_names(o, "");
    }
    if (!o.listen && !o.listen_tls) {
        out.errors.emplace_back("--listen none wants --listen-tls");
    }
}

}  // namespace

namespace {

/// Where values come from: the first of them that has an option decides.
struct value_source {
    option_values values;
    std::function<std::string(std::string_view option)> said;  // how it is called there
};

value_source from_environment(const std::function<const char*(const char*)>& environment) {
    value_source out{{}, environment_name};
    for (const option_row& row : rows) {
        const char* value = environment(environment_name(row.name).c_str());
        if (value != nullptr && *value != '\0') {
            out.values[std::string(row.name)] =
                row.values == arity::many ? lines_of(value) : std::vector<std::string>{value};
        }
    }
    return out;
}

value_source from_file(const std::string& path, parsed_options& out) {
    value_source source{read_config_file(path, out.errors), [path](std::string_view option) {
                            return fmt::format("{}: {}", path, option);
                        }};
    for (const auto& [name, values] : source.values) {
        const option_row* row = find_row(name);
        if (row == nullptr || name == "config") {
            out.errors.push_back(fmt::format("{}: unknown key {}", path, name));
        } else if (row->values != arity::many && values.size() != 1) {
            out.errors.push_back(fmt::format("{}: {}: one value expected", path, name));
        }
    }
    return source;
}

}  // namespace

parsed_options parse_options(std::span<const char* const> arguments,
                             const std::function<const char*(const char*)>& environment) {
    parsed_options out;
    std::vector<value_source> sources;
    sources.push_back({command_line(arguments, out).values,
                       [](std::string_view option) { return fmt::format("--{}", option); }});
    sources.push_back(from_environment(environment));
    for (std::size_t i = 0; i < 2; ++i) {
        const auto config = sources[i].values.find("config");
        if (config != sources[i].values.end() && !config->second.empty()) {
            sources.push_back(from_file(config->second.front(), out));
            break;
        }
    }
    for (const option_row& row : rows) {
        for (const value_source& source : sources) {
            if (const auto found = source.values.find(row.name); found != source.values.end()) {
                apply(row, found->second, source.said(row.name), out);
                break;
            }
        }
    }
    check_together(out);
    return out;
}

std::string version_text() { return "mock-smsc " MOCK_SMSC_VERSION; }

std::string help_text() {
    std::string out =
        "mock-smsc: an SMSC for tests, local work and load\n\n"
        "usage: mock-smsc [options]\n"
        "       mock-smsc run [options] -- COMMAND...   run a command beside it, on free ports\n"
        "       mock-smsc ready [--wait TIME] [--http ADDR:PORT]   exit 0 when it is ready\n\n"
        "Without options: SMPP on 127.0.0.1:2775, HTTP on 127.0.0.1:2780, any credentials.\n"
        "Each option can be given in the environment, too: MOCK_SMSC_HTTP for --http.\n\n";
    for (const option_row& row : rows) {
        const auto left = row.values == arity::flag ? fmt::format("--{}", row.name)
                          : row.values == arity::optional
                              ? fmt::format("--{} [{}]", row.name, row.value)
                              : fmt::format("--{} {}", row.name, row.value);
        out += fmt::format("  {:<28} {}{}\n", left, row.help,
                           row.values == arity::many ? "; repeatable" : "");
    }
    out += "  -V, --version                print the version\n";
    out += "  -h, --help                   print this\n";
    return out;
}

}  // namespace mock_smsc
