#include "mock-smsc/options.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>

#include "mock-smsc/option_table.hpp"

namespace {

using namespace mock_smsc;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

parsed_options parse(std::vector<const char*> words,
                     std::map<std::string, const char*> environment = {}) {
    return parse_options(words, [&](const char* name) -> const char* {
        const auto found = environment.find(name);
        return found == environment.end() ? nullptr : found->second;
    });
}

TEST(options, defaults_are_those_of_the_contract) {
    const auto parsed = parse({});
    EXPECT_THAT(parsed.errors, IsEmpty());
    EXPECT_EQ(parsed.options.listen, (listen_address{"127.0.0.1", 2775}));
    EXPECT_EQ(parsed.options.http, (listen_address{"127.0.0.1", 2780}));
    EXPECT_FALSE(parsed.options.listen_tls);
    EXPECT_TRUE(parsed.options.users.empty());
}

TEST(options, the_command_line_outdoes_the_environment) {
    const auto parsed = parse({"--max-messages", "7", "--user=a:b:c", "--user", "d:"},
                              {{"MOCK_SMSC_MAX_MESSAGES", "9"},
                               {"MOCK_SMSC_MAX_BYTES", "2M"},
                               {"MOCK_SMSC_USER", "x:y"}});
    EXPECT_THAT(parsed.errors, IsEmpty());
    EXPECT_EQ(parsed.options.max_messages, 7U);
    EXPECT_EQ(parsed.options.max_octets, 2U << 20U);
    ASSERT_EQ(parsed.options.users.size(), 2U);
    EXPECT_EQ(parsed.options.users[0].system_id, "a");
    EXPECT_EQ(parsed.options.users[0].password, "b:c");
    EXPECT_EQ(parsed.options.users[1].password, "");
}

TEST(options, ports_are_free_ones_where_that_is_wanted_unless_somebody_says_which) {
    const auto free = [](std::vector<const char*> words, const char* listen) {
        const auto environment = [&](const char* name) {
            return std::string_view(name) == "MOCK_SMSC_LISTEN" ? listen : nullptr;
        };
        return parse_options(words, environment, default_ports::free).options;
    };
    const auto all = free({"--tls-self-signed"}, nullptr);
    EXPECT_EQ(all.listen->port, 0);
    EXPECT_EQ(all.http->port, 0);
    EXPECT_EQ(all.listen_tls->port, 0);
    EXPECT_EQ(free({}, "127.0.0.1:7").listen->port, 7);
    EXPECT_EQ(parse({"--tls-self-signed"}).options.listen_tls->port, 3550);
}

TEST(options, names_in_the_environment_that_mean_nothing_are_found) {
    const char* const all[] = {
        "MOCK_SMSC_MAX_AGE=1h", "MOCK_SMSC_MAXAGE=1h", "PATH=/bin", "MOCK_SMSC_API=x",
        "MOCK_SMSC_CA=x",       "MOCK_SMSC_",          nullptr};
    EXPECT_THAT(unknown_in_environment(all), ElementsAre("MOCK_SMSC_MAXAGE", "MOCK_SMSC_"));
}

/// A value for each option that is not the usual one.
const std::map<std::string_view, std::string> samples = {
    {"accounts", R"({"system_id":"a","tps":5})"},
    {"bind-status", "ESME_RBINDFAIL"},
    {"carrier", "slow"},
    {"database", "x.db"},
    {"durability", "disk"},
    {"enquire-link-timer", "5s"},
    {"http", "none"},
    {"http-auth", "auth.txt"},
    {"default-alphabet", "latin1"},
    {"http-host", "sms.test"},
    {"http-timeout", "3s"},
    {"inactivity-timer", "4s"},
    {"lint-pdus", "5"},
    {"listen", "0.0.0.0:1"},
    {"listen-tls", "127.0.0.1:2"},
    {"magic", "true"},
    {"max-age", "1h"},
    {"max-bytes", "2M"},
    {"max-connections", "5"},
    {"max-messages", "6"},
    {"pcap", "x.pcapng"},
    {"ready-file", "ready.json"},
    {"receipt", R"({"state":"EXPIRED"})"},
    {"receipt-delay", "20ms"},
    {"response-timer", "7s"},
    {"rule", R"({"match":{"to":"^1"},"actions":[{"status":"ESME_RSYSERR"}]})"},
    {"seed", "8"},
    {"clock", "2026-01-01T00:00:00Z"},
    {"session-init-timer", "9s"},
    {"store", "none"},
    {"tls-ca-out", "ca.pem"},
    {"tls-cert", "chain.pem"},
    {"tls-client-ca", "clients.pem"},
    {"tls-fault", "expired"},
    {"tls-key", "key.pem"},
    {"tls-keylog", "keys.txt"},
    {"tls-self-signed", "a.example"},
    {"user", "name:secret"},
    {"window", "10"},
};

TEST(options, each_means_the_same_on_the_command_line_in_the_environment_and_in_the_file) {
    const std::string path =
        fmt::format("{}mock-smsc-options-{}.yaml", testing::TempDir(), ::getpid());
    for (const option_row& row : option_table()) {
        if (row.name == "config") {
            continue;
        }
        SCOPED_TRACE(row.name);
        const auto sample = samples.find(row.name);
        ASSERT_NE(sample, samples.end()) << "it has no sample here";
        std::string word = "--" + std::string(row.name);
        std::string variable = "MOCK_SMSC" + word.substr(1);
        for (char& c : variable) {
            c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        word += row.values == arity::flag ? "" : "=" + sample->second;
        std::string line = fmt::format("{}: {}\n", row.name, sample->second);
        std::vector<const char*> also;
        if (row.name == "tls-key" || row.name == "tls-client-ca" || row.name == "tls-keylog") {
            // not without TLS
            also = {"--tls-cert", "chain.pem"};
        }
        auto words = also;
        words.push_back(word.c_str());
        const auto by_words = parse(words);
        const auto by_environment = parse(also, {{variable, sample->second.c_str()}});
        std::ofstream(path) << line;
        words = also;
        words.insert(words.end(), {"--config", path.c_str()});
        const auto by_file = parse(words);
        for (const auto* each : {&by_words, &by_environment, &by_file}) {
            EXPECT_THAT(each->errors, IsEmpty());
            EXPECT_TRUE(each->options == by_words.options);
        }
        EXPECT_FALSE(by_words.options == parse(also).options) << "it has no effect";
    }
    std::filesystem::remove(path);
}

TEST(options, a_flag_can_be_given_as_false) {
    for (const char* no : {"0", "false"}) {
        EXPECT_TRUE(parse({}, {{"MOCK_SMSC_MAGIC", no}}).options == parse({}).options) << no;
    }
    EXPECT_THAT(parse({}, {{"MOCK_SMSC_MAGIC", "maybe"}}).errors,
                ElementsAre(HasSubstr("true or false")));
}

TEST(options, the_environment_gives_several_values_one_a_line) {
    const auto parsed = parse({}, {{"MOCK_SMSC_USER", "a:1\nb:2\n"}});
    ASSERT_EQ(parsed.options.users.size(), 2U);
    EXPECT_EQ(parsed.options.users[1].system_id, "b");
}

TEST(options, all_errors_are_told_and_no_password_with_them) {
    const auto parsed =
        parse({"--listen", "x", "--nope", "--window=0", "--user", "secret", "stray", "--http"});
    EXPECT_THAT(
        parsed.errors,
        ElementsAre(HasSubstr("unknown option --nope"), HasSubstr("\"stray\""),
                    HasSubstr("--http wants ADDR:PORT"), HasSubstr("--listen: ADDRESS:PORT"),
                    HasSubstr("--user: NAME:PASSWORD"), HasSubstr("--window: 1 to 32768")));
    EXPECT_THAT(parsed.errors, Not(testing::Contains(HasSubstr("secret"))));
}

TEST(options, a_certificate_turns_tls_on) {
    EXPECT_EQ(parse({"--tls-self-signed"}).options.listen_tls, (listen_address{"127.0.0.1", 3550}));
    EXPECT_THAT(
        parse({"--tls-self-signed", "a.example,10.0.0.1", "--listen", "none"}).options.tls_names,
        ElementsAre("a.example", "10.0.0.1"));
    EXPECT_THAT(parse({"--listen-tls", "0"}).options.tls_names, Not(IsEmpty()));
    EXPECT_THAT(parse({"--tls-cert", "c", "--tls-self-signed"}).errors,
                ElementsAre(HasSubstr("exclude")));
    EXPECT_THAT(parse({"--listen", "none"}).errors, ElementsAre(HasSubstr("--listen-tls")));
}

TEST(options, addresses) {
    EXPECT_EQ(parse_listen_address("0.0.0.0:1"), (listen_address{"0.0.0.0", 1}));
    EXPECT_EQ(parse_listen_address("[::1]:0"), (listen_address{"::1", 0}));
    EXPECT_EQ(parse_listen_address(":5"), (listen_address{"127.0.0.1", 5}));
    EXPECT_EQ(parse_listen_address("5"), (listen_address{"127.0.0.1", 5}));
    EXPECT_EQ(parse_listen_address("localhost:5"), (listen_address{"127.0.0.1", 5}));
    for (const char* bad : {"", ":", "a:b", "::1:5", "1.2.3.4:65536", "1.2.3.4:5x"}) {
        EXPECT_FALSE(parse_listen_address(bad)) << bad;
    }
}

TEST(options, times_and_sizes) {
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("10"), 10s);
    EXPECT_EQ(parse_duration("2m"), 2min);
    EXPECT_EQ(parse_duration("3d"), 72h);
    for (const char* bad : {"", "s", "-1s", "1y", "1 s", "99999999999s"}) {
        EXPECT_FALSE(parse_duration(bad)) << bad;
    }
    EXPECT_EQ(parse_size("64k"), 65536U);
    EXPECT_EQ(parse_size("1G"), 1U << 30U);
    for (const char* bad :
         {"", "k", "-1", "1T", "1kB", "99999999999999999999", "18446744073709551615k"}) {
        EXPECT_FALSE(parse_size(bad)) << bad;
    }
}

TEST(options, help_names_every_option_that_is_parsed) {
    EXPECT_THAT(help_text(), HasSubstr("--database FILE"));
    EXPECT_THAT(help_text(), HasSubstr("--tls-self-signed [NAMES]"));
    EXPECT_TRUE(parse({"-h"}).help);
    EXPECT_TRUE(parse({"--version"}).version);
}

}  // namespace
