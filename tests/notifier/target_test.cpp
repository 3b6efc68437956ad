#include "notifier/target.hpp"

#include <gtest/gtest.h>

namespace {

using notifier::parse_target;

std::string refusal(std::string_view url) {
    const auto result = parse_target(url);
    return result ? "accepted" : result.error().part;
}

bool warns(std::string_view url, std::string_view words) {
    const auto result = parse_target(url);
    if (!result) {
        return false;
    }
    for (const auto& warning : result->warnings) {
        if (warning.find(words) != std::string::npos) {
            return true;
        }
    }
    return false;
}

TEST(target, long_credentials_are_sent_whole_up_to_64_octets) {
    const std::string rest = "@host/1555/1666";
    EXPECT_TRUE(warns("smpp://" + std::string(16, 'u') + ":pass" + rest, "16 octets"));
    EXPECT_TRUE(warns("smpp://user:" + std::string(9, 'p') + rest, "9 octets"));
    EXPECT_FALSE(
        warns("smpp://" + std::string(15, 'u') + ":" + std::string(8, 'p') + rest, "octets"));
    EXPECT_EQ(parse_target("smpp://" + std::string(64, 'u') + ":pass" + rest)->user.size(), 64U);
    EXPECT_EQ(refusal("smpp://" + std::string(65, 'u') + ":pass" + rest), "user");
    EXPECT_EQ(refusal("smpp://user:" + std::string(65, 'p') + rest), "password");
}

/// "sender: recipient, recipient", or the part that is refused.
std::string route(std::string_view url, std::vector<notifier::query_parameter> overrides) {
    notifier::target_defaults defaults;
    defaults.overrides = std::move(overrides);
    const auto result = parse_target(url, defaults);
    if (!result) {
        return result.error().part;
    }
    std::string out = result->from.addr + ':';
    for (const auto& to : result->to) {
        out += ' ' + to.addr;
    }
    return out;
}

TEST(target, recipients_of_a_configuration_replace_those_of_the_url) {
    EXPECT_EQ(route("smpp://u:p@h/1555/16660001", {{"to", "16660002"}}), "1555: 16660002");
    EXPECT_EQ(route("smpp://u:p@h/1555/16660001?to=16660003", {{"targets", "16660002"}}),
              "1555: 16660002");
    EXPECT_EQ(route("smpp://u:p@h/16660001?from=1555", {{"to", "1666"}, {"to", "1777"}}),
              "1555: 1666 1777");
    EXPECT_EQ(route("smpp://u:p@h/1555/16660001", {{"to", ""}}), "to");
}

TEST(target, the_sender_of_a_configuration_leaves_the_urls_own_out) {
    EXPECT_EQ(route("smpp://u:p@h/1555/1666", {{"from", "1777"}}), "1777: 1666");
    EXPECT_EQ(route("smpp://u:p@h/1555", {{"from", "1777"}, {"to", "1666"}}), "1777: 1666");
    EXPECT_EQ(route("smpp://u:p@h/1666?from=1555", {{"source", "1777"}}), "1777: 1666");
    EXPECT_EQ(route("smpp://u:p@h/1555", {{"from", "1777"}}), "to");
    EXPECT_EQ(route("smpp://u:p@h/1555/1666?from=", {{"from", "1777"}}), "1777: 1666");
}

TEST(target, a_time_in_the_past_is_warned_of) {
    EXPECT_TRUE(
        warns("smpp://u:p@h/1555/1666?schedule=2001-05-01T08:00Z", "schedule= is in the past"));
    EXPECT_TRUE(
        warns("smpp://u:p@h/1555/1666?validity=2001-05-01T08:00Z", "validity= is in the past"));
    EXPECT_FALSE(warns("smpp://u:p@h/1555/1666?schedule=2h&validity=2099-05-01T08:00Z", "past"));
}

TEST(target, credentials_without_control_characters) {
    EXPECT_EQ(refusal("smpp://us%00er:pass@host/1555/1666"), "user");
    EXPECT_EQ(refusal("smpp://user:pa%0Ass@host/1555/1666"), "password");
    EXPECT_EQ(refusal("smpp://host?user=u&pass=%7F&from=1555&to=1666"), "password");
}

TEST(target, credentials_travel_as_latin1) {
    EXPECT_EQ(
        notifier::wire_credential(parse_target("smpp://user:p%C3%A4ss@h/1555/1666")->password),
        "p\xe4ss");
    EXPECT_EQ(notifier::wire_credential(parse_target("smpp://user:p%E4ss@h/1555/1666")->password),
              "p\xe4ss");
    EXPECT_EQ(refusal("smpp://user:%E2%82%AC@h/1555/1666"), "password");
}

TEST(target, the_query_wins_over_the_authority) {
    const auto t = parse_target(
        "smpp://u1:p1@h1:1/1777?USER=u2&password=p2&host=h2&port=2&source=1555&targets=1666");
    ASSERT_TRUE(t);
    EXPECT_EQ(t->user, "u2");
    EXPECT_EQ(t->password, "p2");
    EXPECT_EQ(t->host, "h2");
    EXPECT_EQ(t->port, 2);
    EXPECT_EQ(t->from.addr, "1555");
    ASSERT_EQ(t->to.size(), 2U);
    EXPECT_EQ(t->to[0].addr, "1777");
    EXPECT_EQ(t->to[1].addr, "1666");
}

TEST(target, host_in_the_query_may_be_ipv6_and_carry_a_port) {
    EXPECT_EQ(parse_target("smpp://_?user=u&pass=p&host=::1&from=1555&to=1666")->host, "[::1]");
    const auto t = parse_target("smpp://_?user=u&pass=p&host=[::1]:99&from=1555&to=1666");
    EXPECT_EQ(t->host, "[::1]");
    EXPECT_EQ(t->port, 99);
}

TEST(target, ports_have_defaults_by_schema) {
    EXPECT_EQ(parse_target("smpp://u:p@h/1555/1666")->port, 2775);
    EXPECT_EQ(parse_target("smpps://u:p@h/1555/1666")->port, 3550);
    EXPECT_TRUE(parse_target("smpps://u:p@h/1555/1666")->tls);
}

TEST(target, names_what_is_missing) {
    EXPECT_EQ(refusal("smpp://host/1555/1666"), "user");
    EXPECT_EQ(refusal("smpp://user@host/1555/1666"), "password");
    EXPECT_EQ(refusal("smpp://user:pass@/1555/1666"), "host");
    EXPECT_EQ(refusal("smpp://_?user=u&pass=p&from=1555&to=1666"), "host");
    EXPECT_EQ(refusal("smpp://user:pass@host"), "from");
    EXPECT_EQ(refusal("smpp://user:pass@host/1555"), "to");
    EXPECT_EQ(refusal("smpp://user:pass@host:65536/1555/1666"), "port");
    EXPECT_EQ(refusal("smpps://user:pass@host/1555/1666?cert=c"), "key");
    EXPECT_EQ(refusal("smpp://user:pass@host/1555/1666?split=half"), "split");
}

TEST(target, warns_of_what_is_dangerous_or_useless) {
    EXPECT_TRUE(warns("smpps://u:p@h/1555/1666?verify=no", "NOT checked"));
    EXPECT_TRUE(warns("smpp://u:p@h/1555/1666?ca=x", "no TLS"));
    EXPECT_TRUE(warns("smpp://u:p@h/1555/1666/1666", "more than once"));
    EXPECT_TRUE(warns("smpp://u:p@h/1555/1666?window=1&window=2", "more than once"));
    EXPECT_TRUE(warns("smpp://u:p@h/1555/001666777888", "begins with 00"));
    EXPECT_TRUE(warns("smpp://u:p@h/1555/1666?foo=1", "'foo'"));
    EXPECT_TRUE(warns("smpp://u:p@h/1555/1666?user=", "empty"));
}

TEST(target, options_of_the_command_line_win) {
    notifier::target_defaults defaults;
    defaults.parameters = {{"window", "7"}, {"tlv", "1:str:b"}};
    const auto t = parse_target("smpp://u:p@h/1555/1666?window=5&tlv=1:str:a", defaults);
    ASSERT_TRUE(t);
    EXPECT_EQ(t->options.window, 7U);
    EXPECT_EQ(t->options.tlvs.size(), 2U);
    EXPECT_TRUE(t->warnings.empty());
}

TEST(target, recipients_may_come_from_elsewhere) {
    notifier::target_defaults defaults;
    defaults.recipients_elsewhere = true;
    EXPECT_TRUE(parse_target("smpp://u:p@h/1555", defaults));
}

}  // namespace
