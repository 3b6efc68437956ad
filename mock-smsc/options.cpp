#include "mock-smsc/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/accounts/account_options.hpp"
#include "mock-smsc/option_table.hpp"

namespace mock_smsc {
namespace {

const option_row* find_row(std::string_view name) {
    for (const option_row& row : option_table()) {
        if (row.name == name) {
            return &row;
        }
    }
    return nullptr;
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

/// These do nothing by themselves.
void check_tls_wanted(parsed_options& out) {
    const options& o = out.options;
    const bool tls = o.listen_tls || !o.tls_cert.empty() || !o.tls_names.empty() ||
                     !o.tls_fault.empty() || !o.tls_ca_out.empty();
    for (const auto& [name, value] : {std::pair("--tls-client-ca", &o.tls_client_ca),
                                      std::pair("--tls-keylog", &o.tls_keylog)}) {
        if (!tls && !value->empty()) {
            out.errors.push_back(
                fmt::format("{} wants --tls-cert, --tls-self-signed or --listen-tls", name));
        }
    }
}

/// What no single option can see.
void check_together(parsed_options& out, std::uint16_t tls_port) {
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
    if (!o.tls_fault.empty() && certificate) {
        out.errors.emplace_back("--tls-fault is for --tls-self-signed");
    }
    check_tls_wanted(out);
    const bool wanted =
        certificate || !o.tls_fault.empty() || !o.tls_names.empty() || !o.tls_ca_out.empty();
    if (wanted && !o.listen_tls) {
        o.listen_tls = listen_address{"127.0.0.1", tls_port};
    }
    if (o.listen_tls && !certificate && o.tls_names.empty()) {
        set_tls_names(o, "");
    }
    if (o.keep_nothing && !o.database.empty()) {
        out.errors.emplace_back("--store none and --database exclude each other");
    }
    try {
        std::ignore = parse_accounts(accounts_json(o));
    } catch (const std::exception& failed) {
        out.errors.emplace_back(failed.what());
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
    for (const option_row& row : option_table()) {
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
                             const std::function<const char*(const char*)>& environment,
                             default_ports ports) {
    parsed_options out;
    const bool any_port = ports == default_ports::free;
    if (any_port) {
        out.options.listen->port = out.options.http->port = 0;
    }
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
    for (const option_row& row : option_table()) {
        for (const value_source& source : sources) {
            if (const auto found = source.values.find(row.name); found != source.values.end()) {
                apply(row, found->second, source.said(row.name), out);
                break;
            }
        }
    }
    check_together(out, any_port ? std::uint16_t{0} : std::uint16_t{3550});
    return out;
}

std::vector<std::string> unknown_in_environment(const char* const* all) {
    std::vector<std::string> out;
    for (; *all != nullptr; ++all) {
        const std::string_view entry = *all;
        const auto name = entry.substr(0, entry.find('='));
        // What `run` tells its command, and what docs/mock-smsc-helpers take.
        constexpr std::string_view ours[] = {"MOCK_SMSC_API", "MOCK_SMSC_CA", "MOCK_SMSC_PROGRAM",
                                             "MOCK_SMSC_OPTIONS"};
        const bool known =
            !name.starts_with(environment_name("")) ||
            std::find(std::begin(ours), std::end(ours), name) != std::end(ours) ||
            std::any_of(option_table().begin(), option_table().end(),
                        [&](const option_row& row) { return name == environment_name(row.name); });
        if (!known) {
            out.emplace_back(name);
        }
    }
    return out;
}

std::string version_text() { return "mock-smsc " MOCK_SMSC_VERSION; }

std::string help_text() {
    std::string out =
        "mock-smsc: an SMSC for tests, local work and load\n\n"
        "usage: mock-smsc [options]\n"
        "       mock-smsc run [options] -- COMMAND...   run a command beside it, on free ports\n"
        "       mock-smsc ready [--wait TIME] [--http ADDR:PORT]   exit 0 when it is ready\n"
        "       mock-smsc accounts hash [--argon2id]   hash of a password from standard input\n\n"
        "Without options: SMPP on 127.0.0.1:2775, HTTP on 127.0.0.1:2780, any credentials.\n"
        "Each option can be given in the environment, too: MOCK_SMSC_HTTP for --http.\n\n";
    for (const option_row& row : option_table()) {
        const auto left = row.values == arity::flag ? fmt::format("--{}", row.name)
                          : row.values == arity::optional
                              ? fmt::format("--{} [{}]", row.name, row.value)
                              : fmt::format("--{} {}", row.name, row.value);
        constexpr std::size_t column = 28;
        const auto gap = left.size() > column ? "\n" + std::string(column + 3, ' ')
                                              : std::string(column + 1 - left.size(), ' ');
        out += fmt::format("  {}{}{}{}\n", left, gap, row.help,
                           row.values == arity::many ? "; repeatable" : "");
    }
    out += "  -V, --version                print the version\n";
    out += "  -h, --help                   print this\n";
    return out;
}

}  // namespace mock_smsc
