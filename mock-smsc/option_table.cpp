#include "mock-smsc/option_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/rules/presets.hpp"
#include "mock-smsc/rules/rule.hpp"
#include "mock-smsc/tls_setup.hpp"

namespace mock_smsc {
namespace {

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

}  // namespace

error_text set_tls_names(options& o, std::string_view value) {
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

namespace {

error_text set_tls_fault(options& o, std::string_view value) {
    if (!is_tls_fault(value)) {
        return wrong("expired, not-yet-valid, wrong-host, self-signed or weak", value);
    }
    o.tls_fault = value;
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

error_text add_accounts(options& o, std::string_view value) {
    try {
        std::ignore = parse_accounts(value);
    } catch (const std::exception& failed) {
        return failed.what();
    }
    o.accounts.emplace_back(value);
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

error_text set_carrier(options& o, std::string_view value) {
    if (!carrier_rules(value)) {
        return wrong("healthy, slow, flaky, throttling, strict or dead", value);
    }
    o.carrier = value;
    return {};
}

error_text set_receipt(options& o, std::string_view value) {
    try {
        std::ignore = parse_rules(fmt::format(R"({{"actions":{{"receipt":{}}}}})", value));
    } catch (const std::exception& failed) {
        return failed.what();
    }
    o.receipt = value;
    return {};
}

error_text set_magic(options& o, std::string_view value) {
    const auto is = [value](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), value) != words.end();
    };
    if (is({"false", "no", "off", "0"})) {
        return {};
    }
    if (!is({"", "true", "yes", "on", "1"})) {
        return wrong("nothing, true or false", value);
    }
    o.rules.push_back(magic_rules());
    return {};
}

error_text set_default_alphabet(options& o, std::string_view value) {
    for (const auto each : {smpp::alphabet::gsm7, smpp::alphabet::latin1, smpp::alphabet::ascii,
                            smpp::alphabet::utf8}) {
        if (value == smpp::name(each)) {
            o.default_alphabet = each;
            return {};
        }
    }
    return wrong("gsm7, latin1, ascii or utf8", value);
}

error_text set_store(options& o, std::string_view value) {
    if (value != "memory" && value != "none") {
        return wrong("memory or none", value);
    }
    o.keep_nothing = value == "none";
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

error_text set_clock(options& o, std::string_view value) {
    o.clock = parse_iso_time(value);
    return o.clock ? error_text() : wrong("a time such as 2026-01-01T00:00:00Z", value);
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
    {"http-auth", "FILE", "who may use the HTTP API: lines of NAME:PASSWORD or Bearer TOKEN",
     arity::one, TEXT(http_auth)},
    {"http-host", "NAME",
     "a name that HTTP requests may be for; without any: those of loopback, when it listens there "
     "and --http-auth does not ask, else all",
     arity::many,
     [](options& o, std::string_view v) { return o.http_hosts.emplace_back(v), error_text(); }},
    {"http-timeout", "TIME", "for a request to come whole, and for its answer to leave [10s]",
     arity::one, DURATION(http_timeout)},
    {"ready-file", "FILE", "written once all listeners accept, with their addresses as JSON",
     arity::one, TEXT(ready_file)},
    {"pcap", "FILE", "write all sessions, decrypted, for Wireshark and smpp-dump", arity::one,
     TEXT(pcap)},
    {"user", "NAME:PASSWORD", "an account; without any, all credentials are accepted", arity::many,
     add_user},
    {"accounts", "JSON", "an account with limits, or a list: see docs/mock-smsc.md", arity::many,
     add_accounts},
    {"tls-cert", "FILE", "certificate chain, PEM", arity::one, TEXT(tls_cert)},
    {"tls-key", "FILE", "its private key, PEM, when it is not in the same file", arity::one,
     TEXT(tls_key)},
    {"tls-self-signed", "NAMES",
     "make a certificate at start, for these names [localhost,127.0.0.1,::1]", arity::optional,
     set_tls_names},
    {"tls-ca-out", "FILE", "write that certificate here, for clients to trust", arity::one,
     TEXT(tls_ca_out)},
    {"tls-fault", "expired|not-yet-valid|wrong-host|self-signed|weak",
     "make that certificate a bad one", arity::one, set_tls_fault},
    {"tls-client-ca", "FILE", "clients must show a certificate of this authority", arity::one,
     TEXT(tls_client_ca)},
    {"tls-keylog", "FILE", "append the TLS secrets here, for Wireshark", arity::one,
     TEXT(tls_keylog)},
    {"store", "memory|none", "none: answer and forget, to measure clients by [memory]", arity::one,
     set_store},
    {"database", "FILE", "keep records in SQLite; a submit is answered after its commit",
     arity::one, TEXT(database)},
    {"durability", "committed|disk|relaxed",
     "answer a submit when its record is committed (survives kill -9), on the disk (a power cut, "
     "too), or at once (relaxed: a crash may lose what was acknowledged) [committed]",
     arity::one, set_durability},
    {"default-alphabet", "gsm7|latin1|ascii|utf8", "what data_coding 0 means [gsm7]", arity::one,
     set_default_alphabet},
    {"receipt-delay", "TIME", "from the submit to its final state and receipt [0]", arity::one,
     DURATION(receipt_delay)},
    {"receipt", "JSON", "how receipts look where no rule says otherwise: see docs/mock-smsc.md",
     arity::one, set_receipt},
    {"rule", "JSON", "what becomes of certain requests: see docs/mock-smsc.md", arity::many,
     add_rule},
    {"bind-status", "STATUS", "refuse every bind with that status", arity::one, set_bind_status},
    {"magic", "", "destinations that end in 99NNNN, 98NNNN or 97NNNN fail as their number says",
     arity::flag, set_magic},
    {"carrier", "healthy|slow|flaky|throttling|strict|dead", "the rules of such a carrier",
     arity::one, set_carrier},
    {"seed", "N", "repeats every random choice of the rules [1]", arity::one, set_seed},
    {"clock", "TIME",
     "the time at start, such as 2026-01-01T00:00:00Z, so that dates are those of every run",
     arity::one, set_clock},
    {"max-age", "TIME", "records older than that go; 0: none [0]", arity::one, DURATION(max_age)},
    {"max-messages", "N", "records kept, the oldest go first [100000]", arity::one,
     SIZE(max_messages, 1)},
    {"max-bytes", "SIZE", "octets of records kept, the oldest go first [256M]", arity::one,
     SIZE(max_octets, 1U << 20U)},
    {"lint-pdus", "N", "look for mistakes in the first N PDUs of each session; 0: do not [10000]",
     arity::one, SIZE(lint_pdus, 0)},
    {"window", "N", "own requests that wait for an answer, each session [10000]", arity::one,
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

}  // namespace

std::span<const option_row> option_table() noexcept { return rows; }

}  // namespace mock_smsc
