#include "mock-smsc/options.hpp"

#include <gmock/gmock.h>

#include <map>

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
