#include "notifier/config.hpp"

#include <gtest/gtest.h>

#include "notifier/sources.hpp"

namespace {

using notifier::config_content;
using notifier::parse_text_config;
using notifier::parse_yaml_config;

std::string names(const std::vector<notifier::tag>& tags) {
    std::string out;
    for (const auto& each : tags) {
        out += each.name + ' ';
    }
    return out;
}

std::string settings(const notifier::configured_url& url) {
    std::string out;
    for (const auto& each : url.overrides) {
        out += each.key + '=' + each.value + ' ';
    }
    return out;
}

template <class Parse>
std::string failure(Parse parse, const std::string& text) {
    try {
        (void)parse(text, "file");
        return "no failure";
    } catch (const notifier::source_error& error) {
        return error.what();
    }
}

TEST(text_config, has_urls_with_tags_comments_groups_and_includes) {
    const auto out = parse_text_config(
        "# comment\r\n; another\n\n"
        "smpp://u:p@h/1555/1666?rate=5\n"
        "ops, 2:Night = smpp://u:p=x@h/1555/1777\n"
        "=smpps://u:p@h/1555/1888\n"
        "all-hands = ops, dev\n"
        "include other file.conf\n",
        "file");
    ASSERT_EQ(out.urls.size(), 3U);
    EXPECT_EQ(out.urls[0].url, "smpp://u:p@h/1555/1666?rate=5");
    EXPECT_TRUE(out.urls[0].tags.empty());
    EXPECT_EQ(out.urls[1].url, "smpp://u:p=x@h/1555/1777");
    EXPECT_EQ(names(out.urls[1].tags), "ops night ");
    EXPECT_EQ(out.urls[1].tags[1].priority, 2U);
    EXPECT_EQ(out.urls[2].url, "smpps://u:p@h/1555/1888");
    ASSERT_EQ(out.groups.size(), 1U);
    EXPECT_EQ(out.groups[0].name, "all-hands");
    EXPECT_EQ(out.groups[0].members, (std::vector<std::string>{"ops", "dev"}));
    EXPECT_EQ(out.includes, std::vector<std::string>{"other file.conf"});
}

TEST(text_config, names_the_line_and_never_quotes_it) {
    for (const char* line : {"nonsense secret", "secret smpp://u:secret@h/1/2",
                             "se cret! = smpp://u:secret@h/1/2", "group =", "= secret"}) {
        const auto said = failure(parse_text_config, std::string("\n") + line + "\n");
        EXPECT_TRUE(said.starts_with("file:2: ")) << said;
        EXPECT_EQ(said.find("secret"), std::string::npos) << said;
    }
}

TEST(yaml_config, has_urls_in_every_form) {
    const auto out = parse_yaml_config(
        "version: 1\n"
        "tag: common\n"
        "urls:\n"
        "  - smpp://u:p@one/1555/1666\n"
        "  - smpp://u:p@two/1555:\n"
        "     - to: +15557654321\n"
        "       tag: a, 3:b\n"
        "     - targets: [15559876543, +1666777]\n"
        "       Rate: 5\n"
        "  - url: smpp://u:p@three\n"
        "    source: +1555\n"
        "    to: 1888\n"
        "  - smpps:\n"
        "      host: four\n"
        "      user: u\n"
        "  - smpp://u:p@five/1555/1999:\n",
        "file");
    ASSERT_EQ(out.urls.size(), 6U);
    EXPECT_EQ(out.urls[0].url, "smpp://u:p@one/1555/1666");
    EXPECT_EQ(names(out.urls[0].tags), "common ");
    EXPECT_EQ(out.urls[1].url, "smpp://u:p@two/1555");
    EXPECT_EQ(settings(out.urls[1]), "to=+15557654321 ");
    EXPECT_EQ(names(out.urls[1].tags), "common a b ");
    EXPECT_EQ(settings(out.urls[2]), "targets=15559876543 targets=+1666777 rate=5 ");
    EXPECT_EQ(out.urls[3].url, "smpp://u:p@three");
    EXPECT_EQ(settings(out.urls[3]), "source=+1555 to=1888 ");
    EXPECT_EQ(out.urls[4].url, "smpps://_");
    EXPECT_EQ(settings(out.urls[4]), "host=four user=u ");
    EXPECT_EQ(out.urls[5].url, "smpp://u:p@five/1555/1999");
}

TEST(yaml_config, has_groups_and_includes_in_every_form) {
    for (const char* text : {"groups: {team: 'a, b'}\ninclude: x.yml\n",
                             "groups:\n - team: [a, b]\ninclude: [x.yml]\n"}) {
        const auto out = parse_yaml_config(text, "file");
        ASSERT_EQ(out.groups.size(), 1U) << text;
        EXPECT_EQ(out.groups[0].name, "team");
        EXPECT_EQ(out.groups[0].members, (std::vector<std::string>{"a", "b"}));
        EXPECT_EQ(out.includes, std::vector<std::string>{"x.yml"});
    }
}

TEST(yaml_config, takes_the_forms_that_apprise_takes) {
    const auto out = parse_yaml_config(
        "urls:\n"
        " - smpp://one:\n"
        "     - {schema: smpp, to: {1666: Ann, 1777: Bob}, tag: on.call}\n"
        "groups: [{big: [team, {other: note}]}, {small: {only: x}}]\n"
        "include:\n - a.yml, b.yml\n - {c.yml: note}\n - d.yml\n",
        "file");
    ASSERT_EQ(out.urls.size(), 1U);
    EXPECT_EQ(names(out.urls[0].tags), "on.call ");
    ASSERT_EQ(out.urls[0].overrides.size(), 2U);
    EXPECT_EQ(out.urls[0].overrides[1].value, "1777");
    ASSERT_EQ(out.groups.size(), 2U);
    EXPECT_EQ(out.groups[0].members, (std::vector<std::string>{"team", "other"}));
    EXPECT_EQ(out.groups[1].members, (std::vector<std::string>{"only"}));
    EXPECT_EQ(out.includes, (std::vector<std::string>{"a.yml", "b.yml", "c.yml", "d.yml"}));
    EXPECT_EQ(parse_yaml_config("include: a.yml, b.yml", "file").includes.size(), 2U);
}

TEST(yaml_config, names_the_line_and_never_quotes_it) {
    for (const char* text :
         {"\nurls: {a: secret}", "\n- secret", "\nversion: 2", "\nurls: [[secret]]",
          "\nurls: [{to: secret}]", "\ntag: 'a:secret'", "\nurls: [secret",
          "\ninclude: {a: secret}", "\nurls: ['smpp://u:secret@h': [secret]]",
          "\nurls: [{url: x, to: [[secret]]}]"}) {
        const auto said = failure(parse_yaml_config, text);
        EXPECT_TRUE(said.starts_with("file:")) << said;
        EXPECT_EQ(said.find("secret"), std::string::npos) << said;
    }
    EXPECT_TRUE(parse_yaml_config("", "file").urls.empty());
}

TEST(config, groups_are_tags_of_their_members_urls_and_may_hold_groups) {
    config_content content;
    content.urls = {{"one", *notifier::parse_tags("2:a")}, {"two", *notifier::parse_tags("x")}};
    content.groups = {{"outer", {"inner"}}, {"inner", {"a", "outer"}}};
    notifier::apply_groups(content);
    EXPECT_EQ(names(content.urls[0].tags), "a inner outer ");
    EXPECT_EQ(content.urls[0].tags[2].priority, 2U);
    EXPECT_EQ(names(content.urls[1].tags), "x ");
}

TEST(config, yaml_is_known_by_extension_or_first_line) {
    EXPECT_TRUE(notifier::is_yaml_config("x.YML", ""));
    EXPECT_TRUE(notifier::is_yaml_config("x", "# c\n\nurls:\n"));
    EXPECT_TRUE(notifier::is_yaml_config("x.conf", "---\n"));
    EXPECT_FALSE(notifier::is_yaml_config("x.conf", "smpp://u:p@h/1/2\nurls:\n"));
    EXPECT_FALSE(notifier::is_yaml_config("x", ""));
}

}  // namespace
